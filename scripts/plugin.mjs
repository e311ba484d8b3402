// npm run plugin: makes what a release offers for download, in release/. CONTRIBUTING.md says what that is.
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { InterruptedError, passSignalsOn } from "./child.mjs";
import { writeChecksums } from "./plugin/archive.mjs";
import { bundleFronts, makeExecutableArchive, makeNodeArchive } from "./plugin/archives.mjs";
import { provideMacSigner, signForMac } from "./plugin/mac-signature.mjs";
import { provideNode } from "./plugin/node-of-platform.mjs";
import { hostPlatform, isWindows, NODE_VERSION, PLATFORMS } from "./plugin/platforms.mjs";
import { makeSdks } from "./plugin/sdks.mjs";
import { prepareScript } from "./plugin/single-executable.mjs";
import { createProgress } from "./progress.mjs";
import { providePulumiCli } from "./pulumi-cli.mjs";
import { SetUpError } from "./set-up-error.mjs";
import { taskEnvironment } from "./task-environment.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/** The archive for all platforms with Node on PATH. */
const NODE_ARCHIVE = "node";
const SDKS = "sdks";
const PARTS = [NODE_ARCHIVE, ...PLATFORMS.map(({ name }) => name), SDKS];

passSignalsOn();
try {
  await makeRelease(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetUpError || error instanceof InterruptedError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof InterruptedError ? error.exitCode : 1;
}

/** @param {string[]} args */
async function makeRelease(args) {
  const { out, parts } = readArguments(args);
  const { version, engines } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const oldestNode = String(engines.node).replace(/^>=\s*/, "");
  const progress = createProgress();
  const folder = await mkdtemp(join(tmpdir(), "cdn-preload-gate-bundle-"));
  try {
    const bundled = await progress.step("bundle", () => bundleFronts({ root, folder }));
    if (parts.includes(NODE_ARCHIVE)) {
      const archive = await makeNodeArchive({ bundled, root, version, oldestNode, out });
      await report(archive, progress);
    }
    const platforms = PLATFORMS.filter(({ name }) => parts.includes(name));
    if (platforms.length > 0) await makeExecutables({ platforms, bundled, version, out, progress });
    if (parts.includes(SDKS)) await makeSdksFor(out, progress);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await writeChecksums(out);
}

/** @param {string[]} args */
function readArguments(args) {
  const usage = `usage: npm run plugin -- [--out FOLDER] [${PARTS.join(" | ")}]…`;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { out: { type: "string", default: join(root, "release") } },
    });
    const unknown = positionals.find((part) => !PARTS.includes(part));
    if (unknown !== undefined) throw new Error(`There is no ${unknown}.`);
    return { out: resolve(values.out), parts: positionals.length > 0 ? positionals : PARTS };
  } catch (error) {
    throw new SetUpError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

/**
 * @param {object} options
 * @param {readonly import("./plugin/platforms.mjs").Platform[]} options.platforms
 * @param {import("./plugin/archives.mjs").Bundled} options.bundled
 * @param {string} options.version
 * @param {string} options.out
 * @param {import("./progress.mjs").Progress} options.progress
 */
async function makeExecutables({ platforms, bundled, version, out, progress }) {
  const host = hostPlatform();
  if (host === undefined)
    throw new SetUpError(`There is no Node ${NODE_VERSION} for this machine to make executables with.`);
  const setUp = { root, env: process.env, progress };
  const isForMac = (/** @type {string} */ name) => name.startsWith("darwin-");
  const signer = platforms.some(({ name }) => isForMac(name)) ? await provideMacSigner(setUp) : undefined;
  const blob = await prepareScript({ script: bundled.script, node: await provideNode(host, setUp) });
  const nodeLicence = await readNodeLicence(host, setUp);
  for (const platform of platforms) {
    const { name } = platform;
    const node = await provideNode(platform, setUp);
    const sign =
      signer !== undefined && isForMac(name)
        ? (/** @type {string} */ file) => signForMac(file, signer)
        : undefined;
    const archive = await progress.step(`executable for ${name}`, () =>
      makeExecutableArchive({
        bundled,
        blob,
        node,
        nodeLicence,
        platformName: name,
        sign,
        root,
        version,
        out,
      }),
    );
    await report(archive, progress);
  }
}

/**
 * @param {string} out
 * @param {import("./progress.mjs").Progress} progress
 */
async function makeSdksFor(out, progress) {
  const pulumi = await providePulumiCli({ progress });
  const env = taskEnvironment({ root, env: process.env, node: process.execPath, pulumi });
  const schema = join(root, "schema", "pulumi-schema.json");
  const missing = await progress.step("SDKs", () =>
    makeSdks({ schema, out: join(out, SDKS), pulumi: pulumi.command, env }),
  );
  for (const line of missing) progress.say(`no SDK for ${line}`);
}

/**
 * The packages for Windows come without it.
 *
 * @param {import("./plugin/platforms.mjs").Platform} host
 * @param {Parameters<typeof provideNode>[1]} setUp
 */
async function readNodeLicence(host, setUp) {
  const [first = host] = PLATFORMS.filter(({ name }) => !isWindows(name));
  const node = await provideNode(isWindows(host.name) ? first : host, setUp);
  return readFile(join(dirname(node), "..", "LICENSE"), "utf8");
}

/**
 * @param {string} archive
 * @param {import("./progress.mjs").Progress} progress
 */
async function report(archive, progress) {
  const { size } = await stat(archive);
  progress.say(`${basename(archive)}: ${(size / 1e6).toFixed(1)} MB`);
}
