import { type GateState, identitiesInDoubt, type UrlFacts } from "./gate-state";
import { identityOfObjectPath } from "./preload-url";
import type { StatusRow } from "./task";
import { factsOf } from "./task-facts";
import { isRunning } from "./task-status";

/**
 * Which of the URLs that are about to be preloaded to purge first: those never purged in this generation,
 * and those whose purge the service has called too old to be asked about. Not those of a purge whose outcome is not known.
 */
export function urlsToPurge(wanted: readonly UrlFacts[], state: GateState): UrlFacts[] {
  const inDoubt = identitiesInDoubt(state, "purge");
  const facts = factsOf(state);
  return wanted.filter(({ url, purged, purgeTaskIds }) => {
    if (purged || inDoubt.has(url.identity)) return false;
    return purgeTaskIds === undefined || purgeTaskIds.some((id) => facts.isUnresolvable(id));
  });
}

/** The refresh tasks of those URLs that are not seen to be purged yet, each once. */
export function purgeTaskIdsToWatch(urls: readonly UrlFacts[]): string[] {
  const waiting = urls.filter(({ purged }) => !purged);
  return [...new Set(waiting.flatMap(({ purgeTaskIds = [] }) => purgeTaskIds))];
}

/** A URL whose purge failed, and the service's words on it. */
export interface FailedPurge {
  /** As written. */
  readonly url: string;
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
): { readonly state: GateState; readonly failed: readonly FailedPurge[] } {
  const known = new Set(state.urls.map(({ url }) => url.identity));
  const byUrl = Map.groupBy(rows, (row) => `${row.taskId} ${identityOfObjectPath(row.url, known)}`);
  const facts = factsOf(state);
  const answered = new Set(rows.map(({ taskId }) => taskId));
  const hasAnswered = (id: string) => answered.has(id) || facts.isUnresolvable(id);
  const failed: FailedPurge[] = [];
  const urls = state.urls.map((before): UrlFacts => {
    const { purgeTaskIds, ...unpurged } = before;
    if (before.purged || purgeTaskIds === undefined) return before;
    const own = purgeTaskIds.flatMap((id) => byUrl.get(`${id} ${before.url.identity}`) ?? []);
    if (own.length === 0 || own.some(isRunning) || !purgeTaskIds.every(hasAnswered)) return before;
    const bad = own.find(({ status }) => status !== "Complete");
    if (bad === undefined) return { ...before, purged: true };
    failed.push({ url: before.url.written, row: bad });
    return unpurged;
  });
  return { state: { ...state, urls }, failed };
}
