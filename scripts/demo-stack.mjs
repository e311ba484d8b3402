import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { Preload } from "cdn-preload-gate";
import { startEmulator } from "cdn-preload-gate/emulator";
import { createEngineFilter } from "./demo-engine-lines.mjs";
import { ScriptFailure } from "./demo-stage.mjs";
import { inWords } from "./progress.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * @typedef {object} Service one of the services that the stack deploys
 * @property {string} name
 * @property {readonly string[]} urls
 */

/**
 * @typedef {object} UpResult
 * @property {number} exitCode of the command line
 * @property {string} output all that it printed
 * @property {readonly import("./demo-stage.mjs").Call[]} calls what the service was asked meanwhile
 */

/** An emulator, and a stack of the real engine whose state lies in a folder that `close` removes. */
export class DemoStack {
  /** @type {Service[]} */
  services = [];
  /** All that the last `pulumi up` printed, for whoever has to find out why a scene failed. */
  lastOutput = "";
  #folder;
  #stack;
  #interruption;

  /**
   * @param {{ emulator: import("cdn-preload-gate/emulator").Emulator, folder: string,
   *   stack: import("@pulumi/pulumi/automation/index.js").Stack, interruption: AbortSignal }} parts
   */
  constructor({ emulator, folder, stack, interruption }) {
    this.emulator = emulator;
    this.#folder = folder;
    this.#stack = stack;
    this.#interruption = interruption;
    this.pulumiVersion = stack.workspace.pulumiVersion;
  }

  /**
   * @param {{ interruption: AbortSignal, scenario: import("cdn-preload-gate/emulator").ScenarioInput }} options
   * @returns {Promise<DemoStack>}
   */
  static async create({ interruption, scenario }) {
    const folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-demo-"));
    const emulator = await startEmulator({ scenario });
    /** @type {DemoStack | undefined} */
    let made;
    try {
      mkdirSync(join(folder, "state"));
      // The engine's host finds the package from there, as in a user's project.
      symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
      const stack = await LocalWorkspace.createOrSelectStack(
        {
          stackName: "demo",
          projectName: "shop",
          program: async () => deploy(made?.services ?? []),
        },
        {
          workDir: folder,
          envVars: {
            PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
            PULUMI_CONFIG_PASSPHRASE: "demo",
          },
        },
      );
      await stack.setAllConfig({
        "alicdn:endpoint": { value: emulator.endpoint },
        "alicloud:accessKey": { value: emulator.accessKeyId },
        "alicloud:secretKey": { value: emulator.accessKeySecret, secret: true },
      });
      made = new DemoStack({ emulator, folder, stack, interruption });
      return made;
    } catch (error) {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Runs `pulumi up` and shows what matters of its output as it comes.
   *
   * @param {import("./demo-stage.mjs").Stage} stage
   * @param {{ signal?: AbortSignal, onLine?: (line: string) => void }} [options] `signal` sends SIGINT to it
   * @returns {Promise<UpResult>}
   */
  async up(stage, { signal, onLine = () => {} } = {}) {
    stage.command("pulumi up");
    const callsBefore = this.emulator.calls.length;
    const startedAtMs = Date.now();
    const filter = createEngineFilter((line) => stage.engine(line));
    let output = "";
    let unfinished = "";
    const onOutput = (/** @type {string} */ text) => {
      output += text;
      const lines = (unfinished + text).split("\n");
      unfinished = lines.pop() ?? "";
      for (const line of lines) {
        filter(line);
        onLine(line);
      }
    };
    this.#interruption.throwIfAborted();
    const exitCode = await exitCodeOf(
      this.#stack.up({ onOutput, color: "never", signal: this.#signalFor(signal) }),
    );
    this.lastOutput = output;
    this.#interruption.throwIfAborted();
    stage.result(`exit code ${exitCode}, after ${inWords(Date.now() - startedAtMs)}`);
    return { exitCode, output, calls: this.emulator.calls.slice(callsBefore) };
  }

  /**
   * How often the emulator was given each URL.
   *
   * @param {readonly string[]} urls
   */
  submissions(urls) {
    return urls.map((url) => this.emulator.submissionCount(url));
  }

  /** @param {string} name */
  async has(name) {
    return (await this.#resources()).some(({ urn }) => urn.endsWith(`::${name}`));
  }

  /**
   * @param {string} name
   * @returns {Promise<{ outputs: any }>} a resource as the state has it
   */
  async saved(name) {
    const found = (await this.#resources()).find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new ScriptFailure(`✘ ${name} is not in the stack's state.`);
    return found;
  }

  /** @returns {Promise<unknown[]>} operations that the engine began and did not see the end of */
  async pendingOperations() {
    const { deployment } = await this.#stack.exportStack();
    return deployment.pending_operations ?? [];
  }

  async close() {
    await this.emulator.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** @returns {Promise<{ urn: string, outputs: any }[]>} */
  async #resources() {
    const { deployment } = await this.#stack.exportStack();
    return deployment.resources ?? [];
  }

  /**
   * The terminal sends Ctrl-C to the command line too; from us it would be a second one, at which the engine
   * kills what it is waiting for.
   *
   * @param {AbortSignal | undefined} signal
   */
  #signalFor(signal) {
    const ours = process.stdin.isTTY ? [] : [this.#interruption];
    return AbortSignal.any([...ours, ...(signal ? [signal] : [])]);
  }
}

/**
 * The program: each service goes live only after its files are preloaded.
 *
 * @param {readonly Service[]} services
 */
function deploy(services) {
  for (const { name, urls } of services) {
    const files = new Preload(`${name}-files`, { urls: [...urls] });
    new pulumi.Stash(`${name}-live`, { input: { warm: files.passed } }, { dependsOn: files });
  }
}

/**
 * @param {Promise<unknown>} up
 * @returns {Promise<number>}
 */
async function exitCodeOf(up) {
  try {
    await up;
    return 0;
  } catch (error) {
    // The Automation API's own code is -2 whatever the command line's was.
    const code = error instanceof Error ? / exit code (\d+)/.exec(error.message)?.[1] : undefined;
    if (code === undefined) throw error;
    return Number(code);
  }
}
