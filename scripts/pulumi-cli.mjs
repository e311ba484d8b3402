import { constants } from "node:fs";
import { access, copyFile, mkdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { cacheFolder } from "./cache-folder.mjs";
import { capture, InterruptedError, passSignalsOn } from "./child.mjs";
import { findExecutable, isExecutable } from "./executable.mjs";
import { withFolderLock } from "./folder-lock.mjs";
import { isAtLeast } from "./is-at-least.mjs";
import { createProgress } from "./progress.mjs";
import { SetUpError } from "./set-up-error.mjs";

/**
 * @typedef {object} PulumiCli
 * @property {string} command full path of `pulumi`. Its folder also contains `pulumi-resource-pulumi-nodejs`
 * @property {string} version for example "3.259.0"
 * @property {"PATH" | "cache" | "installer" | "go build"} source
 */

/** The features used here are older than this. Earlier engines were not tested. */
const OLDEST_VERSION = "3.200.0";
const CLI_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const DYNAMIC_HOST = "pulumi-resource-pulumi-nodejs";
const EXE = process.platform === "win32" ? ".exe" : "";

const VERSION_TIMEOUT_MS = 30_000;
/** Allows a hundred megabytes on a slow line, and limits a proxy that never answers. */
const INSTALLER_TIMEOUT_MS = 5 * 60_000;
const GO_BUILD_TIMEOUT_MS = 60 * 60_000;

const scriptsFolder = dirname(fileURLToPath(import.meta.url));
const modulesFolder = join(scriptsFolder, "..", "node_modules");

/**
 * Finds a Pulumi CLI on PATH or in the project's cache. Otherwise installs one with the official installer, or with a Go
 * build of the version pinned in pulumi-cli/go.mod.
 *
 * @param {{ progress: import("./progress.mjs").Progress, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<PulumiCli>}
 * @throws {SetUpError} if all four fail. The message gives the reasons
 */
export async function providePulumiCli({ progress, env = process.env }) {
  const pinned = await pinnedVersion();
  const cached = join(cacheFolder(env), "pulumi", pinned);
  const source = { pinned, cached, env, progress };
  /** @type {string[]} */
  const tried = [];

  const quick = (await fromPath(source, tried)) ?? (await fromCache(source, tried));
  if (quick !== undefined) return quick;

  for (const line of tried) progress.say(line);
  const onWait = (/** @type {string} */ holder) =>
    progress.say(`${holder} is getting the Pulumi CLI already: waiting for it`);
  await makeWritable(dirname(cached));
  const provided = await withFolderLock(`${cached}.lock`, { onWait }, async () => {
    // The previous holder of the lock may have installed it.
    const meanwhile = await fromCache(source, []);
    return meanwhile ?? (await fromInstaller(source, tried)) ?? (await fromGoBuild(source, tried));
  });
  if (provided !== undefined) return provided;
  throw new SetUpError(explainNone(pinned, tried));
}

/** @typedef {{ pinned: string, cached: string, env: NodeJS.ProcessEnv, progress: import("./progress.mjs").Progress }} Source */

/** @param {string} folder */
async function makeWritable(folder) {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetUpError(
      `The cache folder for the Pulumi CLI cannot be written (${reason}): install Pulumi yourself ` +
        "(https://www.pulumi.com/docs/install/), or let XDG_CACHE_HOME name a folder that can be written.",
    );
  }
}

/**
 * @param {Source} source
 * @param {string[]} tried
 * @returns {Promise<PulumiCli | undefined>}
 */
async function fromPath({ env }, tried) {
  const command = findExecutable("pulumi", env.PATH);
  if (command === undefined) {
    tried.push("Pulumi CLI on PATH: there is none");
    return undefined;
  }
  const { version, problem } = await askVersion(command, env);
  if (version === undefined) {
    tried.push(`Pulumi CLI on PATH: ${command} does not work (${problem})`);
    return undefined;
  }
  if (!isAtLeast(version, OLDEST_VERSION)) {
    tried.push(
      `Pulumi CLI on PATH: ${command} is ${version}, too old (${OLDEST_VERSION} or newer is needed)`,
    );
    return undefined;
  }
  return { command, version, source: "PATH" };
}

