import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CommandError,
  type ConfigMap,
  LocalWorkspace,
  type ProjectSettings,
  PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";
import { findPulumi } from "./find-pulumi";
import { DYNAMIC_HOST, type Host, PLUGIN } from "./hosts";
import { pluginFolder } from "./plugin-folder";

const ROOT = join(__dirname, "../..");
const PULUMI = findPulumi();

// Starting an engine takes seconds, and a busy machine makes it many.
jest.setTimeout(120_000);

/** At this speed a preload that passes has ended when it is polled for the first time. */
const SPEED = 2;

/** What one operation of the engine was: how it ended and all it printed. */
export interface EngineRun {
  readonly failed: boolean;
  /** The command line's exit code; -1 where it told none. */
  readonly exitCode: number;
  /** Everything the command line printed, without colours, and an error of the program. */
  readonly output: string;
}

/** One resource as it lies in the state file: secrets are encrypted there. */
export interface SavedResource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  readonly initErrors?: string[];
}

interface Checkpoint {
  readonly resources?: SavedResource[];
  readonly pending_operations?: unknown[];
}

type UpOptions = NonNullable<Parameters<Stack["up"]>[0]>;
type PreviewOptions = NonNullable<Parameters<Stack["preview"]>[0]>;

export interface EngineStackOptions {
  /** What runs the resources of the program. Default: the dynamic host. */
  readonly host?: Host;
  /** Leaves it to the engine to find the plugin among those that are installed in `env.PULUMI_HOME`. */
  readonly pluginIsInstalled?: boolean;
  /** Of the emulator that the stack's config points to. Default: at twice the service's speed. */
  readonly emulator?: EmulatorOptions;
  /** Added to the stack's config, or in place of a key of it; `undefined` takes a key out. */
  readonly config?: Readonly<Record<string, { value: string; secret?: boolean } | undefined>>;
  /**
   * Gives the project a folder outside of the repository, with a `node_modules` of its own that does not hold
   * this package before {@link EngineStack.installPackage}.
   */
  readonly ownModules?: boolean;
  /** Added to the command line's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * An emulator and a stack of the real engine with a file backend of its own. The program runs in this
 * process, and a test changes it between its steps.
 */
export class EngineStack {
  readonly emulator: Emulator;
  readonly folder: string;
  program: () => unknown = () => undefined;
  readonly #stack: Stack;

  private constructor(parts: { emulator: Emulator; folder: string; stack: Stack; run: ProgramSlot }) {
    this.emulator = parts.emulator;
    this.folder = parts.folder;
    this.#stack = parts.stack;
    parts.run.program = () => this.program();
  }

  static async create(options: EngineStackOptions = {}): Promise<EngineStack> {
    const { host = DYNAMIC_HOST, pluginIsInstalled = false } = options;
    const folder = options.ownModules ? folderWithOwnModules() : folderInRepository();
    mkdirSync(join(folder, "state"));
    const emulator = await startEmulator({ speed: SPEED, ...options.emulator });
    const run: ProgramSlot = { program: () => undefined };
    const stack = await LocalWorkspace.createStack(
      { stackName: "test", projectName: "gate-test", program: async () => void (await run.program()) },
      {
        workDir: folder,
        ...(host === PLUGIN && !pluginIsInstalled ? projectWithPlugin() : {}),
        pulumiCommand: await PulumiCommand.get({ root: wrapPulumi(folder), skipVersionCheck: true }),
        envVars: {
          PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
          PULUMI_CONFIG_PASSPHRASE: "not a secret",
          ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
          HOME: folder,
          ...options.env,
        },
      },
    );
    await stack.setAllConfig(configOf({ emulator, host, changes: options.config }));
    return new EngineStack({ emulator, folder, stack, run });
  }

