import { boundedClient } from "../client/bounded-client";
import type { GateError } from "../core/errors";
import { runToEnd } from "./run-to-end";
import { pollEachOnce, type WatchOptions } from "./watch";

/** How long one poll may take, in milliseconds, and for each task more: the account's calls have a rate. */
const POLL_TIMEOUT_MS = { all: 60_000, eachTask: 1_000 } as const;

/**
 * Polls each task that is not final once, and ends in any case.
 *
 * @returns why not all could be asked about, if so.
 */
export async function pollWithin(
  options: Omit<WatchOptions, "startedAtMs" | "deadlineMs">,
): Promise<{ readonly failure?: GateError | undefined }> {
  const { clock, run, listedTaskIds } = options;
  const startedAtMs = clock.nowMs();
  const tasks = listedTaskIds?.length ?? run.state.saved.submissions.length;
  const deadlineMs = startedAtMs + POLL_TIMEOUT_MS.all + tasks * POLL_TIMEOUT_MS.eachTask;
  const client = boundedClient(options.client, { waitUntilMs: deadlineMs });
  return runToEnd({ ...options, deadlineMs }, async (signal) => {
    // What is asked once is asked now.
    await pollEachOnce({ ...options, client, signal, startedAtMs, deadlineMs: startedAtMs });
    return {};
  });
}
