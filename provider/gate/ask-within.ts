import { boundedClient } from "../client/bounded-client";
import type { CdnClient } from "../client/cdn-client";
import { GateError } from "../core/errors";
import { withTimeout } from "../transport/abort";
import type { Session } from "./session";

/** How long a command that only asks may take, in milliseconds. */
export const QUESTIONS_TIMEOUT_MS = 60_000;

/**
 * Asks the service a few things, within a bound: calls that are repeated, or that the service asks to hold back, would
 * each end some time, but together long after anybody waits for them.
 *
 * @throws what `ask` throws, and GateError `timeout` where the bound ended it.
 */
export async function askWithin<T>(
  session: Pick<Session, "client" | "clock">,
  ask: (client: CdnClient) => Promise<T>,
  timeoutMs: number = QUESTIONS_TIMEOUT_MS,
): Promise<T> {
  const { client, clock } = session;
  const waitUntilMs = clock.nowMs() + timeoutMs;
  const reason = new Error("timeout");
  return withTimeout({ clock, durationMs: timeoutMs, reason }, async (signal) => {
    try {
      return await ask(boundedClient(client, { waitUntilMs, signal }));
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new GateError({ kind: "noAnswerInTime", timeoutMs }, { cause: error });
    }
  });
}
