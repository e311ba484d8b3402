import { GateError } from "../core/errors";
import { identityOf, type UrlResult, withGoneTask } from "../core/gate-state";
import { nextLookDelayMs } from "../core/poll-plan";
import { showUrl } from "../core/preload-url";
import { type FailedPurge, purgeTaskIdsToWatch, urlsToPurge, withPurgeRows } from "../core/purge-plan";
import { MAX_TASK_IDS_PER_CALL } from "../core/service-limits";
import { hasEnded } from "../core/task-status";
import { firstOf } from "./progress-line";
import { asStop } from "./stop";
import { submitUrls } from "./submit";
import type { SubmitOptions } from "./submit-options";

type PurgeOptions = SubmitOptions & { readonly urlsAreSecret: boolean };

/** URLs whose purge failed that are named one by one. */
const MAX_NAMED_URLS = 5;
/** Purge tasks that are named one by one. */
const MAX_NAMED_TASKS = 5;

/**
 * Asks once about purges that an earlier run has started. Those that have failed meanwhile are purged again
 * by this run, like the URLs whose preload has failed: all of them, and not one run after the other.
 *
 * @returns why nothing may be submitted yet.
 */
export async function lookAtEarlierPurges(
  wanted: readonly UrlResult[],
  options: PurgeOptions,
): Promise<GateError | undefined> {
  const { failed, stop } = await lookAtPurges(purgeTaskIdsToWatch(wanted), options);
  // What has a status that nobody knows may run: someone has to see it before it is purged again.
  const odd = failed.filter(({ row }) => !hasEnded(row));
  if (odd.length > 0) return purgeFailed(odd, options.urlsAreSecret);
  return stop?.retryable ? undefined : stop;
}

/**
 * Refreshes (purges) the URLs that are about to be preloaded, and waits until the POPs have dropped them: a
 * preload of what they still hold would change nothing. Each URL once: a run that was interrupted between
 * the two goes on where it stopped.
 *
 * @returns why nothing may be preloaded yet; `undefined` once all are purged.
 */
export async function purgeUrls(
  wanted: readonly UrlResult[],
  options: PurgeOptions,
): Promise<GateError | undefined> {
  const { cell } = options;
  const { stop } = await submitUrls(urlsToPurge(wanted, cell.state), "purge", options);
  return stop ?? (await waitForPurges(wanted, options)) ?? unpurged(wanted, options);
}

/** A purge whose outcome is not known keeps its URLs from being preloaded: it could come after the preload. */
function unpurged(wanted: readonly UrlResult[], { cell }: SubmitOptions): GateError | undefined {
  const urls = new Set(wanted.map((result) => result.url));
  const count = cell.state.results.filter((result) => urls.has(result.url) && !result.purged).length;
  if (count === 0) return undefined;
  return new GateError(
    "outcomeUnknown",
    `Nobody knows yet whether the purge of ${count} URLs was accepted; they were not preloaded.`,
  );
}

async function waitForPurges(
  wanted: readonly UrlResult[],
  options: PurgeOptions,
): Promise<GateError | undefined> {
  const { cell, clock, deadlineMs, signal, emit, urlsAreSecret } = options;
  const urls = new Set(wanted.map((result) => result.url));
  const toWatch = () => purgeTaskIdsToWatch(cell.state.results.filter((result) => urls.has(result.url)));
  const startedAtMs = clock.nowMs();
  try {
    for (;;) {
      const { failed, stop } = await lookAtPurges(toWatch(), options);
      if (failed.length > 0) return purgeFailed(failed, urlsAreSecret);
      if (stop && !stop.retryable) return stop;
      const left = toWatch();
      if (left.length === 0) return undefined;
      const gone = left.find((id) => cell.state.saved.goneTaskIds.includes(id));
      if (gone !== undefined) return new GateError("taskTooOld", pastAsking(gone));
      const leftMs = deadlineMs - clock.nowMs();
      if (leftMs <= 0) return new GateError("timeout", stillPurging(left), { cause: stop });
      emit({ type: "purging", tasks: left.length });
      await clock.sleep(Math.min(leftMs, nextLookDelayMs([], clock.nowMs() - startedAtMs)), signal);
    }
  } catch (error) {
    return asStop(error, signal);
  }
}

/** What one look at purges has shown. */
interface PurgeLook {
  readonly failed: readonly FailedPurge[];
  /** Why not all could be asked about; a retryable one may go better next time. */
  readonly stop: GateError | undefined;
}

/** Asks about all the tasks, also after some are seen to have failed: whoever mends it wants to know them all. */
async function lookAtPurges(taskIds: readonly string[], options: PurgeOptions): Promise<PurgeLook> {
  const failed: FailedPurge[] = [];
  let stop: GateError | undefined;
  for (let start = 0; start < taskIds.length; start += MAX_TASK_IDS_PER_CALL) {
    const look = await lookAtPack(taskIds.slice(start, start + MAX_TASK_IDS_PER_CALL), options);
    failed.push(...look.failed);
    stop = look.stop ?? stop;
    if (stop && !stop.retryable) break;
  }
  return { failed, stop };
}

function pastAsking(taskId: string): string {
  return `The purge (task ${taskId}) is older than the three days that the service can look back; the next run purges its URLs again.`;
}

function stillPurging(taskIds: readonly string[]): string {
  return `The deadline passed before the purge had ended (task ${firstOf(taskIds, MAX_NAMED_TASKS)}); nothing was preloaded after it.`;
}

async function lookAtPack(taskIds: readonly string[], options: PurgeOptions): Promise<PurgeLook> {
  const { cell, client, signal } = options;
  try {
    const answer = await client.describeRefreshTaskById(taskIds, { signal });
    const { state, failed } = withPurgeRows(cell.state, answer.rows, identityOf);
    cell.set(state);
    return { failed, stop: undefined };
  } catch (error) {
    const stop = asStop(error, signal);
    const isAboutOneId = stop.code === "taskUnknown" || stop.code === "taskTooOld";
    if (!isAboutOneId) return { failed: [], stop };
    // One id that cannot be answered for must not hide the others.
    if (taskIds.length === 1) {
      if (stop.code === "taskTooOld") cell.set(withGoneTask(cell.state, taskIds[0]!));
      return { failed: [], stop: undefined };
    }
    const failed: FailedPurge[] = [];
    let last: GateError | undefined;
    for (const taskId of taskIds) {
      const look = await lookAtPack([taskId], options);
      failed.push(...look.failed);
      last = look.stop ?? last;
    }
    return { failed, stop: last };
  }
}

function purgeFailed(failed: readonly FailedPurge[], urlsAreSecret: boolean): GateError {
  const all = failed.map(({ result, row }) => {
    const url = urlsAreSecret ? "a URL" : showUrl(result.url);
    return `${url} (task ${row.taskId}, status ${row.status}${row.description && !urlsAreSecret ? `, "${row.description}"` : ""})`;
  });
  return new GateError(
    "purgeFailed",
    `The purge before the preload failed: ${firstOf(all, MAX_NAMED_URLS)}. Nothing was preloaded after it.`,
  );
}
