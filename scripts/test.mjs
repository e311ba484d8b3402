// npm test, after the set-up: build, lint, types, Jest. With arguments (npm test -- test/unit), it runs only the build and
// Jest. The last line has the counts.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { capture, InterruptedError, passSignalsOn, runInForeground, throwIfInterrupted } from "./child.mjs";
import { withFolderLock } from "./folder-lock.mjs";
import { createProgress, inWords } from "./progress.mjs";
import { countTotals, lastLine } from "./test-totals.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const jestArguments = process.argv.slice(2);

passSignalsOn();
try {
  const failedChecks = await runChecks({ onlyBuild: jestArguments.length > 0 });
  const { results, jestFailed } = await runJest(jestArguments);
  for (const name of failedChecks) console.log(`${name} failed: see above`);
  const totals = countTotals({ results, jestFailed, failedChecks });
  process.exitCode = totals.failed > 0 ? 1 : 0;
  console.log(lastLine(totals));
} catch (error) {
  if (!(error instanceof InterruptedError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = error.exitCode;
}

/**
 * @param {{ onlyBuild: boolean }} options
 * @returns {Promise<string[]>} the names of the checks that failed
 */
async function runChecks({ onlyBuild }) {
  const failed = [];
  if (!(await check("build", buildDist))) failed.push("build");
  if (onlyBuild) return failed;
  const biome = join(modules, "@biomejs", "biome", "bin", "biome");
  if (!(await check("lint", () => run([biome, "check", "--colors=off", "."])))) failed.push("lint");
  if (!(await check("types", checkTypes))) failed.push("types");
  return failed;
}

/**
 * @param {string} name
 * @param {() => Promise<{ ok: boolean, output: string }>} work
 * @returns {Promise<boolean>}
 */
async function check(name, work) {
  const startedAtMs = Date.now();
  const { ok, output } = await work();
  console.log(`${name}: ${ok ? "passed" : "FAILED"} in ${inWords(Date.now() - startedAtMs)}`);
  if (!ok) console.log(output);
  return ok;
}

async function checkTypes() {
  const compiler = join(modules, "typescript", "bin", "tsc");
  const own = await run([compiler, "-p", "tsconfig.json", "--pretty", "false"]);
  const scripts = await run([compiler, "-p", "scripts", "--pretty", "false"]);
  return { ok: own.ok && scripts.ok, output: [own.output, scripts.output].filter(Boolean).join("\n") };
}

/** @param {string[]} args */
async function run(args) {
  const { ok, output, problem } = await capture(process.execPath, args, { cwd: root, env: process.env });
  return { ok, output: output.trim() || problem };
}

async function buildDist() {
  const progress = createProgress();
  const onWait = (/** @type {string} */ holder) =>
    progress.say(`${holder} is setting up this folder: waiting for it`);
  return withFolderLock(join(root, ".cache", "set-up.lock"), { onWait }, () =>
    build({ root, node: process.execPath, env: process.env }),
  );
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<{ results: import("./test-totals.mjs").JestResults | undefined, jestFailed: boolean }>}
 */
async function runJest(args) {
  const folder = await mkdtemp(join(tmpdir(), "cdn-preload-gate-test-"));
  const resultsFile = join(folder, "results.json");
  try {
    const jest = join(modules, "jest", "bin", "jest.js");
    const ownTotals = ["--json", `--outputFile=${resultsFile}`];
    const exitCode = await runInForeground(
      process.execPath,
      [jest, ...args, ...workers(args), ...ownTotals],
      { cwd: root, env: process.env },
    );
    throwIfInterrupted();
    const text = await readFile(resultsFile, "utf8").catch(() => undefined);
    return { results: text === undefined ? undefined : JSON.parse(text), jestFailed: exitCode !== 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The engine tests wait for more than half of their time, so two tests at a time for each core keep the cores busy.
 * With more than four, their engines would only compete for the processor.
 *
 * @param {readonly string[]} args
 */
function workers(args) {
  if (args.some((arg) => /^(--maxWorkers|-w|--runInBand|-i)(=|$)/.test(arg))) return [];
  return [`--maxWorkers=${Math.min(4, 2 * availableParallelism())}`];
}
