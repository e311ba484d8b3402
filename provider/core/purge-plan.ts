import { type GateState, splitTaskIds, type UrlResult, urlsOfOpenAttempts } from "./gate-state";
import { TaskFacts } from "./judge";
import { identityOfObjectPath } from "./preload-url";
import type { StatusRow } from "./task";
import { isRunning } from "./task-status";

/**
 * Which of the URLs that are about to be preloaded to purge first: those never purged in this generation,
 * and those whose purge the service has called too old to be asked about. Not those of a purge whose outcome is not known.
 */
export function urlsToPurge(wanted: readonly UrlResult[], state: GateState): UrlResult[] {
  const open = urlsOfOpenAttempts(state, "purge");
  const facts = new TaskFacts(state);
  return wanted.filter((result) => {
    if (result.purged || open.has(result.url)) return false;
    return (
      result.purgeTaskId === undefined ||
      splitTaskIds(result.purgeTaskId).some((id) => facts.isUnresolvable(id))
    );
  });
}

/** The refresh tasks of those URLs that are not seen to be purged yet, each once. */
export function purgeTaskIdsToWatch(results: readonly UrlResult[]): string[] {
  const waiting = results.filter((result) => !result.purged && result.purgeTaskId !== undefined);
  return [...new Set(waiting.flatMap((result) => splitTaskIds(result.purgeTaskId ?? "")))];
}

/** A URL whose purge failed, and the service's words on it. */
export interface FailedPurge {
  readonly result: UrlResult;
  readonly row: StatusRow;
}

/**
 * Adds what the service says of refresh tasks. A URL whose purge failed is as one that was never purged. Of several tasks
 * that may hold a URL each has to answer, and the worst counts.
 *
 * @param rows of all answers: what one task of a URL says is not judged without the others.
 */
export function withPurgeRows(
  state: GateState,
  rows: readonly StatusRow[],
  identityOf: (result: UrlResult) => string,
): { readonly state: GateState; readonly failed: readonly FailedPurge[] } {
  const byUrl = Map.groupBy(rows, (row) => `${row.taskId} ${identityOfObjectPath(row.url)}`);
  const facts = new TaskFacts(state);
  const answered = new Set(rows.map(({ taskId }) => taskId));
  const hasAnswered = (id: string) => answered.has(id) || facts.isUnresolvable(id);
  const failed: FailedPurge[] = [];
  const results = state.results.map((result): UrlResult => {
    if (result.purged || result.purgeTaskId === undefined) return result;
    const ids = splitTaskIds(result.purgeTaskId);
    const identity = identityOf(result);
    const own = ids.flatMap((id) => byUrl.get(`${id} ${identity}`) ?? []);
    if (own.length === 0 || own.some(isRunning) || !ids.every(hasAnswered)) return result;
    const bad = own.find(({ status }) => status !== "Complete");
    if (bad === undefined) return { ...result, purged: true };
    failed.push({ result, row: bad });
    const { purgeTaskId: _, ...unpurged } = result;
    return unpurged;
  });
  return { state: { ...state, results }, failed };
}
