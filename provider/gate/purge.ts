import { GateError } from "../core/errors";
import { identityOf, type UrlResult } from "../core/gate-state";
import { nextLookDelayMs } from "../core/poll-plan";
import { showUrl } from "../core/preload-url";
import { purgeTaskIdsToWatch, urlsToPurge, withPurgeRows } from "../core/purge-plan";
import { MAX_TASK_IDS_PER_CALL } from "../core/service-limits";
import type { CoarseRow } from "../core/task";
import { asStop } from "./stop";
import { type SubmitOptions, submitUrls } from "./submit";

/** URLs whose purge failed that are named one by one. */
const MAX_NAMED_URLS = 5;
/** Purge tasks that are named one by one. */
const MAX_NAMED_TASKS = 5;

/**
 * Refreshes (purges) the URLs that are about to be preloaded, and waits until the POPs have dropped them: a
 * preload of what they still hold would change nothing. Each URL once: a run that was interrupted between
 * the two goes on where it stopped.
 *
 * @returns why nothing may be preloaded yet; `undefined` once all are purged.
 */
export async function purgeUrls(
  wanted: readonly UrlResult[],
  options: SubmitOptions & { readonly urlsAreSecret: boolean },
): Promise<GateError | undefined> {
  const { cell, client } = options;
  const { stop } = await submitUrls(urlsToPurge(wanted, cell.state, client.serverNowMs()), "purge", options);
  return stop ?? (await waitForPurges(options)) ?? unpurged(wanted, options);
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
  options: SubmitOptions & { readonly urlsAreSecret: boolean },
): Promise<GateError | undefined> {
  const { cell, clock, deadlineMs, signal, emit } = options;
  const startedAtMs = clock.nowMs();
  try {
    for (;;) {
      const failure = await lookAtPurges(options);
      if (failure && !failure.retryable) return failure;
      const left = purgeTaskIdsToWatch(cell.state).length;
      if (left === 0) return undefined;
      const leftMs = deadlineMs - clock.nowMs();
      if (leftMs <= 0)
        return new GateError("timeout", stillPurging(purgeTaskIdsToWatch(cell.state)), { cause: failure });
      emit({ type: "purging", tasks: left });
      await clock.sleep(Math.min(leftMs, nextLookDelayMs([], clock.nowMs() - startedAtMs)), signal);
    }
  } catch (error) {
    return asStop(error, signal);
  }
}

/** @returns a failure of the purge, or of the question; the latter may go better next time. */
async function lookAtPurges(
  options: SubmitOptions & { readonly urlsAreSecret: boolean },
): Promise<GateError | undefined> {
  const taskIds = purgeTaskIdsToWatch(options.cell.state);
  let failure: GateError | undefined;
  for (let start = 0; start < taskIds.length; start += MAX_TASK_IDS_PER_CALL) {
    failure = (await lookAtPack(taskIds.slice(start, start + MAX_TASK_IDS_PER_CALL), options)) ?? failure;
    if (failure && !failure.retryable) return failure;
  }
  return failure;
}

function stillPurging(taskIds: readonly string[]): string {
  const named = taskIds.slice(0, MAX_NAMED_TASKS).join(", ");
  const more = taskIds.length > MAX_NAMED_TASKS ? ` and ${taskIds.length - MAX_NAMED_TASKS} more` : "";
  return `The deadline passed before the purge had ended (task ${named}${more}); nothing was preloaded after it.`;
}

async function lookAtPack(
  taskIds: readonly string[],
  options: SubmitOptions & { readonly urlsAreSecret: boolean },
): Promise<GateError | undefined> {
  const { cell, client, signal } = options;
  try {
    const answer = await client.describeRefreshTaskById(taskIds, { signal });
    const seen = withPurgeRows(cell.state, answer.rows, identityOf);
    cell.set(seen.state);
    return seen.failed.length > 0 ? purgeFailed(seen.failed, options.urlsAreSecret) : undefined;
  } catch (error) {
    const stop = asStop(error, signal);
    const isAboutOneId = stop.code === "taskUnknown" || stop.code === "taskTooOld";
    if (!isAboutOneId) return stop;
    // One id that cannot be answered for must not hide the others.
    if (taskIds.length === 1) return stop.code === "taskTooOld" ? stop : undefined;
    let failure: GateError | undefined;
    for (const taskId of taskIds) failure = (await lookAtPack([taskId], options)) ?? failure;
    return failure;
  }
}

function purgeFailed(
  failed: readonly { result: UrlResult; row: CoarseRow }[],
  urlsAreSecret: boolean,
): GateError {
  const named = failed.slice(0, MAX_NAMED_URLS).map(({ result, row }) => {
    const url = urlsAreSecret ? "a URL" : showUrl(result.url);
    return `${url} (task ${row.taskId}, status ${row.status}${row.description && !urlsAreSecret ? `, "${row.description}"` : ""})`;
  });
  const more = failed.length > named.length ? ` and ${failed.length - named.length} more` : "";
  return new GateError(
    "purgeFailed",
    `The purge before the preload failed: ${named.join(", ")}${more}. Nothing was preloaded after it.`,
  );
}
