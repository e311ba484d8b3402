import { identityOf, type UrlResult } from "../core/gate-state";
import { identityOfObjectPath } from "../core/preload-url";
import { TASK_WINDOW_MS } from "../core/service-limits";
import { withOpenAttempt, withSubmission } from "../core/state-changes";
import { isNewer, type StatusRow } from "../core/task";
import { isRunning } from "../core/task-status";
import { countOf } from "./progress-line";
import type { SubmitOptions } from "./submit-options";
import { askWithinDeadline } from "./within-deadline";

/** A search that reaches a second too far back is refused as a whole. */
const WINDOW_MARGIN_MS = 60_000;

/**
 * Takes over preloads of the same URLs that someone else has started and that still run, rather than start
 * others: safe only where a URL's content never changes.
 *
 * @throws GateError where the service could not be asked.
 */
export async function adoptRunning(wanted: readonly UrlResult[], options: SubmitOptions): Promise<void> {
  const { client } = options;
  // The latest that it may be: what was started a moment ago counts most, and nothing older than three days is shown.
  const nowMs = client.serverNowMs("farthestAhead");
  for (const [domain, results] of Map.groupBy(wanted, (result) => result.domain)) {
    const newest = newestByUrl(await findRunning(domain, nowMs, options));
    const found = results.flatMap((result) => {
      const row = newest.get(identityOf(result));
      return row ? [{ url: result.url, row }] : [];
    });
    for (const [taskId, adopted] of Map.groupBy(found, ({ row }) => row.taskId)) {
      const atMs = adopted[0]!.row.createdMs ?? client.serverNowMs();
      takeOver(
        taskId,
        adopted.map(({ url }) => url),
        atMs,
        options,
      );
    }
  }
}

/** The rows of a domain's preloads that have not ended. */
async function findRunning(domain: string, nowMs: number, options: SubmitOptions): Promise<StatusRow[]> {
  const { client, signal } = options;
  const startTimeMs = nowMs - TASK_WINDOW_MS + WINDOW_MARGIN_MS;
  const window = { domain, objectType: "preload", startTimeMs, endTimeMs: nowMs };
  const search = (status: string) =>
    askWithinDeadline(() => client.describeRefreshTasks({ ...window, status }, { signal }), options);
  return [...(await search("Refreshing")).rows, ...(await search("Pending")).rows].filter(isRunning);
}

function takeOver(taskId: string, urls: readonly string[], atMs: number, options: SubmitOptions): void {
  const { runState, emit } = options;
  const attempt = { purpose: "preload" as const, urls: [...urls], sentAtMs: atMs, expiresAtMs: atMs };
  runState.set(
    withSubmission(withOpenAttempt(runState.state, attempt), {
      attempt,
      taskIds: [taskId],
      submittedAtMs: atMs,
    }),
  );
  const message = `Took over task ${taskId}, which someone else started, for ${countOf(urls.length, "URL")}.`;
  emit({ type: "notice", severity: "info", message });
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
