import { unlessAborted, withTimeout } from "../transport/abort";
import { systemClock } from "../transport/system-clock";

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

/** What of `@pulumi/pulumi/proto/engine_*_pb` and `@grpc/grpc-js` is used; each front brings its own. */
export interface EngineModules {
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
 * @param engine its address, and the modules to reach it with; `undefined` where either is missing.
 */
export function engineLog(engine: { address: string; modules: EngineModules } | undefined): EngineLog {
  if (!engine) return plainLog;
  const { grpc, services, messages } = engine.modules;
  const client = new services.EngineClient(engine.address, grpc.credentials.createInsecure());
  // One after the other: calls at the same time could overtake each other.
  let sent: Promise<void> = Promise.resolve();
  return {
    log: (message) => {
      sent = sent.then(() => send({ client, messages }, message)).catch(() => plainLog.log(message));
    },
    flush: async () => {
      const reason = new Error("notFlushed");
      const bound = { clock: systemClock, durationMs: FLUSH_TIMEOUT_MS, reason };
      await withTimeout(bound, (signal) => unlessAborted(sent, signal)).catch(() => undefined);
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
