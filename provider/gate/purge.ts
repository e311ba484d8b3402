import { GateError } from "../core/errors";
import { identityOf, type UrlResult } from "../core/gate-state";
import { nextPollDelayMs } from "../core/poll-plan";
import { showUrl } from "../core/preload-url";
import { type FailedPurge, purgeTaskIdsToWatch, urlsToPurge, withPurgeRows } from "../core/purge-plan";
import { MAX_TASK_IDS_PER_CALL } from "../core/service-limits";
import { withUnresolvableTask } from "../core/state-changes";
import type { StatusRow } from "../core/task";
import { hasEnded } from "../core/task-status";
import { firstOf } from "./progress-line";
import type { StepOptions } from "./step-options";
import { type SubmitOptions, submitUrls } from "./submit";
import { isAboutOneTask } from "./task-reader";

type PollOptions = StepOptions & { readonly urlsAreSecret: boolean };

/** URLs whose purge failed that are named one by one. */
const MAX_NAMED_URLS = 5;
/** Purge tasks that are named one by one. */
const MAX_NAMED_TASKS = 5;

/**
 * Asks once about purges that an earlier run has started. Those that have failed meanwhile are purged again
 * by this run, like the URLs whose preload has failed: all of them, and not one run after the other.
 *
 * @throws GateError why nothing may be submitted yet.
 */
export async function pollEarlierPurges(wanted: readonly UrlResult[], options: PollOptions): Promise<void> {
  // What has an undocumented status may run: a person has to see it before it is purged again.
  const isOdd = ({ row }: FailedPurge) => !hasEnded(row);
  await new PurgePoll(options, isOdd).poll(purgeTaskIdsToWatch(wanted));
}

/**
 * Refreshes (purges) the URLs that are about to be preloaded, and waits until the POPs have dropped them: a
 * preload of what they still hold would change nothing. Each URL once: a run that was interrupted between
 * the two goes on from there.
 *
 * @throws GateError why nothing may be preloaded yet.
 */
export async function purgeUrls(
  wanted: readonly UrlResult[],
  options: PollOptions & SubmitOptions,
): Promise<void> {
  const { run } = options;
  await submitUrls(urlsToPurge(wanted, run.state), "purge", options);
  await waitForPurges(wanted, options);
  mustBePurged(wanted, options);
}

/** A purge whose outcome is not known keeps its URLs from being preloaded: it could come after the preload. */
function mustBePurged(wanted: readonly UrlResult[], { run }: StepOptions): void {
  const urls = new Set(wanted.map((result) => result.url));
  const count = run.state.results.filter((result) => urls.has(result.url) && !result.purged).length;
  if (count === 0) return;
  throw new GateError(
    "outcomeUnknown",
    `Nobody knows yet whether the purge of ${count} URLs was accepted; they were not preloaded.`,
  );
}

async function waitForPurges(wanted: readonly UrlResult[], options: PollOptions): Promise<void> {
  const { run, clock, deadlineMs, signal, emit } = options;
  const urls = new Set(wanted.map((result) => result.url));
  const toWatch = () => purgeTaskIdsToWatch(run.state.results.filter((result) => urls.has(result.url)));
  const startedAtMs = clock.nowMs();
  for (;;) {
    const poll = new PurgePoll(options);
    await poll.poll(toWatch());
    const left = toWatch();
    if (left.length === 0) return;
    const gone = left.find((id) => run.state.saved.unresolvableTaskIds.includes(id));
    if (gone !== undefined) throw new GateError("taskTooOld", pastAsking(gone));
    const leftMs = deadlineMs - clock.nowMs();
    if (leftMs <= 0) throw new GateError("timeout", stillPurging(left), { cause: poll.passingFailure });
    emit({ type: "purging", tasks: left.length });
    await clock.sleep(Math.min(leftMs, nextPollDelayMs([], clock.nowMs() - startedAtMs)), signal);
  }
}

/** One poll of purges. */
class PurgePoll {
  readonly #options: PollOptions;
  readonly #isFinal: (failed: FailedPurge) => boolean;
  /** Of all answers. */
  readonly #rows: StatusRow[] = [];
  #passingFailure: GateError | undefined;

  /** @param isFinal whether a purge that has failed ends the run; default: each does. */
  constructor(options: PollOptions, isFinal: (failed: FailedPurge) => boolean = () => true) {
    this.#options = options;
    this.#isFinal = isFinal;
  }

  /** Why not all could be asked about, where it may go better next time. */
  get passingFailure(): GateError | undefined {
    return this.#passingFailure;
  }

  /**
   * Asks about all the tasks, also after some are seen to have failed, since a user wants to know them all.
   *
   * @throws GateError `purgeFailed`, else what asking again would not better.
   */
  async poll(taskIds: readonly string[]): Promise<void> {
    try {
      for (let start = 0; start < taskIds.length; start += MAX_TASK_IDS_PER_CALL)
        await this.#pollPack(taskIds.slice(start, start + MAX_TASK_IDS_PER_CALL));
    } catch (error) {
      this.#judge();
      throw error;
    }
    this.#judge();
  }

  #judge(): void {
    const { run, urlsAreSecret } = this.#options;
    const { state, failed } = withPurgeRows(run.state, this.#rows, identityOf);
    run.set(state);
    const final = failed.filter(this.#isFinal);
    if (final.length > 0) throw purgeFailed(final, urlsAreSecret);
  }

  async #pollPack(taskIds: readonly string[]): Promise<void> {
    const { client, signal } = this.#options;
    try {
      this.#rows.push(...(await client.describeRefreshTaskById(taskIds, { signal })).rows);
    } catch (error) {
      await this.#goOnAfter(error, taskIds);
    }
  }

  async #goOnAfter(error: unknown, taskIds: readonly string[]): Promise<void> {
    const { run } = this.#options;
    if (isAboutOneTask(error)) {
      // One id that cannot be answered for must not hide the others.
      if (taskIds.length > 1) for (const taskId of taskIds) await this.#pollPack([taskId]);
      else if (error.code === "taskTooOld") run.set(withUnresolvableTask(run.state, taskIds[0]!));
      return;
    }
    if (!(error instanceof GateError && error.retryable)) throw error;
    // A question that may go better next time does not keep the others from being asked.
    this.#passingFailure = error;
  }
}

function pastAsking(taskId: string): string {
  return `The purge (task ${taskId}) is older than the three days that the service can look back; the next run purges its URLs again.`;
}

function stillPurging(taskIds: readonly string[]): string {
  return `The deadline passed before the purge had ended (task ${firstOf(taskIds, MAX_NAMED_TASKS)}); nothing was preloaded after it.`;
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
