import { GateError } from "../core/errors";
import { splitTaskIds, type UrlResult } from "../core/gate-state";
import { returningUrls, withoutResultsOf } from "../core/returning-urls";
import { countOf, firstOf } from "./progress-line";
import type { RunContext } from "./run-context";
import type { RunState } from "./run-state";
import { learnServerTime } from "./server-time";

/** Task ids that a notice names one by one. */
const MAX_NAMED_TASKS = 3;

/**
 * Settles what the saved result of a URL that was removed and is wanted again is worth. One of the last three days
 * counts. An older one does not, since the POPs may have dropped the file: once the service confirms the age, the URL
 * is as one that was never submitted. Either way a notice says so.
 *
 * @param identities of the URLs that are wanted again.
 * @throws GateError where the service could not be asked.
 */
export async function settleReturning(
  identities: ReadonlySet<string>,
  work: RunContext & { readonly runState: RunState },
): Promise<void> {
  if (identities.size === 0) return;
  const { client, runState, emit } = work;
  await learnServerTime(work);
  const { recent, expired } = returningUrls(runState.state, identities, client.serverNowMs());
  const notice = (urls: readonly UrlResult[], message: string) => {
    if (urls.length > 0)
      emit({ type: "notice", severity: "info", message: `${wantedAgain(urls)} ${message}` });
  };
  const stillKnown = await knownToTheService(expired, work);
  const forgotten = expired.filter((result) => !splitTaskIds(result.taskId).some((id) => stillKnown.has(id)));
  runState.set(withoutResultsOf(runState.state, forgotten));
  notice(forgotten, "is more than three days old and does not count; preloading again.");
  notice(
    [...recent, ...expired.filter((result) => !forgotten.includes(result))],
    "is less than three days old and counts.",
  );
}

function wantedAgain(urls: readonly UrlResult[]): string {
  const ids = [...new Set(urls.flatMap((result) => splitTaskIds(result.taskId)))];
  const tasks = `${ids.length === 1 ? "task" : "tasks"} ${firstOf(ids, MAX_NAMED_TASKS)}`;
  return `${countOf(urls.length, "URL")} wanted again after being removed: the earlier preload (${tasks})`;
}

/** A clock alone makes no task too old: those of which the service still tells are not. */
async function knownToTheService(
  results: readonly UrlResult[],
  { scheduler, client, signal }: RunContext,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const taskId of new Set(results.flatMap((result) => splitTaskIds(result.taskId)))) {
    try {
      if (await scheduler.reader.stillShows(client, taskId, { signal })) known.add(taskId);
    } catch (error) {
      // An account that may not ask this way has the service's time alone to go by.
      if (!(error instanceof GateError && error.code === "permission")) throw error;
    }
  }
  return known;
}
