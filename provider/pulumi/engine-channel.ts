import diagnosticsChannel from "node:diagnostics_channel";
import { readFileSync, readlinkSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { createRequire } from "node:module";

/**
 * The one file that touches the engine's private corners. The dynamic host gives a provider no URN, no
 * log of its resource and no word of a Ctrl-C; all three can be had beside it. Each part degrades silently:
 * where a future SDK has moved something, logs go to standard output and a Ctrl-C waits for the engine.
 */

/** Severities of the engine's `Log` RPC that are used; `ERROR` is not, since it marks the row as failed. */
export type LogSeverity = "info" | "warning";

export interface EngineLog {
  /** Shows a message on the resource's own row. */
  log(message: LogMessage): void;
  /** Waits until all messages have reached the engine, at most about a second. */
  flush(): Promise<void>;
}

export interface LogMessage {
  readonly urn: string | undefined;
  readonly severity: LogSeverity;
  readonly text: string;
  /** A status that the next one replaces; not kept in the diagnostics at the end. */
  readonly ephemeral: boolean;
}

/** What of `@pulumi/pulumi/proto/engine_*_pb` and `@grpc/grpc-js` is used. */
interface EngineModules {
  readonly grpc: { credentials: { createInsecure(): unknown } };
  readonly services: {
    EngineClient: new (address: string, credentials: unknown) => EngineClient;
  };
  readonly messages: {
    LogRequest: new () => LogRequest;
    LogSeverity: { INFO: number; WARNING: number };
  };
}

interface LogRequest {
  setSeverity(severity: number): void;
  setMessage(message: string): void;
  setUrn(urn: string): void;
  setEphemeral(ephemeral: boolean): void;
}

interface EngineClient {
  log(request: LogRequest, callback: (error: unknown) => void): { unref?(): void };
}

const FLUSH_TIMEOUT_MS = 1_000;

/**
 * A log that writes to the rows of the engine that started this process.
 *
 * @param argv the host's command line; the engine's address is its last positional argument.
 */
export function openEngineLog(argv: readonly string[] = process.argv): EngineLog {
  const engine = connect(engineAddress(argv));
  if (!engine) return plainLog;
  // One after the other: calls at the same time could overtake each other.
  let sent: Promise<void> = Promise.resolve();
  return {
    log: (message) => {
      sent = sent.then(() => send(engine, message)).catch(() => plainLog.log(message));
    },
    flush: async () => {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, FLUSH_TIMEOUT_MS);
      });
      await Promise.race([sent, timeout]);
      clearTimeout(timer);
    },
  };
}

/** Lines on standard output, which the engine shows as info on the stack's row. */
const plainLog: EngineLog = {
  log: ({ text, ephemeral }) => {
    if (!ephemeral) process.stdout.write(`${text}\n`);
  },
  flush: async () => undefined,
};

function connect(
  address: string | undefined,
): { client: EngineClient; messages: EngineModules["messages"] } | undefined {
  if (address === undefined) return undefined;
  try {
    const ofPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
    const grpc = ofPulumi("@grpc/grpc-js") as EngineModules["grpc"];
    const services = ofPulumi("@pulumi/pulumi/proto/engine_grpc_pb") as EngineModules["services"];
    const messages = ofPulumi("@pulumi/pulumi/proto/engine_pb") as EngineModules["messages"];
    return { client: new services.EngineClient(address, grpc.credentials.createInsecure()), messages };
  } catch {
    return undefined;
  }
}

function send(
  engine: { client: EngineClient; messages: EngineModules["messages"] },
  message: LogMessage,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new engine.messages.LogRequest();
    request.setSeverity(engine.messages.LogSeverity[message.severity === "info" ? "INFO" : "WARNING"]);
    request.setMessage(message.text);
    if (message.urn !== undefined) request.setUrn(message.urn);
    request.setEphemeral(message.ephemeral);
    engine.client.log(request, (error) => (error ? reject(error) : resolve()));
  });
}

/**
 * Tells when the engine cancels: the host answers its `Cancel` RPC with an empty stub, but Node announces
 * each HTTP/2 stream that arrives, with its path. The engine also cancels at the end of every normal
 * operation, so a caller must ignore it while none of its calls is in flight.
 */
export function onEngineCancel(listener: () => void): void {
  diagnosticsChannel.subscribe("http2.server.stream.created", (message) => {
    const headers = (message as { headers?: Record<string, unknown> }).headers;
    if (headers?.[":path"] === "/pulumirpc.ResourceProvider/Cancel") listener();
  });
}

/** How long after a lost connection the engine is tried once more, in milliseconds: it may only have closed it. */
const RECONNECT_DELAY_MS = 100;

/**
 * Tells once when the engine's process is gone: after a kill it sends no Cancel and leaves this host behind,
 * and the host's own parent is a shell that lives on. A connection to the engine ends with it.
 *
 * @param argv the host's command line; the engine's address is its last positional argument.
 */
export function onEngineDeath(listener: () => void, argv: readonly string[] = process.argv): void {
  const address = engineAddress(argv);
  if (address === undefined) return;
  let wasConnected = false;
  const watch = () => {
    const connection = connectHttp2(`http://${address}`);
    let isConnected = false;
    connection.on("connect", () => {
      isConnected = true;
      wasConnected = true;
    });
    // Its `close` follows, and tells all there is to tell.
    connection.on("error", () => undefined);
    connection.on("close", () => {
      if (isConnected) setTimeout(watch, RECONNECT_DELAY_MS).unref();
      else if (wasConnected) listener();
    });
    connection.unref();
  };
  watch();
}

function engineAddress(argv: readonly string[]): string | undefined {
  const address = argv.at(-1) ?? "";
  return /^[\w.[\]:-]+:\d+$/.test(address) ? address : undefined;
}

/** The engine starts this host by a shell script; further up nothing is of interest. */
const MAX_SHELLS = 3;

/** Whether the engine shows its rows on a terminal, where a status replaces the one before it. */
export function isEngineOnTerminal(parentPid: number = process.ppid): boolean {
  try {
    let pid = parentPid;
    for (let shells = 0; shells < MAX_SHELLS; shells++) {
      if (!/^(ba|da|z|a)?sh$/.test(readFileSync(`/proc/${pid}/comm`, "utf8").trim())) break;
      pid = Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
    }
    return /^\/dev\/(pts|tty)/.test(readlinkSync(`/proc/${pid}/fd/1`));
  } catch {
    return false;
  }
}
