import { boundedClient } from "../client/bounded-client";
import type { GateError } from "../core/errors";
import { overtimeAfter } from "./overtime";
import { lookOnce, type WatchOptions } from "./watch";

/** How long one look may take, in milliseconds, and for each task more: the account's calls have a rate. */
const LOOK_TIMEOUT_MS = { all: 60_000, eachTask: 1_000 } as const;

/** Looks once at each task that is not final, and ends in any case; see {@link lookOnce}. */
export async function lookWithin(
  options: Omit<WatchOptions, "startedAtMs" | "deadlineMs">,
): Promise<GateError | undefined> {
  const { clock, client, cell, listedTaskIds } = options;
  const startedAtMs = clock.nowMs();
  const tasks = listedTaskIds?.length ?? cell.state.saved.submissions.length;
  const deadlineMs = startedAtMs + LOOK_TIMEOUT_MS.all + tasks * LOOK_TIMEOUT_MS.eachTask;
  const overtime = overtimeAfter(deadlineMs, options);
  const stop = await lookOnce({
    ...options,
    client: boundedClient(client, { waitUntilMs: deadlineMs }),
    signal: overtime.signal,
    startedAtMs,
    // What is asked once is asked now.
    deadlineMs: startedAtMs,
  }).finally(() => overtime.end());
  return overtime.explain(stop);
}
