import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { endSetUp, InterruptedError, passSignalsOn, runInForeground } from "./child.mjs";
import { findProjectNode, installDependencies } from "./dependencies.mjs";
import { withFolderLock } from "./folder-lock.mjs";
import { provideLanguages } from "./languages.mjs";
import { createProgress, inWords } from "./progress.mjs";
import { providePulumiCli } from "./pulumi-cli.mjs";
import { SetUpError } from "./set-up-error.mjs";
import { taskEnvironment } from "./task-environment.mjs";
import { lastLine } from "./test-totals.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const biome = join("node_modules", "@biomejs", "biome", "bin", "biome");
const jest = join("node_modules", "jest", "bin", "jest.js");
const demo = join("examples", "demo", "demo.ts");
/** What needs neither the build nor a Pulumi CLI, and takes seconds. */
const FAST_TESTS = ["architecture", "support", "unit", "gate", "client", "transport"];

/**
 * @typedef {object} Task
 * @property {boolean} [built] needs dist/, and cannot go on with a compiler's error
 * @property {boolean} [pulumi] needs a Pulumi CLI and the environment that goes with it
 * @property {boolean} [languages] runs programs in other languages than Node's, where they are there
 * @property {boolean} [alicloud] compiles programs that use the Alibaba Cloud provider, where its types are there
 * @property {boolean} [executables] makes one for this machine, where there is a Node to make it of
 * @property {string[]} [meanwhile] what runs on the project's Node while the Pulumi CLI is found or made, and before
 *   the command: it needs none
 * @property {(args: string[]) => string[]} [command] what to run on the project's Node
 */

/** @type {Record<string, Task>} */
const tasks = {
  demo: {
    built: true,
    pulumi: true,
    meanwhile: [demo, "command-line"],
    command: (args) => [demo, "pulumi", ...args],
  },
  // It builds by itself, to count an error of the compiler among the failures and go on.
  test: {
    pulumi: true,
    executables: true,
    languages: true,
    alicloud: true,
    command: (args) => [join("scripts", "test.mjs"), ...args],
  },
  "test:fast": {
    command: (args) => [jest, "--maxWorkers=100%", ...FAST_TESTS.map((name) => `test/${name}`), ...args],
  },
  chaos: { command: (args) => [join("scripts", "chaos.mjs"), ...args] },
  bench: { built: true, pulumi: true, command: (args) => [join("scripts", "bench.mjs"), ...args] },
  build: { built: true },
  sdk: { pulumi: true, command: (args) => [join("scripts", "sdk.mjs"), ...args] },
  plugin: { command: (args) => [join("scripts", "plugin.mjs"), ...args] },
  release: { built: true, command: (args) => [join("scripts", "release.mjs"), ...args] },
  "release:dry": { built: true, command: (args) => [join("scripts", "release.mjs"), "--dry", ...args] },
  changeset: { command: (args) => [join("node_modules", "@changesets", "cli", "bin.js"), ...args] },
  // npm runs it before it publishes this folder. It publishes what is built.
  "release:ready": { built: true, command: () => [join("scripts", "release-ready.mjs")] },
  "release:version": { command: () => [join("scripts", "release-version.mjs")] },
  "release:commit": { command: (args) => [join("scripts", "release-commit.mjs"), ...args] },
  "release:try": { command: (args) => [join("scripts", "release-try.mjs"), ...args] },
  docs: { command: (args) => [join("scripts", "docs.mjs"), ...args] },
  bundle: { command: (args) => [join("scripts", "bundles.mjs"), ...args] },
  lint: { command: (args) => [biome, "check", ...(args.length > 0 ? args : ["."])] },
  format: { command: (args) => [biome, "check", "--write", ...(args.length > 0 ? args : ["."])] },
};

/**
 * Sets up what the task needs and runs it; sets this process's exit code.
 *
 * @param {string | undefined} name
 * @param {string[]} args
 */
export async function runTask(name, args) {
  const task = name !== undefined && Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (task === undefined) {
    console.error(`usage: node scripts/run.mjs ${Object.keys(tasks).join(" | ")} [arguments]`);
    process.exitCode = 2;
    return;
  }
  passSignalsOn();
  try {
    process.exitCode = await setUpAndRun(task, args);
  } catch (error) {
    if (error instanceof InterruptedError) {
      console.error(`\n${error.message}`);
      process.exitCode = error.exitCode;
      return;
    }
    console.error(`\n${error instanceof SetUpError ? error.message : inspectable(error)}`);
    // A reader of only the last line of `npm test` must find one, however the run ended.
    if (name === "test") console.log(lastLine({ passed: 0, failed: 1, skipped: 0 }));
    process.exitCode = 1;
  }
}

