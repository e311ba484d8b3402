import diagnosticsChannel from "node:diagnostics_channel";
import { readlinkSync } from "node:fs";
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
  const engine = connect(argv.at(-1) ?? "");
  if (!engine) return plainLog;
  const underWay = new Set<Promise<void>>();
  return {
    log: (message) => {
      const sent = send(engine, message).catch(() => plainLog.log(message));
      underWay.add(sent);
      void sent.then(() => underWay.delete(sent));
    },
    flush: async () => {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, FLUSH_TIMEOUT_MS);
      });
      await Promise.race([Promise.all(underWay), timeout]);
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

function connect(address: string): { client: EngineClient; messages: EngineModules["messages"] } | undefined {
  if (!/^[\w.[\]:-]+:\d+$/.test(address)) return undefined;
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

const PARENT_CHECK_INTERVAL_MS = 500;

/** Tells once when the engine's process is gone: after a kill it sends no Cancel and leaves this host behind. */
export function onEngineDeath(listener: () => void, enginePid: number = process.ppid): void {
  const timer = setInterval(() => {
    if (process.ppid === enginePid) return;
    clearInterval(timer);
    listener();
  }, PARENT_CHECK_INTERVAL_MS);
  timer.unref();
}

/** Whether the engine shows its rows on a terminal, where a status replaces the one before it. */
export function isEngineOnTerminal(enginePid: number = process.ppid): boolean {
  try {
    return /^\/dev\/(pts|tty)/.test(readlinkSync(`/proc/${enginePid}/fd/1`));
  } catch {
    return false;
  }
}
