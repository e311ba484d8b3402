import type { CdnClient, RefreshTaskFilter } from "../client/cdn-client";
import { CLOCK_MARGIN_MS } from "../core/attempt-search";
import { GateError } from "../core/errors";

/**
 * Asks the service whether an instant is more than three days ago. No clock of ours says so, and no header: what was
 * submitted then could still run. Another account's word is as good: it is about the time alone.
 *
 * @param options.filter what else to ask for, so that the answer is short where it is none.
 * @throws GateError where the service could not be asked.
 */
export async function isPastForService(
  instantMs: number,
  {
    client,
    signal,
    filter,
  }: { readonly client: CdnClient; readonly signal: AbortSignal; readonly filter: RefreshTaskFilter },
): Promise<boolean> {
  const window = { startTimeMs: instantMs, endTimeMs: instantMs + CLOCK_MARGIN_MS };
  try {
    await client.describeRefreshTasks({ ...filter, ...window }, { signal, priority: "high" });
    return false;
  } catch (error) {
    if (isTooOld(error)) return true;
    throw error;
  }
}

/** Whether the service refuses to look back so far. */
export function isTooOld(error: unknown): boolean {
  return error instanceof GateError && error.code === "taskTooOld";
}