/**
 * @param {Task} task
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
async function setUpAndRun(task, args) {
  const startedAtMs = Date.now();
  const progress = createProgress();
  const onWait = (/** @type {string} */ holder) =>
    progress.say(`${holder} is setting up this folder: waiting for it`);
  const { node, nodeVersion } = await withFolderLock(
    join(root, ".cache", "set-up.lock"),
    { onWait },
    async () => {
      await installDependencies({ root, env: process.env, progress });
      const found = await findProjectNode({ root, env: process.env, progress });
      if (task.built) {
        const { ok, output } = await progress.step("build (into dist/)", () =>
          build({ root, node: found.node, env: process.env }),
        );
        if (!ok) throw new SetUpError(`The build failed:\n${output}`);
      }
      return found;
    },
  );
  let env = process.env;
  let has = `Node ${nodeVersion}`;
  if (task.pulumi) {
    const { exitCode, pulumi } = await providePulumiBeside(task.meanwhile, { node, progress });
    if (pulumi === undefined) return exitCode;
    env = taskEnvironment({ root, env, node, pulumi });
    has += `, Pulumi CLI ${pulumi.version} (${pulumi.source})`;
  }
  if (task.executables) await provideNodeOfHost(progress);
  if (task.alicloud) await provideTypesOfAlicloud(progress);
  if (task.languages) await provideLanguages({ progress, env });
  progress.say(`ready in ${inWords(Date.now() - startedAtMs)}: ${has}`);
  if (task.command === undefined) return 0;

  const [script, ...rest] = task.command(args);
  if (script === undefined || !existsSync(join(root, script)))
    throw new SetUpError(`There is no ${script} yet.`);
  return runInForeground(node, [script, ...rest], { cwd: root, env });
}

/**
 * Finds or makes a Pulumi CLI, which may take minutes, and meanwhile runs what needs none.
 *
 * @param {string[] | undefined} meanwhile a script and its arguments
 * @param {{ node: string, progress: import("./progress.mjs").Progress }} context
 * @returns {Promise<{ exitCode: number, pulumi?: import("./pulumi-cli.mjs").PulumiCli }>} no CLI where what ran
 *   meanwhile has failed
 */
async function providePulumiBeside(meanwhile, { node, progress }) {
  if (meanwhile === undefined) return { exitCode: 0, pulumi: await providePulumiCli({ progress }) };
  // What is said of the CLI waits until the script no longer prints.
  const after = holdBack((line) => process.stdout.write(`${line}\n`));
  const provided = providePulumiCli({ progress: createProgress({ write: after.write }) });
  // It is awaited below; until then a failure is not unhandled.
  provided.catch(() => undefined);
  const env = taskEnvironment({ root, env: process.env, node });
  const exitCode = await runInForeground(node, meanwhile, { cwd: root, env });
  after.release();
  if (exitCode === 0) return { exitCode, pulumi: await provided };
  endSetUp();
  await provided.catch(() => undefined);
  return { exitCode };
}

/**
 * Keeps lines until they are released, then lets them through.
 *
 * @param {(line: string) => void} print
 */
export function holdBack(print) {
  /** @type {string[] | undefined} */
  let held = [];
  return {
    write: (/** @type {string} */ line) => {
      if (held === undefined) print(line);
      else held.push(line);
    },
    release: () => {
      for (const line of held ?? []) print(line);
      held = undefined;
    },
  };
}

/**
 * The tests of the executables need it, and reach no registry by themselves.
 *
 * @param {import("./progress.mjs").Progress} progress
 */
async function provideNodeOfHost(progress) {
  // Not a static import: straight after a clone, what they import is not installed.
  const { hostPlatform } = await import("./plugin/platforms.mjs");
  const { provideNode } = await import("./plugin/node-of-platform.mjs");
  const platform = hostPlatform();
  if (platform === undefined) return;
  await orSay("no executable is tested", progress, () =>
    provideNode(platform, { root, env: process.env, progress }),
  );
}

/**
 * The test of the documentation's programs needs them, and reaches no registry by itself.
 *
 * @param {import("./progress.mjs").Progress} progress
 */
async function provideTypesOfAlicloud(progress) {
  const { provideAlicloudTypes } = await import("./alicloud-types.mjs");
  await orSay("no program with @pulumi/alicloud is compiled", progress, () =>
    provideAlicloudTypes({ root, env: process.env, progress }),
  );
}

/**
 * A registry that cannot be reached or a cache that cannot be written is no reason to test nothing else.
 *
 * @param {string} consequence
 * @param {import("./progress.mjs").Progress} progress
 * @param {() => Promise<unknown>} provide
 */
async function orSay(consequence, progress, provide) {
  try {
    await provide();
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    progress.say(`  ${consequence}: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {unknown} error */
function inspectable(error) {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
