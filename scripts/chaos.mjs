// npm run chaos, after the set-up: the long run of the chaos suite. npm test runs a shorter part.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { InterruptedError, passSignalsOn, runInForeground } from "./child.mjs";

const USAGE = `usage: npm run chaos -- [--runs N] [--seed N] [--path PATH] [--replay JSON]
  --runs N       schedules to play; default 1000, or 1 with --path
  --seed N       the same schedules as then; default: other ones each time, and the seed is printed
  --path PATH    with --seed: straight to the schedule that failed
  --replay JSON  only this schedule, as a failure prints it`;

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

passSignalsOn();
try {
  process.exitCode = await runChaos();
} catch (error) {
  if (!(error instanceof InterruptedError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = error.exitCode;
}

/** @returns {Promise<number>} exit code */
async function runChaos() {
  const env = readArguments();
  if (typeof env === "string") {
    console.error(`${env}\n${USAGE}`);
    return 2;
  }
  const jest = join(root, "node_modules", "jest", "bin", "jest.js");
  const args = [jest, "--runInBand", join("test", "chaos", "chaos.test.ts")];
  return runInForeground(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
}

/** @returns {NodeJS.ProcessEnv | string} the input of the suite, or what is wrong */
function readArguments() {
  try {
    const text = /** @type {const} */ ({ type: "string" });
    const { values } = parseArgs({ options: { runs: text, seed: text, path: text, replay: text } });
    const { runs = values.path === undefined ? "1000" : "1", seed, path, replay } = values;
    for (const number of [runs, seed ?? "0"])
      if (!/^\d+$/.test(number)) return `${JSON.stringify(number)} is not a whole number`;
    if (path !== undefined && seed === undefined) return "--path needs the --seed that it belongs to";
    if (replay !== undefined) JSON.parse(replay);
    return { CHAOS_RUNS: runs, CHAOS_SEED: seed, CHAOS_PATH: path, CHAOS_REPLAY: replay };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
