import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";
import { Preload } from "cdn-preload-gate";
import { type Emulator, type ScenarioInput, startEmulator } from "cdn-preload-gate/emulator";
import { createEngineFilter } from "./engine-lines.ts";
import { type Call, inSeconds, SceneFailure, type Stage } from "./stage.ts";

/** The `node_modules` folder with this program's packages. The engine's host needs it too. */
const MODULES = join(dirname(fileURLToPath(import.meta.resolve("@pulumi/pulumi/package.json"))), "../..");

/** One of the services that the stack deploys. */
export interface Service {
  readonly name: string;
  readonly urls: readonly string[];
}

export interface UpResult {
  /** Of the command line. */
  readonly exitCode: number;
  /** Everything that it printed. */
  readonly output: string;
  /** The calls that the service received during the run. */
  readonly calls: readonly Call[];
}

/** A resource as the stack's state has it. */
interface SavedResource {
  readonly urn: string;
  // biome-ignore lint/suspicious/noExplicitAny: each scene knows the outputs of the resource that it asks for
  readonly outputs: any;
}

/** An emulator, and a stack of the real engine. `close` deletes the folder with its state. */
export class DemoStack {
  readonly services: Service[] = [];
  /** Everything that the last `pulumi up` printed. It shows why a scene failed. */
  lastOutput = "";
  readonly emulator: Emulator;
  readonly pulumiVersion: string;
  readonly #folder: string;
  readonly #stack: Stack;
  readonly #interruption: AbortSignal;

  private constructor(parts: {
    readonly emulator: Emulator;
    readonly folder: string;
    readonly stack: Stack;
    readonly interruption: AbortSignal;
  }) {
    const { emulator, folder, stack, interruption } = parts;
    this.emulator = emulator;
    this.#folder = folder;
    this.#stack = stack;
    this.#interruption = interruption;
    this.pulumiVersion = stack.workspace.pulumiVersion;
  }

  static async create(options: {
    readonly interruption: AbortSignal;
    readonly scenario: ScenarioInput;
  }): Promise<DemoStack> {
    const { interruption, scenario } = options;
    const folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-demo-"));
    const emulator = await startEmulator({ scenario });
    let made: DemoStack | undefined;
    try {
      mkdirSync(join(folder, "state"));
      symlinkSync(MODULES, join(folder, "node_modules"), "junction");
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
   * Runs `pulumi up` and shows the relevant part of its output as it arrives.
   *
   * @param options.signal sends SIGINT to it
   */
  async up(
    stage: Stage,
    options: { readonly signal?: AbortSignal; readonly onLine?: (line: string) => void } = {},
  ): Promise<UpResult> {
    const { signal, onLine = () => undefined } = options;
    stage.command("pulumi up");
    const callsBefore = this.emulator.calls.length;
    const startedAtMs = Date.now();
    const filter = createEngineFilter((line) => stage.engine(line));
    let output = "";
    let unfinished = "";
    const onOutput = (text: string): void => {
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
    stage.result(`exit code ${exitCode}, after ${inSeconds(Date.now() - startedAtMs)}`);
    return { exitCode, output, calls: this.emulator.calls.slice(callsBefore) };
  }

  /** How often each URL was submitted to the emulator. */
  submissions(urls: readonly string[]): number[] {
    return urls.map((url) => this.emulator.submissionCount(url));
  }

  async has(name: string): Promise<boolean> {
    return (await this.#resources()).some(({ urn }) => urn.endsWith(`::${name}`));
  }

  async saved(name: string): Promise<SavedResource> {
    const found = (await this.#resources()).find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new SceneFailure(`✘ ${name} is not in the stack's state.`);
    return found;
  }

  /** Operations that the engine started and did not finish. */
  async pendingOperations(): Promise<readonly unknown[]> {
    const { deployment } = await this.#stack.exportStack();
    return deployment.pending_operations ?? [];
  }

  async close(): Promise<void> {
    await this.emulator.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #resources(): Promise<readonly SavedResource[]> {
    const { deployment } = await this.#stack.exportStack();
    return deployment.resources ?? [];
  }

  #signalFor(signal: AbortSignal | undefined): AbortSignal {
    const ours = new AbortController();
    this.#interruption.addEventListener("abort", () => {
      // A terminal sends Ctrl-C to the command line too. A second one from us would make the engine kill the running
      // operations.
      if (!process.stdin.isTTY || this.#interruption.reason !== "SIGINT") ours.abort();
    });
    return AbortSignal.any([ours.signal, ...(signal ? [signal] : [])]);
  }
}

/** The Pulumi program. Each service goes live only after its files are preloaded. */
function deploy(services: readonly Service[]): void {
  for (const { name, urls } of services) {
    const files = new Preload(`${name}-files`, { urls: [...urls] });
    new pulumi.Stash(`${name}-live`, { input: { warm: files.passed } }, { dependsOn: files });
  }
}

async function exitCodeOf(up: Promise<unknown>): Promise<number> {
  try {
    await up;
    return 0;
  } catch (error) {
    // The Automation API always reports -2. The message contains the command line's own code.
    const code = error instanceof Error ? / exit code (\d+)/.exec(error.message)?.[1] : undefined;
    if (code === undefined) throw error;
    return Number(code);
  }
}
