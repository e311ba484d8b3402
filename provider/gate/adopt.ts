import { CLOCK_MARGIN_MS, taskIdsOf } from "../core/attempt-search";
import type { UrlFacts } from "../core/gate-state";
import { identityOfObjectPath, type PreloadUrl } from "../core/preload-url";
import { TASK_WINDOW_MS } from "../core/service-limits";
import { withAdoption } from "../core/state-changes";
import { isNewer, type StatusRow } from "../core/task";
import { isRunning } from "../core/task-status";
import type { StepOptions } from "./step-options";
import { askWithinDeadline } from "./within-deadline";

/** A search that reaches a second too far back is refused as a whole. */
const WINDOW_MARGIN_MS = 60_000;

/**
 * Takes over preloads of the same URLs that someone else has started and that still run, rather than start
 * others: safe only where a URL's content never changes.
 *
 * @throws GateError where the service could not be asked.
 */
export async function adoptRunning(wanted: readonly UrlFacts[], options: StepOptions): Promise<void> {
  const { client } = options;
  // The latest that it may be: what was started a moment ago counts most, and nothing older than three days is shown.
  const nowMs = client.serverNowMs("farthestAhead");
  for (const [domain, ofDomain] of Map.groupBy(wanted, ({ url }) => url.host)) {
    const newest = newestByUrl(await findRunning(domain, nowMs, options), ofDomain);
    const found = ofDomain.flatMap(({ url }) => {
      const rows = newest.get(url.identity);
      return rows ? [{ url, rows }] : [];
    });
    for (const adopted of Map.groupBy(found, ({ rows }) => taskIdsOf(rows).join()).values()) {
      const { rows } = adopted[0]!;
      const atMs = rows[0]!.createdMs ?? client.serverNowMs();
      takeOver(
        taskIdsOf(rows),
        adopted.map(({ url }) => url),
        atMs,
        options,
      );
    }
  }
}

/** The rows of a domain's preloads that have not ended. */
async function findRunning(domain: string, nowMs: number, options: StepOptions): Promise<StatusRow[]> {
  const { client, signal } = options;
  const startTimeMs = nowMs - TASK_WINDOW_MS + WINDOW_MARGIN_MS;
  const window = { domain, objectType: "preload", startTimeMs, endTimeMs: nowMs };
  const search = (status: string) =>
    askWithinDeadline(() => client.describeRefreshTasks({ ...window, status }, { signal }), options);
  return [...(await search("Refreshing")).rows, ...(await search("Pending")).rows].filter(isRunning);
}

function takeOver(
  taskIds: readonly string[],
  urls: readonly PreloadUrl[],
  atMs: number,
  options: StepOptions,
): void {
  const { run, emit } = options;
  run.set(withAdoption(run.state, urls, { taskIds, submittedAtMs: atMs }));
  emit({ type: "notice", severity: "info", notice: { kind: "tookOver", taskIds, urls: urls.length } });
}

/** Each URL's newest row, and those of the tasks that the same submission has started beside it; the newest first. */
function newestByUrl(
  rows: readonly StatusRow[],
  wanted: readonly UrlFacts[],
): Map<string, readonly StatusRow[]> {
  const known = new Set(wanted.map(({ url }) => url.identity));
  const all = Map.groupBy(rows, (row) => identityOfObjectPath(row.url, known));
  return new Map([...all].map(([identity, own]) => [identity, newestOf(own)]));
}

function newestOf(rows: readonly StatusRow[]): readonly StatusRow[] {
  const newest = rows.reduce((a, b) => (isNewer(b, a) ? b : a));
  const isBeside = ({ createdMs }: StatusRow) =>
    createdMs !== undefined &&
    newest.createdMs !== undefined &&
    newest.createdMs - createdMs <= CLOCK_MARGIN_MS;
  return [newest, ...rows.filter((row) => row !== newest && isBeside(row))];
}
