// npm run plugin: makes what a release offers for download, in release/. CONTRIBUTING.md says what that is.
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { InterruptedError, passSignalsOn } from "./child.mjs";
import { writeChecksums } from "./plugin/archive.mjs";
import { bundleFronts, makeExecutableArchive, makeNodeArchive } from "./plugin/archives.mjs";
import { isForMac, provideExecutableMaker } from "./plugin/executables.mjs";
import { provideMacSigner } from "./plugin/mac-signature.mjs";
import { PLATFORMS } from "./plugin/platforms.mjs";
import { makeSdks } from "./plugin/sdks.mjs";
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
    if (platforms.length > 0) await makeExecutables({ platforms, bundled, folder, version, out, progress });
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
 * @param {string} options.folder for what is not packed yet
 * @param {string} options.version
 * @param {string} options.out
 * @param {import("./progress.mjs").Progress} options.progress
 */
async function makeExecutables({ platforms, bundled, folder, version, out, progress }) {
  const { env } = process;
  const signer = platforms.some(isForMac) ? await provideMacSigner({ env, progress }) : undefined;
  const maker = await provideExecutableMaker({ bundled, signer, root, env, progress });
  const { licences } = maker;
  for (const platform of platforms) {
    const executable = join(folder, platform.name);
    await maker.make(platform, executable);
    const packed = { executable, licences, platformName: platform.name, root, version, out };
    await report(await makeExecutableArchive(packed), progress);
    await rm(executable);
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
 * @param {string} archive
 * @param {import("./progress.mjs").Progress} progress
 */
async function report(archive, progress) {
  const { size } = await stat(archive);
  progress.say(`${basename(archive)}: ${(size / 1e6).toFixed(1)} MB`);
}