/**
 * @param {Source} source
 * @param {string[]} tried
 * @returns {Promise<PulumiCli | undefined>}
 */
async function fromCache({ cached, env }, tried) {
  const command = join(cached, "bin", `pulumi${EXE}`);
  if (!isExecutable(command)) {
    tried.push(`Pulumi CLI in the cache: there is none in ${cached}`);
    return undefined;
  }
  const { version, problem } = await askVersion(command, env);
  if (version === undefined) {
    tried.push(`Pulumi CLI in the cache: ${command} does not work (${problem})`);
    return undefined;
  }
  return { command, version, source: "cache" };
}

/**
 * @param {Source} source
 * @param {string[]} tried
 * @returns {Promise<PulumiCli | undefined>}
 */
function fromInstaller(source, tried) {
  return install(source, tried, {
    name: "installer",
    label: `Pulumi CLI ${source.pinned} by the official installer`,
    get: async (folder) => {
      const installer = join(scriptsFolder, "install-official-pulumi.mjs");
      const { ok, output, problem } = await capture(process.execPath, [installer, folder, source.pinned], {
        env: { ...source.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
        timeoutMs: INSTALLER_TIMEOUT_MS,
      });
      return ok ? undefined : firstLine(output) || problem;
    },
  });
}

/**
 * @param {Source} source
 * @param {string[]} tried
 * @returns {Promise<PulumiCli | undefined>}
 */
async function fromGoBuild(source, tried) {
  const go = findExecutable("go", source.env.PATH);
  if (go === undefined) {
    tried.push("Pulumi CLI by a Go build: there is no Go on PATH");
    source.progress.say(tried.at(-1) ?? "");
    return undefined;
  }
  return install(source, tried, {
    name: "go build",
    label: `Pulumi CLI ${source.pinned} by a Go build`,
    get: async (folder) => {
      source.progress.say(
        "  once, for some minutes; it takes about 3 GB in Go's own caches (`go clean -cache -modcache` frees them)",
      );
      const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${source.pinned}`;
      const built = join(folder, "bin", `pulumi${EXE}`);
      const { ok, output, problem } = await goBuild(go, {
        packagePath: CLI_PACKAGE,
        built,
        linkerFlags: version,
        env: source.env,
      });
      return ok ? undefined : [problem, ...lastLines(output, 6)].join("\n    ");
    },
  });
}

/**
 * Builds a Go program, always with the same flags: what was compiled for one program need not be compiled again for
 * another.
 *
 * @param {string} go
 * @param {object} options
 * @param {string} options.packagePath
 * @param {string} options.built
 * @param {string} [options.linkerFlags]
 * @param {string} [options.cwd] in the program's module; default: the one that pins the Pulumi CLI
 * @param {"readonly" | "mod"} [options.mod] whether go.mod may be completed; default: only what it names may be built
 * @param {number} [options.timeoutMs]
 * @param {NodeJS.ProcessEnv} options.env
 */
export function goBuild(
  go,
  {
    packagePath,
    built,
    linkerFlags = "",
    cwd = join(scriptsFolder, "pulumi-cli"),
    mod = "readonly",
    timeoutMs = GO_BUILD_TIMEOUT_MS,
    env,
  },
) {
  const args = [
    ...["build", "-buildvcs=false", "-tags", "osusergo,grpcnotrace"],
    ...["-ldflags", `-s -w ${linkerFlags}`.trim(), "-o", built, packagePath],
  ];
  return capture(go, args, {
    cwd,
    env: {
      ...env,
      GOFLAGS: `-mod=${mod}`,
      GOWORK: "off",
      // An older Go fetches the toolchain that go.mod names through the same module proxy.
      GOTOOLCHAIN: "auto",
      // Needs no C compiler, and makes a binary that depends on no library of this machine.
      CGO_ENABLED: "0",
    },
    timeoutMs,
  });
}

/**
 * Lets `get` fill a new folder, and moves it into the cache after the `pulumi` in it has answered. An interruption or a
 * full disk then leaves no incomplete CLI in the cache.
 *
 * @param {Source} source
 * @param {string[]} tried
 * @param {{ name: PulumiCli["source"], label: string, get: (folder: string) => Promise<string | undefined> }} way
 *   `get` returns what went wrong, if anything
 * @returns {Promise<PulumiCli | undefined>}
 */
async function install({ cached, env, progress }, tried, { name, label, get }) {
  const folder = `${cached}.new-${process.pid}`;
  await mkdir(join(folder, "bin"), { recursive: true });
  try {
    return await progress.step(label, async () => {
      const wrong = await get(folder);
      if (wrong !== undefined) throw new SetUpError(wrong);
      const host = join(folder, "bin", DYNAMIC_HOST);
      // The official distribution contains it. The Go module does not.
      if (!isExecutable(host)) await copyFile(join(modulesFolder, "@pulumi", "pulumi", DYNAMIC_HOST), host);
      const { version, problem } = await askVersion(join(folder, "bin", `pulumi${EXE}`), env);
      if (version === undefined) throw new SetUpError(`what it made does not work (${problem})`);
      await rm(cached, { recursive: true, force: true });
      await rename(folder, cached);
      return { command: join(cached, "bin", `pulumi${EXE}`), version, source: name };
    });
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    progress.say(`  ${error.message}`);
    tried.push(`${label}: ${error.message}`);
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns {Promise<string>} the version in pulumi-cli/go.mod, the one place that names it */
export async function pinnedVersion() {
  const text = await readFile(join(scriptsFolder, "pulumi-cli", "go.mod"), "utf8");
  const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+\.\d+)/.exec(text)?.[1];
  if (version === undefined)
    throw new Error("scripts/pulumi-cli/go.mod does not require github.com/pulumi/pulumi/pkg/v3");
  return version;
}

/**
 * @param {string} command
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ version?: string, problem: string }>}
 */
async function askVersion(command, env) {
  const { ok, stdout, output, problem } = await capture(command, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: VERSION_TIMEOUT_MS,
  });
  if (!ok) return { problem: [problem, firstLine(output)].filter(Boolean).join(": ") };
  const version = /^v?(\d+\.\d+\.\d+)/m.exec(stdout.trim())?.[1];
  return version === undefined
    ? { problem: `it answers ${JSON.stringify(firstLine(stdout))}` }
    : { version, problem: "" };
}

/**
 * @param {string} pinned
 * @param {string[]} tried
 */
function explainNone(pinned, tried) {
  return [
    "No Pulumi CLI could be found or made, and this needs one. What was tried:",
    ...tried.map((line) => `  - ${line}`),
    "One of these helps; then run the same command again:",
    `  - install Pulumi ${OLDEST_VERSION} or newer (https://www.pulumi.com/docs/install/) so that \`pulumi version\` answers;`,
    `  - install Go (https://go.dev/dl/), and Pulumi ${pinned} is built from the Go module proxy.`,
  ].join("\n");
}

/** @param {string} text */
function firstLine(text) {
  return text.trim().split("\n")[0]?.trim() ?? "";
}

/**
 * @param {string} text
 * @param {number} count
 */
function lastLines(text, count) {
  return text.trim().split("\n").slice(-count);
}

// node scripts/pulumi-cli.mjs prints only the path of the CLI on stdout.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  passSignalsOn();
  try {
    const progress = createProgress({ write: (line) => process.stderr.write(`${line}\n`) });
    const { command, version, source } = await providePulumiCli({ progress });
    process.stderr.write(`Pulumi CLI ${version} (${source})\n`);
    process.stdout.write(`${command}\n`);
  } catch (error) {
    if (!(error instanceof SetUpError || error instanceof InterruptedError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error instanceof InterruptedError ? error.exitCode : 1;
  }
}
