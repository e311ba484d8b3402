import { readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { join, relative } from "node:path";
import { capture } from "./child.mjs";

const CONFIG = "tsconfig.build.json";
const SOURCES = ["provider", "emulator"];
/** The compiler's record of the last build: `tsBuildInfoFile` in CONFIG. */
const COMPILER_MEMORY = join(".cache", "build.tsbuildinfo");
const OUTPUT_OF_SOURCE = [".js", ".d.ts"];
/** Replaces one module with a bundle of what it re-exports. */
const BUNDLER = join(import.meta.dirname, "bundle-zod.mjs");
const BUNDLE = join("dist", "provider", "core", "zod.js");
/** The first line of the bundle's comment. A module without it is the compiler's, which has written it again. */
export const BUNDLE_SAYS = "What this package uses of zod.";
/** The inputs of the bundle besides the module itself. The lockfile has zod's version. */
const BUNDLE_MADE_OF = [join("scripts", "bundle-zod.mjs"), "package-lock.json"];

/**
 * Compiles provider/ and emulator/ into dist/. The compiler finds out which sources have changed. The engine's host loads
 * only dist/, so everything that runs Pulumi needs it.
 *
 * @param {{ root: string, node: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ ok: boolean, output: string }>} the compiler's errors. It writes its output even then
 */
export async function build({ root, node, env }) {
  const memory = join(root, COMPILER_MEMORY);
  // The compiler does not check whether dist/ is still what it wrote.
  if (!(await outputIsAsBuilt(root))) await rm(memory, { force: true });
  const compiler = join("node_modules", "typescript", "bin", "tsc");
  const compiled = await capture(node, [compiler, "-p", CONFIG, "--pretty", "false"], { cwd: root, env });
  const bundled = (await bundleIsCurrent(root))
    ? { ok: true, output: "", problem: "" }
    : await capture(node, [BUNDLER, root], { cwd: root, env });
  await removeOrphans(root);
  const now = new Date();
  await utimes(memory, now, now).catch(() => {});
  const { ok, output, problem } = compiled.ok ? bundled : compiled;
  return { ok, output: ok ? "" : output.trim() || problem };
}

/**
 * @param {string} root
 * @returns {Promise<boolean>} false if an output is missing, or was written after the last build by a compiler that
 *   was started by hand, possibly with other sources
 */
async function outputIsAsBuilt(root) {
  const builtAtMs = await changedAtMs(root, COMPILER_MEMORY);
  const times = await Promise.all((await outputs(root)).map((file) => changedAtMs(root, file)));
  return times.every((atMs) => atMs !== undefined && builtAtMs !== undefined && atMs <= builtAtMs);
}

/** @param {string} root */
async function bundleIsCurrent(root) {
  const bundledAtMs = await changedAtMs(root, BUNDLE);
  const isBundle = (await readFile(join(root, BUNDLE), "utf8").catch(() => "")).startsWith(
    `/*\n${BUNDLE_SAYS}`,
  );
  const times = await Promise.all(BUNDLE_MADE_OF.map((file) => changedAtMs(root, file)));
  return bundledAtMs !== undefined && isBundle && times.every((atMs) => (atMs ?? 0) <= bundledAtMs);
}

/**
 * A module whose source was deleted must not be loaded, packed or tested.
 *
 * @param {string} root
 */
async function removeOrphans(root) {
  const expected = new Set(await outputs(root));
  for (const file of await filesIn(root, "dist")) {
    if (!expected.has(file)) await rm(join(root, file), { force: true });
  }
}

/** @param {string} root */
async function outputs(root) {
  const sources = (await Promise.all(SOURCES.map((folder) => filesIn(root, folder)))).flat();
  return sources
    .filter((file) => /\.ts$/.test(file) && !/\.d\.ts$/.test(file))
    .flatMap((file) => OUTPUT_OF_SOURCE.map((ending) => join("dist", file.replace(/\.ts$/, ending))));
}

/**
 * @param {string} root
 * @param {string} folder relative to the root. A missing folder counts as empty
 * @returns {Promise<string[]>} relative to the root
 */
async function filesIn(root, folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/**
 * @param {string} root
 * @param {string} file
 * @returns {Promise<number | undefined>} undefined if it does not exist
 */
function changedAtMs(root, file) {
  return stat(join(root, file)).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}
