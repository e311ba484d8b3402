import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConfigMap, LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { type Emulator, startEmulator } from "../../emulator";
import { findPulumi } from "../engine/find-pulumi";
import { startLanguageHost } from "./language-host";

const EXAMPLES = join(__dirname, "../../examples");
const PULUMI = findPulumi();

/** How an `up` of an example ended. */
export interface ExampleRun {
  readonly failed: boolean;
  /** Everything that the command line printed, without colours. */
  readonly output: string;
  /** The stack's outputs after it. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * A stack of one example, deployed by the real engine from the example's own folder, against an emulator of
 * its own. Its state lies in a temporary folder.
 */
export class ExampleStack {
  readonly emulator: Emulator;
  readonly folder: string;
  readonly #stack: Stack;
  readonly #temporary: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(parts: {
    emulator: Emulator;
    folder: string;
    stack: Stack;
    temporary: string;
    env: Readonly<Record<string, string>>;
  }) {
    this.emulator = parts.emulator;
    this.folder = parts.folder;
    this.#stack = parts.stack;
    this.#temporary = parts.temporary;
    this.#env = parts.env;
  }

  /** @param project the folder of the project whose program the example is; default the example's own. */
  static async create(example: string, project = join(EXAMPLES, example)): Promise<ExampleStack> {
    const temporary = mkdtempSync(join(tmpdir(), "cdn-preload-gate-example-"));
    const folder = project;
    const program = require(join(EXAMPLES, example)) as PulumiFn;
    // Tasks of the length that people watch would only make the tests slow.
    const emulator = await startEmulator({ speed: 10, visibilityDelayMs: 200 });
    const env = {
      PULUMI_BACKEND_URL: `file://${temporary}`,
      PULUMI_CONFIG_PASSPHRASE: "not a secret",
      ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    };
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: `test-${process.pid}`, projectName: nameOfProject(folder), program },
      { workDir: folder, envVars: env },
    );
    const made = new ExampleStack({ emulator, folder, stack, temporary, env });
    await made.configure({
      "alicdn:endpoint": { value: emulator.endpoint },
      "alicloud:accessKey": { value: emulator.accessKeyId },
      "alicloud:secretKey": { value: emulator.accessKeySecret, secret: true },
    });
    return made;
  }

  configure(config: ConfigMap): Promise<void> {
    return this.#stack.setAllConfig(config);
  }

  /** Sets the example's own `urls`. */
  useUrls(urls: readonly string[]): Promise<void> {
    return this.configure({ urls: { value: JSON.stringify(urls) } });
  }

  /** Runs the example in this process. */
  up(options: { target?: string[] } = {}): Promise<ExampleRun> {
    return this.#run((take) => this.#stack.up({ ...options, onOutput: take, onError: take, color: "never" }));
  }

  /** Runs the example's TypeScript in its folder, as `pulumi up` does with a full Pulumi installation. */
  upFromCommandLine(): Promise<ExampleRun> {
    return this.#run(async (take) => {
      const host = await startLanguageHost();
      const args = ["up", "--yes", "--skip-preview", "--stack", this.#stack.name, "--color=never"];
      try {
        await runToEnd(PULUMI, [...args, `--client=${host.address}`, "--exec-kind=auto.inline"], {
          cwd: this.folder,
          env: { ...process.env, ...this.#env },
          take,
        });
      } finally {
        host.close();
      }
    });
  }

  async #run(up: (take: (text: string) => void) => Promise<unknown>): Promise<ExampleRun> {
    let output = "";
    let failed = false;
    try {
      await up((text) => {
        output += text;
      });
    } catch (error) {
      failed = true;
      output += `\n${error instanceof Error ? error.message : String(error)}`;
    }
    const outputs = await this.#stack.outputs();
    const values = Object.entries(outputs).map(([name, { value }]) => [name, value]);
    return { failed, output, outputs: Object.fromEntries(values) };
  }

  /** What `pulumi stack export` shows of a resource's outputs. */
  async savedOutputs(name: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { deployment } = await this.#stack.exportStack();
    const resources: { urn: string; outputs: Record<string, unknown> }[] = deployment.resources ?? [];
    return resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs;
  }

  /** The names of the resources in the state, without the stack's own. */
  async resourceNames(): Promise<string[]> {
    const { deployment } = await this.#stack.exportStack();
    const resources: { urn: string; type: string }[] = deployment.resources ?? [];
    return resources
      .filter(({ type }) => !type.startsWith("pulumi:pulumi:") && !type.startsWith("pulumi:providers:"))
      .map(({ urn }) => urn.split("::").at(-1) ?? "");
  }

  /** Removes the stack's settings too, which lie beside the example. */
  async close(): Promise<void> {
    await this.emulator.close();
    rmSync(join(this.folder, `Pulumi.${this.#stack.name}.yaml`), { force: true });
    rmSync(this.#temporary, { recursive: true, force: true });
  }
}

function nameOfProject(folder: string): string {
  const name = /^name: (.+)$/m.exec(readFileSync(join(folder, "Pulumi.yaml"), "utf8"))?.[1];
  if (name === undefined) throw new Error(`${folder}/Pulumi.yaml names no project.`);
  return name;
}

function runToEnd(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; take(text: string): void },
): Promise<void> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.setEncoding("utf8").on("data", options.take);
  child.stderr.setEncoding("utf8").on("data", options.take);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with exit code ${code}`)),
    );
  });
}
