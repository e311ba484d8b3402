import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type Emulator, startEmulator } from "./emulator";
import { describeIssues } from "./issues";
import { type ScenarioInput, scenarioSchema } from "./scenario";

/** What the command line passes on. */
export interface RunEmulatorOptions {
  /** TCP port on 127.0.0.1. Default 0: any that is free. */
  readonly port?: number;
  /** A scenario file's path. Default: every URL passes, unless it names a script itself. */
  readonly scenario?: string;
  /** Divides the duration of tasks. Default: the scenario's, else 1. */
  readonly speed?: number;
  /** Where the one line of JSON goes. Default: the process's standard output. */
  readonly writeLine?: (line: string) => void;
  /** Stops the emulator. Default: SIGINT or SIGTERM. */
  readonly signal?: AbortSignal;
}

/** The emulator cannot start as asked: the port is taken, or an input is not valid. The message says which. */
export class EmulatorStartError extends Error {
  override readonly name = "EmulatorStartError";
}

/**
 * Runs the emulator until it is told to stop. When it is ready it writes one line of JSON:
 * `{"endpoint","accessKeyId","accessKeySecret"}`.
 *
 * @throws EmulatorStartError
 */
export async function runEmulator(options: RunEmulatorOptions = {}): Promise<void> {
  const scenario = options.scenario === undefined ? undefined : await readScenario(options.scenario);
  const emulator = await start(options, scenario);
  const { endpoint, accessKeyId, accessKeySecret } = emulator;
  const stopped = options.signal ? whenAborted(options.signal) : whenSignalled();
  const writeLine = options.writeLine ?? ((line: string) => process.stdout.write(`${line}\n`));
  writeLine(JSON.stringify({ endpoint, accessKeyId, accessKeySecret }));
  await stopped;
  await emulator.close();
}

async function start(options: RunEmulatorOptions, scenario: ScenarioInput | undefined): Promise<Emulator> {
  const { port, speed } = options;
  try {
    return await startEmulator({ port, speed, scenario });
  } catch (error) {
    if (isPortTaken(error)) {
      throw new EmulatorStartError(
        `Port ${port} on 127.0.0.1 is in use; name another with --port, or 0 for any.`,
        {
          cause: error,
        },
      );
    }
    if (error instanceof z.ZodError) throw new EmulatorStartError(describeIssues(error), { cause: error });
    throw error;
  }
}

async function readScenario(file: string): Promise<ScenarioInput> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new EmulatorStartError(`The scenario file ${file} cannot be read: ${describeIssues(cause)}`, {
      cause,
    });
  });
  try {
    const scenario: unknown = JSON.parse(text);
    scenarioSchema.parse(scenario);
    return scenario as ScenarioInput;
  } catch (cause) {
    throw new EmulatorStartError(`The scenario file ${file} is not valid:\n${describeIssues(cause)}`, {
      cause,
    });
  }
}

function isPortTaken(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "EADDRINUSE";
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

function whenSignalled(): Promise<void> {
  const names = ["SIGINT", "SIGTERM"] as const;
  return new Promise((resolve) => {
    function stop() {
      for (const name of names) process.off(name, stop);
      resolve();
    }
    for (const name of names) process.on(name, stop);
  });
}
