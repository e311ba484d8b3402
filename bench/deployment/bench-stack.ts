import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { LocalWorkspace, type ProjectSettings, type Stack } from "@pulumi/pulumi/automation";
import type { Emulator } from "../../emulator";

export type Program = () => void;

/** One resource in the state file. */
export interface SavedResource {
  readonly urn: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

const PROJECT = "bench";
const STACK = "bench";

/** A stack of the real engine with a file backend. It can be emptied without the engine. */
export class BenchStack {
  readonly #folder: string;
  readonly #stack: Stack;
  readonly #slot: { program: Program };

  private constructor(folder: string, stack: Stack, slot: { program: Program }) {
    this.#folder = folder;
    this.#stack = stack;
    this.#slot = slot;
  }

  /**
   * The folder is inside the project, so that the engine's host finds the package as in a user's project.
   *
   * @param options.plugin the folder of the plugin, for a program that uses its resources.
   */
  static async create(emulator: Emulator, options: { readonly plugin?: string } = {}): Promise<BenchStack> {
    const parent = resolve(".cache/bench/stacks");
    mkdirSync(parent, { recursive: true });
    const folder = mkdtempSync(join(parent, "stack-"));
    mkdirSync(join(folder, "state"));
    const slot: { program: Program } = { program: () => undefined };
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: STACK, projectName: PROJECT, program: async () => slot.program() },
      {
        workDir: folder,
        ...(options.plugin === undefined ? {} : { projectSettings: projectWith(options.plugin) }),
        envVars: {
          PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
          PULUMI_CONFIG_PASSPHRASE: "not a secret",
          ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
        },
      },
    );
    await stack.setAllConfig({
      "alicdn:endpoint": { value: emulator.endpoint },
      ...Object.fromEntries(
        ["alicloud", "alicdn"].flatMap((namespace) => [
          [`${namespace}:accessKey`, { value: emulator.accessKeyId }],
          [`${namespace}:secretKey`, { value: emulator.accessKeySecret }],
        ]),
      ),
    });
    cpSync(join(folder, "state"), join(folder, "empty-state"), { recursive: true });
    return new BenchStack(folder, stack, slot);
  }

  /** Deploys a program into the empty stack. Returns the duration of `pulumi up` in milliseconds. */
  async up(program: Program): Promise<number> {
    rmSync(join(this.#folder, "state"), { recursive: true });
    cpSync(join(this.#folder, "empty-state"), join(this.#folder, "state"), { recursive: true });
    this.#slot.program = program;
    const startedAtMs = performance.now();
    await this.#stack.up();
    return performance.now() - startedAtMs;
  }

  resources(): readonly SavedResource[] {
    const file = join(this.#folder, "state/.pulumi/stacks", PROJECT, `${STACK}.json`);
    return JSON.parse(readFileSync(file, "utf8")).checkpoint.latest.resources ?? [];
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function projectWith(plugin: string): ProjectSettings {
  const project = {
    name: PROJECT,
    runtime: "nodejs",
    plugins: { providers: [{ name: "alicdn", path: plugin }] },
  };
  return project;
}
