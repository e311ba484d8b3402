import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type ConfigMap, LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";

/** What one operation of the engine was: its exit, all it printed, and what the engine saved. */
export interface EngineRun {
  readonly failed: boolean;
  /** Everything the command line printed, without colours. */
  readonly output: string;
}

/** One resource as the engine's state has it. */
export interface SavedResource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  readonly initErrors?: string[];
}

/** A stack of the real engine with a file backend of its own; the program runs in this process. */
export class EngineStack {
  readonly stack: Stack;
  readonly folder: string;
  readonly #env: Record<string, string>;

  private constructor(stack: Stack, folder: string, env: Record<string, string>) {
    this.stack = stack;
    this.folder = folder;
    this.#env = env;
  }

  /** The folder lies inside the project, so that the engine's host finds the package as users' projects do. */
  static async create(program: PulumiFn, config: ConfigMap): Promise<EngineStack> {
    const parent = join(__dirname, "../../.cache/engine-tests");
    mkdirSync(parent, { recursive: true });
    const folder = mkdtempSync(join(parent, "stack-"));
    mkdirSync(join(folder, "state"));
    const env = { PULUMI_BACKEND_URL: `file://${join(folder, "state")}`, PULUMI_CONFIG_PASSPHRASE: "not a secret" };
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "test", projectName: "gate-test", program },
      { workDir: folder, envVars: env },
    );
    await stack.setAllConfig(config);
    return new EngineStack(stack, folder, env);
  }

  up(options: Parameters<Stack["up"]>[0] = {}): Promise<EngineRun> {
    return this.#run((onOutput) => this.stack.up({ ...options, onOutput, color: "never" }));
  }

  preview(options: Parameters<Stack["preview"]>[0] = {}): Promise<EngineRun> {
    return this.#run((onOutput) => this.stack.preview({ ...options, onOutput, color: "never" }));
  }

  refresh(options: Parameters<Stack["refresh"]>[0] = {}): Promise<EngineRun> {
    return this.#run((onOutput) => this.stack.refresh({ ...options, onOutput, color: "never" }));
  }

  destroy(): Promise<EngineRun> {
    return this.#run((onOutput) => this.stack.destroy({ onOutput, color: "never" }));
  }

  /** The saved resources, secrets in the clear. */
  async resources(): Promise<SavedResource[]> {
    const { deployment } = await this.stack.exportStack();
    return deployment.resources ?? [];
  }

  async resource(name: string): Promise<SavedResource | undefined> {
    return (await this.resources()).find((resource) => resource.urn.endsWith(`::${name}`));
  }

  /** Operations that the engine began and did not see the end of. */
  async pendingOperations(): Promise<unknown[]> {
    return (await this.stack.exportStack()).deployment.pending_operations ?? [];
  }

  /** The state file's text, as it lies on disk. */
  stateText(): string {
    return execFileSync("cat", [join(this.folder, "state/.pulumi/stacks/gate-test/test.json")], { encoding: "utf8" });
  }

  /** Runs the command line on this stack. */
  pulumi(...args: string[]): string {
    const env = { ...process.env, ...this.#env };
    return execFileSync("pulumi", [...args, "--stack", "test"], { cwd: this.folder, env, encoding: "utf8" });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #run(operation: (onOutput: (text: string) => void) => Promise<unknown>): Promise<EngineRun> {
    let output = "";
    try {
      await operation((text) => {
        output += text;
      });
      return { failed: false, output };
    } catch (error) {
      return { failed: true, output: `${output}\n${error instanceof Error ? error.message : String(error)}` };
    }
  }
}
