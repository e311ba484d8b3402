import { GateError } from "../core/errors";
import { identityOf, type UrlResult } from "../core/gate-state";
import { nextPollDelayMs } from "../core/poll-plan";
import { showUrl } from "../core/preload-url";
import { type FailedPurge, purgeTaskIdsToWatch, urlsToPurge, withPurgeRows } from "../core/purge-plan";
import { MAX_TASK_IDS_PER_CALL } from "../core/service-limits";
import { withUnresolvableTask } from "../core/state-changes";
import { hasEnded } from "../core/task-status";
import { asFailure } from "./failure";
import { firstOf } from "./progress-line";
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
export async function pollEarlierPurges(
  wanted: readonly UrlResult[],
  options: PurgeOptions,
): Promise<GateError | undefined> {
  const { failed, failure } = await pollPurges(purgeTaskIdsToWatch(wanted), options);
  // What has a status that nobody knows may run: someone has to see it before it is purged again.
  const odd = failed.filter(({ row }) => !hasEnded(row));
  if (odd.length > 0) return purgeFailed(odd, options.urlsAreSecret);
  return failure?.retryable ? undefined : failure;
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
  const { runState } = options;
  const { failure } = await submitUrls(urlsToPurge(wanted, runState.state), "purge", options);
  return failure ?? (await waitForPurges(wanted, options)) ?? unpurged(wanted, options);
}

/** A purge whose outcome is not known keeps its URLs from being preloaded: it could come after the preload. */
function unpurged(wanted: readonly UrlResult[], { runState }: SubmitOptions): GateError | undefined {
  const urls = new Set(wanted.map((result) => result.url));
  const count = runState.state.results.filter((result) => urls.has(result.url) && !result.purged).length;
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
  const { runState, clock, deadlineMs, signal, emit, urlsAreSecret } = options;
  const urls = new Set(wanted.map((result) => result.url));
  const toWatch = () => purgeTaskIdsToWatch(runState.state.results.filter((result) => urls.has(result.url)));
  const startedAtMs = clock.nowMs();
  try {
    for (;;) {
      const { failed, failure } = await pollPurges(toWatch(), options);
      if (failed.length > 0) return purgeFailed(failed, urlsAreSecret);
      if (failure && !failure.retryable) return failure;
      const left = toWatch();
      if (left.length === 0) return undefined;
      const gone = left.find((id) => runState.state.saved.unresolvableTaskIds.includes(id));
      if (gone !== undefined) return new GateError("taskTooOld", pastAsking(gone));
      const leftMs = deadlineMs - clock.nowMs();
      if (leftMs <= 0) return new GateError("timeout", stillPurging(left), { cause: failure });
      emit({ type: "purging", tasks: left.length });
      await clock.sleep(Math.min(leftMs, nextPollDelayMs([], clock.nowMs() - startedAtMs)), signal);
    }
  } catch (error) {
    return asFailure(error, signal);
  }
}

/** What one poll of purges has shown. */
interface PurgePoll {
  readonly failed: readonly FailedPurge[];
  /** Why not all could be asked about; a retryable one may go better next time. */
  readonly failure: GateError | undefined;
}

/** Asks about all the tasks, also after some are seen to have failed: whoever mends it wants to know them all. */
async function pollPurges(taskIds: readonly string[], options: PurgeOptions): Promise<PurgePoll> {
  const failed: FailedPurge[] = [];
  let failure: GateError | undefined;
  for (let start = 0; start < taskIds.length; start += MAX_TASK_IDS_PER_CALL) {
    const poll = await pollPack(taskIds.slice(start, start + MAX_TASK_IDS_PER_CALL), options);
    failed.push(...poll.failed);
    failure = poll.failure ?? failure;
    if (failure && !failure.retryable) break;
  }
  return { failed, failure };
}

function pastAsking(taskId: string): string {
  return `The purge (task ${taskId}) is older than the three days that the service can look back; the next run purges its URLs again.`;
}

function stillPurging(taskIds: readonly string[]): string {
  return `The deadline passed before the purge had ended (task ${firstOf(taskIds, MAX_NAMED_TASKS)}); nothing was preloaded after it.`;
}

async function pollPack(taskIds: readonly string[], options: PurgeOptions): Promise<PurgePoll> {
  const { runState, client, signal } = options;
  try {
    const answer = await client.describeRefreshTaskById(taskIds, { signal });
    const { state, failed } = withPurgeRows(runState.state, answer.rows, identityOf);
    runState.set(state);
    return { failed, failure: undefined };
  } catch (error) {
    const failure = asFailure(error, signal);
    const isAboutOneId = failure.code === "taskUnknown" || failure.code === "taskTooOld";
    if (!isAboutOneId) return { failed: [], failure };
    // One id that cannot be answered for must not hide the others.
    if (taskIds.length === 1) {
      if (failure.code === "taskTooOld") runState.set(withUnresolvableTask(runState.state, taskIds[0]!));
      return { failed: [], failure: undefined };
    }
    const failed: FailedPurge[] = [];
    let last: GateError | undefined;
    for (const taskId of taskIds) {
      const poll = await pollPack([taskId], options);
      failed.push(...poll.failed);
      last = poll.failure ?? last;
    }
    return { failed, failure: last };
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
