import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { capture } from "./child.mjs";
import { filesIn, fingerprint } from "./fingerprint.mjs";

const CONFIG = "tsconfig.build.json";
const SOURCES = ["provider", "emulator"];
/** What decides the output besides the sources; TypeScript's version is in the lockfile. */
const SETTINGS = [CONFIG, "tsconfig.json", "package.json", "package-lock.json", "scripts/bundle-zod.mjs"];
const OUTPUT_OF_SOURCE = [".js", ".js.map", ".d.ts"];
/** Makes one of the modules a bundle of what it re-exports. */
const BUNDLER = join(import.meta.dirname, "bundle-zod.mjs");
/** It has no map: what tsc wrote is of another text. */
const WITHOUT_MAP = join("dist", "provider", "core", "zod.js.map");

/**
 * Compiles provider/ and emulator/ into dist/, where the sources or dist/ itself changed since the last time.
 * The engine's host loads dist/ only, so whatever runs Pulumi needs it.
 *
 * @param {{ root: string, node: string, env: NodeJS.ProcessEnv, progress: import("./progress.mjs").Progress }} options
 * @returns {Promise<{ ok: boolean, output: string }>} what the compiler complained of; it emits even then
 */
export async function build({ root, node, env, progress }) {
  const wanted = await fingerprint(root, [...SOURCES, ...SETTINGS]);
  if (await buildIsCurrent(root, wanted)) return { ok: true, output: "" };
  const { ok, output, problem } = await progress.step("build (into dist/)", async () => {
    const compiler = join("node_modules", "typescript", "bin", "tsc");
    const compiled = await capture(node, [compiler, "-p", CONFIG, "--pretty", "false"], { cwd: root, env });
    const bundled = await capture(node, [BUNDLER, root], { cwd: root, env });
    await removeOrphans(root);
    return compiled.ok ? bundled : compiled;
  });
  if (!ok) return { ok, output: output.trim() || problem };
  await mkdir(join(root, ".cache"), { recursive: true });
  await writeFile(stampFile(root), wanted);
  return { ok, output: "" };
}

/** @param {string} root */
function stampFile(root) {
  return join(root, ".cache", "build-stamp");
}

/**
 * @param {string} root
 * @param {string} wanted
 */
async function buildIsCurrent(root, wanted) {
  const stamped = await readFile(stampFile(root), "utf8").catch(() => undefined);
  if (stamped !== wanted) return false;
  const stampedAtMs = (await stat(stampFile(root))).mtimeMs;
  for (const output of await outputs(root)) {
    const found = await stat(join(root, output)).catch(() => undefined);
    // Missing, or written since by a compiler that somebody ran by hand, maybe on other sources.
    if (found === undefined || found.mtimeMs > stampedAtMs) return false;
  }
  return true;
}

/**
 * A module whose source is gone must not be loaded, packed or tested any more.
 *
 * @param {string} root
 */
async function removeOrphans(root) {
  const expected = new Set(await outputs(root));
  for (const file of await filesIn(root, ["dist"])) {
    if (!expected.has(file)) await rm(join(root, file), { force: true });
  }
}

/** @param {string} root */
async function outputs(root) {
  const sources = (await filesIn(root, SOURCES)).filter(
    (file) => /\.ts$/.test(file) && !/\.d\.ts$/.test(file),
  );
  return sources
    .flatMap((file) => OUTPUT_OF_SOURCE.map((ending) => join("dist", file.replace(/\.ts$/, ending))))
    .filter((file) => file !== WITHOUT_MAP);
}
