import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { type Emulator, startEmulator } from "../../emulator";
import type { EmulatorOptions } from "../../emulator/emulator";
import schema from "../../schema/cli-output-v1.json";
import { type CliRun, type CliSurroundings, type RunningCli, startCliIn } from "./run-cli";

// A process and several polls a test, on a machine that does other things as well.
jest.setTimeout(90_000);

/** The command line against an emulator of its own. */
export interface Bench {
  readonly emulator: Emulator;
  /** The environment that leads to the emulator. */
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  start(args: readonly string[], surroundings?: CliSurroundings): RunningCli;
  run(args: readonly string[], surroundings?: CliSurroundings): Promise<CliRun>;
  /** Runs with `--json`, checks the document against the published schema, and returns it. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into documents of every kind
  json(args: readonly string[], surroundings?: CliSurroundings): Promise<any>;
  end(): Promise<void>;
}

const validate: ValidateFunction = new Ajv({ allErrors: true, strict: false }).compile(schema);

/** Fails unless a text is one JSON document of the published schema. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into documents of every kind
export function parseDocument(text: string): any {
  const document: unknown = JSON.parse(text);
  if (!validate(document)) throw new Error(`Not of the schema: ${JSON.stringify(validate.errors, null, 2)}`);
  return document;
}

/** Starts an emulator whose tasks end soon, and what runs the command line against it. */
export async function openBench(options: EmulatorOptions = {}): Promise<Bench> {
  const emulator = await startEmulator({ speed: 20, visibilityDelayMs: 0, ...options });
  const folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-cli-"));
  const env = {
    HOME: folder,
    ALICDN_ENDPOINT: emulator.endpoint,
    ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.accessKeySecret,
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
  };
  const running: RunningCli[] = [];
  const start: Bench["start"] = (args, surroundings = {}) => {
    const cli = startCliIn({ cwd: folder, ...surroundings, env: { ...env, ...surroundings.env } }, args);
    running.push(cli);
    return cli;
  };
  return {
    emulator,
    env,
    folder,
    start,
    run: (args, surroundings) => start(args, surroundings).ended,
    json: async (args, surroundings) => {
      const run = await start([...args, "--json"], surroundings).ended;
      const document = parseDocument(run.stdout);
      expect(document.exitCode).toBe(run.exitCode);
      return document;
    },
    end: async () => {
      for (const { child } of running) child.kill("SIGKILL");
      await Promise.all(running.map(({ ended }) => ended));
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens a bench for one test and closes it after it. */
export async function withBench(
  options: EmulatorOptions,
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  const bench = await openBench(options);
  try {
    await work(bench);
  } finally {
    await bench.end();
  }
}
