import { boundedClient } from "../client/bounded-client";
import type { GateError } from "../core/errors";
import { hardDeadlineAfter } from "./hard-deadline";
import { pollEachOnce, type WatchOptions } from "./watch";

/** How long one poll may take, in milliseconds, and for each task more: the account's calls have a rate. */
const POLL_TIMEOUT_MS = { all: 60_000, eachTask: 1_000 } as const;

/** Polls each task that is not final once, and ends in any case; see {@link pollEachOnce}. */
export async function pollWithin(
  options: Omit<WatchOptions, "startedAtMs" | "deadlineMs">,
): Promise<GateError | undefined> {
  const { clock, client, runState, listedTaskIds } = options;
  const startedAtMs = clock.nowMs();
  const tasks = listedTaskIds?.length ?? runState.state.saved.submissions.length;
  const deadlineMs = startedAtMs + POLL_TIMEOUT_MS.all + tasks * POLL_TIMEOUT_MS.eachTask;
  const hardDeadline = hardDeadlineAfter(deadlineMs, options);
  const failure = await pollEachOnce({
    ...options,
    client: boundedClient(client, { waitUntilMs: deadlineMs }),
    signal: hardDeadline.signal,
    startedAtMs,
    // What is asked once is asked now.
    deadlineMs: startedAtMs,
  }).finally(() => hardDeadline.end());
  return hardDeadline.explain(failure);
}
