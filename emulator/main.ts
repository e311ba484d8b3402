import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { CallRecord } from "./call-record";
import { type Emulator, startEmulator } from "./emulator";
import { describeIssues } from "./issues";
import { logLine } from "./log-line";
import { scenarioSchema } from "./scenario";
import type { ScenarioInput } from "./scenario-types";

const LOOPBACK = "127.0.0.1";

/** What the command line passes on. */
export interface RunEmulatorOptions {
  /** TCP port. Default 0, which takes a free port. */
  readonly port?: number;
  /** The address to listen on. Default 127.0.0.1. With any other address, a warning is written. */
  readonly host?: string;
  /** A scenario file's path. Default: every URL passes, unless it names a script itself. */
  readonly scenario?: string;
  /** Divides the duration of tasks. Default: the scenario's value, or 1. */
  readonly speed?: number;
  /** Receives the line of JSON. Default: standard output. */
  readonly writeLine?: (line: string) => void;
  /** Receives a line for each call, and warnings. Default: standard error. */
  readonly writeLog?: (line: string) => void;
  /** Writes no line for each call. Default false. */
  readonly quiet?: boolean;
  /** Stops the emulator. Default: SIGINT or SIGTERM. */
  readonly signal?: AbortSignal;
}

/** The emulator cannot start, because the port is in use or an input is not valid. The message says which. */
export class EmulatorStartError extends Error {
  override readonly name = "EmulatorStartError";
}

/**
 * Runs the emulator until it is stopped. When it is ready, it writes one line of JSON:
 * `{"endpoint","accessKeyId","accessKeySecret"}`.
 *
 * @throws EmulatorStartError
 */
export async function runEmulator(options: RunEmulatorOptions = {}): Promise<void> {
  const scenario = options.scenario === undefined ? undefined : await readScenario(options.scenario);
  const writeLog = options.writeLog ?? ((line: string) => process.stderr.write(`${line}\n`));
  const emulator = await start(options, { scenario, writeLog });
  if (!isLoopback(options.host)) writeLog(warningAbout(options.host));
  const { endpoint, accessKeyId, accessKeySecret } = emulator;
  const stopped = options.signal ? whenAborted(options.signal) : whenSignalled();
  const writeLine = options.writeLine ?? ((line: string) => process.stdout.write(`${line}\n`));
  writeLine(JSON.stringify({ endpoint, accessKeyId, accessKeySecret }));
  await stopped;
  await emulator.close();
}

async function start(
  options: RunEmulatorOptions,
  parts: { readonly scenario: ScenarioInput | undefined; readonly writeLog: (line: string) => void },
): Promise<Emulator> {
  const { port, host = LOOPBACK, speed, quiet = false } = options;
  const onCall = quiet ? undefined : (record: CallRecord) => parts.writeLog(logLine(record));
  try {
    return await startEmulator({ port, host, speed, scenario: parts.scenario, onCall });
  } catch (error) {
    const message = explainListening(error, { port, host });
    if (message !== undefined) throw new EmulatorStartError(message, { cause: error });
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

/** Why it cannot listen, if an option can change that. */
function explainListening(
  error: unknown,
  { port, host }: { readonly port: number | undefined; readonly host: string },
): string | undefined {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `Port ${port} on ${host} is in use; name another with --port, or 0 for any.`;
  if (code === "EACCES")
    return `Port ${port} on ${host} is reserved for the system; name another with --port.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `${host} is not an address of this machine; name one with --host, such as 127.0.0.1 or 0.0.0.0.`;
  return undefined;
}

function isLoopback(host = LOOPBACK): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

function warningAbout(host = LOOPBACK): string {
  return `warning: The emulator listens on ${host}. Everyone who can reach this machine can see its calls and change it; its admin routes ask for no key.`;
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