  up(options: UpOptions = {}): Promise<EngineRun> {
    return engineRun((output) => this.#stack.up({ ...options, ...output }));
  }

  preview(options: PreviewOptions = {}): Promise<EngineRun> {
    return engineRun((output) => this.#stack.preview({ ...options, ...output }));
  }

  refresh(): Promise<EngineRun> {
    return engineRun((output) => this.#stack.refresh(output));
  }

  destroy(): Promise<EngineRun> {
    return engineRun((output) => this.#stack.destroy(output));
  }

  /** Takes away the lock that an engine has left which was killed. */
  cancel(): Promise<void> {
    return this.#stack.cancel();
  }

  /** Puts the saved deployment, changed, in its own place. */
  async changeResources(change: (resource: SavedResource) => object): Promise<void> {
    const saved = await this.#stack.exportStack();
    const resources = saved.deployment.resources.map(change);
    await this.#stack.importStack({ ...saved, deployment: { ...saved.deployment, resources } });
  }

  /** Puts a deployment in the place of the saved one. */
  async importResources(resources: readonly object[]): Promise<void> {
    const manifest = { time: new Date(0).toISOString(), magic: "", version: "" };
    await this.#stack.importStack({ version: 3, deployment: { manifest, resources } });
  }

  /** Changes keys of the stack's config. The engine's command line shows their values while it does. */
  setConfig(config: ConfigMap): Promise<void> {
    return this.#stack.setAllConfig(config);
  }

  /** Sends a signal to the command line, as a terminal or a CI runner does. */
  signal(signal: NodeJS.Signals): void {
    process.kill(this.#enginePid(), signal);
  }

  /** The process ids of the dynamic hosts and plugins that the command line has started, by a shell each. */
  hostPids(): number[] {
    const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
    const processes = rows.flatMap((row) => {
      const [, pid, parent, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
    });
    const family = new Set([this.#enginePid()]);
    // Parents need not stand before their children.
    for (let size = 0; size < family.size; ) {
      size = family.size;
      for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
    }
    return processes
      .filter(
        ({ pid, args }) => family.has(pid) && /node\b.*(dynamic-provider|pulumi-resource-alicdn)/.test(args),
      )
      .map(({ pid }) => pid);
  }

  /** The saved resources. */
  resources(): SavedResource[] {
    return this.#checkpoint().resources ?? [];
  }

  /** A saved resource by its name. */
  find(name: string): SavedResource | undefined {
    return this.resources().find((resource) => resource.urn.endsWith(`::${name}`));
  }

  /** As {@link find}. @throws Error where it is not saved. */
  resource(name: string): SavedResource {
    const found = this.find(name);
    if (!found) throw new Error(`${name} is not in the state.`);
    return found;
  }

  /** Operations that the engine began and did not see the end of. */
  pendingOperations(): unknown[] {
    return this.#checkpoint().pending_operations ?? [];
  }

  /** The text of all that the engine has saved: the state, its backups and its history. */
  savedTexts(): string {
    const state = join(this.folder, "state");
    return readdirSync(state, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");
  }

  /** Lets the host find the package from the project's folder. Only with {@link EngineStackOptions.ownModules}. */
  installPackage(): void {
    symlinkSync(ROOT, join(this.folder, "node_modules/cdn-preload-gate"));
  }

  uninstallPackage(): void {
    rmSync(join(this.folder, "node_modules/cdn-preload-gate"));
  }

  /** Ends the emulator and removes the stack. */
  async close(): Promise<void> {
    await this.emulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #enginePid(): number {
    return Number(readFileSync(join(this.folder, "pulumi.pid"), "utf8"));
  }

  #checkpoint(): Checkpoint {
    const file = join(this.folder, "state/.pulumi/stacks/gate-test/test.json");
    return JSON.parse(readFileSync(file, "utf8")).checkpoint.latest ?? {};
  }
}

/** The engine's host finds the package from there as from users' projects. */
function folderInRepository(): string {
  const parent = join(ROOT, ".cache/engine-tests");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, "stack-"));
}

function folderWithOwnModules(): string {
  const folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-engine-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(ROOT, "node_modules/@pulumi"), join(folder, "node_modules/@pulumi"));
  // The file that the Automation API would write names this process's folder as the one of the program.
  writeFileSync(join(folder, "Pulumi.yaml"), "name: gate-test\nruntime: nodejs\n");
  return folder;
}

interface ProgramSlot {
  program: () => unknown;
}

/** The engine looks for a plugin that is named here before any that is installed. */
function projectWithPlugin(): { projectSettings: ProjectSettings } {
  const plugins = { providers: [{ name: "alicdn", path: pluginFolder() }] };
  const project = { name: "gate-test", runtime: "nodejs", plugins };
  return { projectSettings: project };
}

function configOf(stack: {
  emulator: Emulator;
  host: Host;
  changes: EngineStackOptions["config"];
}): ConfigMap {
  const { emulator, host, changes = {} } = stack;
  const credentials = host === PLUGIN ? "alicdn" : "alicloud";
  const config = {
    "alicdn:endpoint": { value: emulator.endpoint },
    [`${credentials}:accessKey`]: { value: emulator.accessKeyId },
    [`${credentials}:secretKey`]: { value: emulator.accessKeySecret, secret: true },
    ...changes,
  };
  return Object.fromEntries(Object.entries(config).flatMap(([key, value]) => (value ? [[key, value]] : [])));
}

/**
 * A `pulumi` that notes its process id and becomes the real one: the Automation API tells no id. After each operation
 * the Automation API starts it three times more, for outputs and history that no test reads: these it answers itself.
 */
function wrapPulumi(folder: string): string {
  const root = join(folder, "cli");
  mkdirSync(join(root, "bin"), { recursive: true });
  const script = `#!/bin/sh
case "$1 $2" in
  "stack output") echo "{}"; exit ;;
  "stack history") echo "[]"; exit ;;
esac
echo $$ > '${join(folder, "pulumi.pid")}'
exec '${PULUMI}' "$@"
`;
  writeFileSync(join(root, "bin/pulumi"), script, { mode: 0o755 });
  return root;
}

async function engineRun(
  operation: (output: {
    onOutput(text: string): void;
    onError(text: string): void;
    color: "never";
  }) => Promise<unknown>,
): Promise<EngineRun> {
  let output = "";
  const take = (text: string) => {
    output += text;
  };
  try {
    await operation({ onOutput: take, onError: take, color: "never" });
    return { failed: false, exitCode: 0, output };
  } catch (error) {
    // Of the command line's failure all is in the output already; an error of the program has yet to be told.
    const isOfCommand = error instanceof CommandError;
    if (!isOfCommand) take(`\n${String(error)}`);
    const exitCode = isOfCommand ? Number(/exit code (\d+)/.exec(error.message)?.[1] ?? -1) : -1;
    return { failed: true, exitCode, output };
  }
}
