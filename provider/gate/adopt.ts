import type { GateError } from "../core/errors";
import { identityOf, type UrlResult } from "../core/gate-state";
import { identityOfObjectPath } from "../core/preload-url";
import { TASK_WINDOW_MS } from "../core/service-limits";
import { withOpenAttempt, withSubmission } from "../core/state-changes";
import { isNewer, type StatusRow } from "../core/task";
import { isRunning } from "../core/task-status";
import { asFailure } from "./failure";
import { countOf } from "./progress-line";
import type { SubmitOptions } from "./submit-options";
import { askWithinDeadline } from "./within-deadline";

/** A search that reaches a second too far back is refused as a whole. */
const WINDOW_MARGIN_MS = 60_000;

/**
 * Takes over preloads of the same URLs that someone else has started and that still run, rather than start
 * others: safe only where a URL's content never changes.
 *
 * @returns why it could not be asked; `undefined` when it was, whatever was found.
 */
export async function adoptRunning(
  wanted: readonly UrlResult[],
  options: SubmitOptions,
): Promise<GateError | undefined> {
  const { client, runState, signal, emit } = options;
  // The latest that it may be: what was started a moment ago counts most, and nothing older than three days is shown.
  const nowMs = client.serverNowMs("farthestAhead");
  try {
    for (const [domain, results] of Map.groupBy(wanted, (result) => result.domain)) {
      const startTimeMs = nowMs - TASK_WINDOW_MS + WINDOW_MARGIN_MS;
      const window = { domain, objectType: "preload", startTimeMs, endTimeMs: nowMs };
      const search = (status: string) =>
        askWithinDeadline(() => client.describeRefreshTasks({ ...window, status }, { signal }), options);
      const running = [...(await search("Refreshing")).rows, ...(await search("Pending")).rows].filter(
        isRunning,
      );
      const newest = newestByUrl(running);
      const found = results.flatMap((result) => {
        const row = newest.get(identityOf(result));
        return row ? [{ url: result.url, row }] : [];
      });
      for (const [taskId, adopted] of Map.groupBy(found, ({ row }) => row.taskId)) {
        const urls = adopted.map(({ url }) => url);
        const atMs = adopted[0]!.row.createdMs ?? client.serverNowMs();
        const attempt = { purpose: "preload" as const, urls, sentAtMs: atMs, expiresAtMs: atMs };
        runState.set(
          withSubmission(withOpenAttempt(runState.state, attempt), {
            attempt,
            taskIds: [taskId],
            submittedAtMs: atMs,
          }),
        );
        emit({
          type: "notice",
          severity: "info",
          message: `Took over task ${taskId}, which someone else started, for ${countOf(urls.length, "URL")}.`,
        });
      }
    }
    return undefined;
  } catch (error) {
    return asFailure(error, signal);
  }
}

function newestByUrl(rows: readonly StatusRow[]): Map<string, StatusRow> {
  const newest = new Map<string, StatusRow>();
  for (const row of rows) {
    const identity = identityOfObjectPath(row.url);
    const other = newest.get(identity);
    if (!other || isNewer(row, other)) newest.set(identity, row);
  }
  return newest;
}
