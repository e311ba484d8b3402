import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "./cache-folder.mjs";
import { capture } from "./child.mjs";
import { findExecutable } from "./executable.mjs";
import { withFolderLock } from "./folder-lock.mjs";
import { goBuild, pinnedVersion } from "./pulumi-cli.mjs";
import { SetUpError } from "./set-up-error.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const EXE = process.platform === "win32" ? ".exe" : "";
/** A compiler on a busy machine, or a registry that never answers. */
const SET_UP_TIMEOUT_MS = 15 * 60_000;

/**
 * What the tests of the plugin need of a language: an interpreter with Pulumi's SDK, or a compiled program.
 *
 * @typedef {object} Language
 * @property {string} name
 * @property {string} label what `provide` says that it makes
 * @property {string | undefined} needs the command that this machine lacks
 * @property {string} folder what the cache keeps for it
 * @property {string} file what a test starts: in that folder, there or not
 * @property {() => Promise<void>} make fills the folder
 */

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Language[]>}
 */
export async function languages(env) {
  return [await python(env), await go(env)];
}

/**
 * Gets what the tests need, once: no test reaches a registry by itself.
 *
 * @param {{ progress: import("./progress.mjs").Progress, env: NodeJS.ProcessEnv }} options
 */
export async function provideLanguages({ progress, env }) {
  for (const language of await languages(env)) {
    if (language.needs !== undefined) {
      progress.say(`no program in ${language.name} is tested: there is no ${language.needs} on PATH`);
      continue;
    }
    try {
      await provide(language, progress);
    } catch (error) {
      if (!(error instanceof SetUpError)) throw error;
      progress.say(`  no program in ${language.name} is tested: ${error.message}`);
    }
  }
}

/**
 * @param {Language} language
 * @param {import("./progress.mjs").Progress} progress
 */
async function provide({ label, folder, file, make }, progress) {
  if (existsSync(file)) return;
  await mkdir(dirname(folder), { recursive: true });
  const onWait = (/** @type {string} */ holder) =>
    progress.say(`${holder} makes ${label} already: waiting for it`);
  await withFolderLock(`${folder}.lock`, { onWait }, async () => {
    if (existsSync(file)) return;
    await rm(folder, { recursive: true, force: true });
    await progress.step(label, make).catch(async (error) => {
      // Half of it must not be taken for all.
      await rm(folder, { recursive: true, force: true });
      throw error;
    });
  });
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Language>}
 */
async function python(env) {
  const command = findExecutable("python3", env.PATH);
  const version = await pinnedVersion();
  const folder = join(cacheFolder(env), "python", `pulumi-${version}`);
  const file = join(folder, "bin", "python");
  return {
    name: "Python",
    label: `Pulumi ${version} for Python (from PyPI)`,
    needs: command === undefined ? "python3" : undefined,
    folder,
    file,
    make: async () => {
      await run(command ?? "", ["-m", "venv", folder], { env });
      const packages = [`pulumi==${version}`, "parver", "semver", "setuptools>=61", "wheel"];
      await run(file, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages], {
        env,
      });
    },
  };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Language>}
 */
async function go(env) {
  const command = findExecutable("go", env.PATH);
  const sources = [...(await filesOf("sdk/go")), ...(await filesOf("examples/go")), DRIVER];
  const folder = join(cacheFolder(env), "go", await sumOf(sources));
  const file = join(folder, `gate${EXE}`);
  return {
    name: "Go",
    label: "a Go program of the plugin's SDK (from the Go module proxy; some minutes the first time)",
    needs: command === undefined ? "go" : undefined,
    folder,
    file,
    make: async () => {
      const copy = await mkdtemp(join(tmpdir(), "cdn-preload-gate-go-"));
      try {
        await cp(join(root, "sdk/go"), join(copy, "sdk/go"), { recursive: true });
        await cp(join(root, "examples/go"), join(copy, "examples/go"), { recursive: true });
        await copyFile(join(root, DRIVER), join(copy, "examples/go/drive.go"));
        await mkdir(folder, { recursive: true });
        const cwd = join(copy, "examples/go");
        const options = { packagePath: ".", built: file, cwd, env, timeoutMs: SET_UP_TIMEOUT_MS };
        mustWork(await goBuild(command ?? "", { ...options, mod: "mod" }));
      } finally {
        await rm(copy, { recursive: true, force: true });
      }
    },
  };
}

const DRIVER = join("test", "plugin", "languages", "drive.go");

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv }} options
 */
async function run(command, args, options) {
  mustWork(await capture(command, args, { ...options, timeoutMs: SET_UP_TIMEOUT_MS }));
}

/** @param {{ ok: boolean, output: string, problem: string }} ended */
function mustWork({ ok, output, problem }) {
  if (!ok) throw new SetUpError([problem, ...output.trim().split("\n").slice(-3)].join("; "));
}

/** @param {string} folder */
async function filesOf(folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .toSorted();
}

/** @param {readonly string[]} files */
async function sumOf(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(await readFile(join(root, file)));
  return hash.digest("hex").slice(0, 16);
}
