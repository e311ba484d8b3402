import { GateError } from "../core/errors";
import type { GateState, UrlFacts } from "../core/gate-state";
import { nextPollDelayMs } from "../core/poll-plan";
import { type FailedPurge, purgeTaskIdsToWatch, urlsToPurge, withPurgeRows } from "../core/purge-plan";
import { MAX_TASK_IDS_PER_CALL } from "../core/service-limits";
import { withUnresolvableTask } from "../core/state-changes";
import type { StatusRow } from "../core/task";
import { hasEnded } from "../core/task-status";
import type { StepOptions } from "./step-options";
import { type SubmitOptions, submitUrls } from "./submit";
import { isAboutOneTask } from "./task-reader";

/**
 * Asks once about purges that an earlier run has started. Those that have failed meanwhile are purged again
 * by this run, like the URLs whose preload has failed: all of them, and not one run after the other.
 *
 * @throws GateError why nothing may be submitted yet.
 */
export async function pollEarlierPurges(wanted: readonly UrlFacts[], options: StepOptions): Promise<void> {
  // What has an undocumented status may run: a person has to see it before it is purged again.
  const isOdd = ({ row }: FailedPurge) => !hasEnded(row);
  await new PurgePoll(options, isOdd).poll(purgeTaskIdsToWatch(wanted));
}

/** What may be preloaded after a purge, and why the rest may not. */
export interface Purged {
  readonly urls: readonly UrlFacts[];
  /** The service did not take the domains of the others. */
  readonly refusal: GateError | undefined;
}

/**
 * Refreshes (purges) the URLs that are about to be preloaded, and waits until the POPs have dropped them: a
 * preload of what they still hold would change nothing. Each URL once: a run that was interrupted between
 * the two goes on from there.
 *
 * @throws GateError why nothing may be preloaded yet.
 */
export async function purgeUrls(wanted: readonly UrlFacts[], options: SubmitOptions): Promise<Purged> {
  const { run } = options;
  const toPurge = urlsToPurge(wanted, run.state).map(({ url }) => url);
  const refusal = await submitUrls(toPurge, "purge", options);
  // What the POPs have dropped is to be preloaded, also where others are refused.
  const now = current(wanted, run.state);
  const untaken = new Set(refusal && urlsToPurge(now, run.state));
  const urls = now.filter((known) => !untaken.has(known));
  await waitForPurges(urls, options);
  mustBePurged(urls, options);
  return { urls, refusal };
}

/** A purge whose outcome is not known keeps its URLs from being preloaded: it could come after the preload. */
function mustBePurged(wanted: readonly UrlFacts[], { run }: StepOptions): void {
  const count = current(wanted, run.state).filter(({ purged }) => !purged).length;
  if (count === 0) return;
  throw new GateError({ kind: "purgeOpen", urls: count });
}

/** What is known of some URLs by now. */
function current(wanted: readonly UrlFacts[], now: GateState): readonly UrlFacts[] {
  const identities = new Set(wanted.map(({ url }) => url.identity));
  return now.urls.filter(({ url }) => identities.has(url.identity));
}

async function waitForPurges(wanted: readonly UrlFacts[], options: StepOptions): Promise<void> {
  const { run, clock, deadlineMs, signal, emit } = options;
  const toWatch = () => purgeTaskIdsToWatch(current(wanted, run.state));
  const startedAtMs = clock.nowMs();
  for (;;) {
    const poll = new PurgePoll(options);
    await poll.poll(toWatch());
    const left = toWatch();
    if (left.length === 0) return;
    const gone = left.find((id) => run.state.saved.unresolvableTaskIds.includes(id));
    if (gone !== undefined) throw new GateError({ kind: "purgeTooOld", taskId: gone });
    const leftMs = deadlineMs - clock.nowMs();
    if (leftMs <= 0) {
      throw new GateError({ kind: "purgeUnfinished", taskIds: left }, { cause: poll.passingFailure });
    }
    emit({ type: "purging", tasks: left.length });
    await clock.sleep(Math.min(leftMs, nextPollDelayMs([], clock.nowMs() - startedAtMs)), signal);
  }
}

/** One poll of purges. */
class PurgePoll {
  readonly #options: StepOptions;
  readonly #isFinal: (failed: FailedPurge) => boolean;
  /** Of all answers. */
  readonly #rows: StatusRow[] = [];
  #passingFailure: GateError | undefined;

  /** @param isFinal whether a purge that has failed ends the run; default: each does. */
  constructor(options: StepOptions, isFinal: (failed: FailedPurge) => boolean = () => true) {
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
    const { run } = this.#options;
    const { state, failed } = withPurgeRows(run.state, this.#rows);
    run.set(state);
    const final = failed.filter(this.#isFinal);
    if (final.length > 0) throw purgeFailed(final);
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

function purgeFailed(failed: readonly FailedPurge[]): GateError {
  const urls = failed.map(({ url, row }) => ({
    url,
    taskId: row.taskId,
    status: row.status,
    words: row.description,
  }));
  return new GateError({ kind: "purgeFailed", urls });
}
