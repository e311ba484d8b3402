// npm run bench, after the set-up: bundles bench/ and runs it with the project's Node and all arguments.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { InterruptedError, passSignalsOn, runInForeground } from "./child.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const output = join(root, ".cache", "bench");

passSignalsOn();
try {
  await bundle();
  process.exitCode = await runBench(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InterruptedError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = error.exitCode;
}

/** Bundles each entry into its own file. Packages stay outside, so that the bench measures what users have. */
function bundle() {
  const names = ["main", "client/server", "client/load", "footprint/emulator-process", "footprint/memory"];
  return build({
    entryPoints: names.map((entry) => join(root, "bench", `${entry}.ts`)),
    outdir: output,
    bundle: true,
    platform: "node",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
}

/** @param {string[]} args */
function runBench(args) {
  const node = ["--enable-source-maps", "--expose-gc", join(output, "main.js"), ...args];
  return runInForeground(process.execPath, node, { cwd: root, env: process.env });
}
