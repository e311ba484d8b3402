// npm run bench, once set up: bundles bench/ and runs it on the project's Node, with all arguments.
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

/** Each entry into a file of its own; packages stay where they are, so that what is measured is what users have. */
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
