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
 * Adds what the service says of refresh tasks. A URL whose purge failed is as one that was never purged.
 */
export function withPurgeRows(
  state: GateState,
  rows: readonly StatusRow[],
  identityOf: (result: UrlResult) => string,
): { readonly state: GateState; readonly failed: readonly FailedPurge[] } {
  const byUrl = new Map<string, StatusRow>();
  for (const row of rows) {
    const key = `${row.taskId} ${identityOfObjectPath(row.url)}`;
    const other = byUrl.get(key);
    if (!other || other.status === "Complete") byUrl.set(key, row);
  }
  const failed: FailedPurge[] = [];
  const results = state.results.map((result): UrlResult => {
    if (result.purged || result.purgeTaskId === undefined) return result;
    const row = splitTaskIds(result.purgeTaskId)
      .map((id) => byUrl.get(`${id} ${identityOf(result)}`))
      .find((found) => found !== undefined);
    if (row === undefined || isRunning(row)) return result;
    if (row.status === "Complete") return { ...result, purged: true };
    failed.push({ result, row });
    const { purgeTaskId: _, ...unpurged } = result;
    return unpurged;
  });
  return { state: { ...state, results }, failed };
}
