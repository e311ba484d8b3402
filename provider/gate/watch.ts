import type { CdnClient } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import { GateError } from "../core/errors";
import { type GateState, partKey, splitTaskIds } from "../core/gate-state";
import { countUrls, TaskFacts, taskIdsToWatch, withJudgedUrls } from "../core/judge";
import {
  type ResultScope,
  tellsOf,
  UrlIndex,
  withDetail,
  withStatusProgress,
  withStatusRows,
} from "../core/merge-response";
import { type GatePolicy, needsDetail } from "../core/policy";
import { type ProgressSample, predictedEndMs } from "../core/poll-plan";
import { withUnresolvableTask } from "../core/state-changes";
import { mayStillChange } from "../core/task-status";
import type { EventSink } from "./events";
import { asFailure, endedBy } from "./failure";
import type { FollowedTask, PollRequest, PollScheduler } from "./poll-scheduler";
import type { RunState } from "./run-state";
import type { TaskResponse } from "./task-reader";

export interface WatchOptions {
  readonly client: CdnClient;
  readonly scheduler: PollScheduler;
  readonly clock: Clock;
  readonly runState: RunState;
  readonly scope: ResultScope;
  readonly policy: GatePolicy;
  /** For a gate that lists tasks: each has to answer and end. */
  readonly listedTaskIds?: readonly string[] | undefined;
  readonly startedAtMs: number;
  /** Absolute, by the local clock. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly emit: EventSink;
}

/**
 * A listed task that the service has not known for this long, in milliseconds, and for so many answers in a row, is a
 * wrong id: a new task takes about two seconds to become visible.
 */
const LISTED_TASK_GRACE_MS = 60_000;
const MAX_EMPTY_ANSWERS = 3;
/**
 * A task of ours that stays unknown for less than this may only be late, in milliseconds: a hundred times
 * what the service documents.
 */
const UNSEEN_TASK_GRACE_MS = 5 * 60_000;
/** Answers in a row that cannot be understood, after which asking again is no use. */
const MAX_MALFORMED_ANSWERS = 5;
/** Longest delay after a failed poll, in milliseconds. */
const MAX_DELAY_AFTER_FAILURE_MS = 30_000;
/** A task that has ended without a row of one of our URLs is polled once more after this, in milliseconds. */
const MISSING_ROW_DELAY_MS = 5_000;

/** A response about a task that the service knows. */
type KnownTaskResponse = Exclude<TaskResponse, { kind: "unknownTask" }>;
type PollTime = Pick<PollRequest, "dueAtMs" | "isLast">;

/** One task while it is watched. */
interface Followed {
  readonly taskId: string;
  readonly schedule: FollowedTask;
  /** When the task was submitted, by the local clock. */
  readonly startedAtMs: number;
  /** The same by the service's clock, at the latest; `undefined` for a task of another's. */
  readonly submittedAtMs: number | undefined;
  readonly samples: ProgressSample[];
  /** Whether an answer has told of what is ours of it. */
  seen: boolean;
  /** The domains of ours that an answer has told of. */
  readonly toldDomains: Set<string>;
  failuresInARow: number;
  malformedInARow: number;
  /** Answers in a row that know nothing of it. */
  emptyInARow: number;
  confirmedMissingRow: boolean;
  /** Why its last poll brought no answer, where the next may. */
  passingFailure: GateError | undefined;
}

/**
 * Polls every task that may still say something, until each has or the deadline has passed; after the
 * deadline it polls once more, so that a success that races it wins.
 *
 * @throws GateError what ended the wait before all tasks had: the deadline, an interruption, or a failure that asking
 *   again would not better.
 */
export async function watchTasks(options: WatchOptions): Promise<void> {
  const watch = new Watch(options);
  await watch.run();
}

/**
 * Asks once about each task that is not final; nothing is waited for.
 *
 * @throws GateError a failure that ended it, else why the last of those that could not be asked about could not.
 */
export async function pollEachOnce(options: WatchOptions): Promise<void> {
  const watch = new Watch(options);
  await watch.pollAll((task) => watch.pollNow(task));
}

/**
 * Asks once about each task that is not final, and a moment later once more about those that have ended without a row
 * of one of our URLs: before such a URL is submitted again, its row may only be late.
 *
 * @throws GateError as {@link pollEachOnce}.
 */
export async function pollBeforeSubmitting(options: WatchOptions): Promise<void> {
  const watch = new Watch(options);
  await watch.pollAll((task) => watch.pollAndConfirm(task));
}

class Watch {
  readonly #options: WatchOptions;
  /** Built for the first answer: most runs begin by polling nothing. */
  #index: UrlIndex | undefined;
  readonly #followed = new Map<string, Followed>();
  readonly #endAll = new AbortController();
  /** Ends every sleep and call: the caller's interruption, or the first failure that is final. */
  readonly #signal: AbortSignal;
  #failure: GateError | undefined;
  /** Ids of the tasks that may still say something, by the state as it is. */
  #open: ReadonlySet<string>;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal, this.#endAll.signal]);
    this.#open = this.#taskIdsToWatch();
  }

  async run(): Promise<void> {
    await this.#forEachTask((task) => this.#follow(task));
  }

  /** @param poll how each task is polled. */
  async pollAll(poll: (task: Followed) => Promise<void>): Promise<void> {
    let last: GateError | undefined;
    await this.#forEachTask(async (task) => {
      await poll(task);
      // A question that may go better next time does not keep the others from being asked.
      last = task.passingFailure ?? last;
    });
    if (last) throw last;
  }

  async pollNow(task: Followed): Promise<void> {
    await this.#tryToPoll(task, { dueAtMs: this.#options.clock.nowMs(), isLast: true });
  }

  async pollAndConfirm(task: Followed): Promise<void> {
    await this.pollNow(task);
    if (task.passingFailure || !this.#isAnswered(task) || !this.#lacksOwnRow(task)) return;
    const dueAtMs = this.#options.clock.nowMs() + MISSING_ROW_DELAY_MS;
    await this.#tryToPoll(task, { dueAtMs, isLast: true });
  }

  /** One task's failure ends the others, and the first one is the reason. */
  async #forEachTask(work: (task: Followed) => Promise<void>): Promise<void> {
    const tasks = [...this.#open].map((taskId) => this.#startFollowing(taskId));
    await Promise.all(
      tasks.map(async (task) => {
        try {
          await work(task);
        } catch (error) {
          this.#end(asFailure(error, this.#options.signal));
        } finally {
          task.schedule.end();
        }
      }),
    );
    if (this.#failure) throw this.#failure;
  }

  #taskIdsToWatch(): ReadonlySet<string> {
    const { runState, policy, listedTaskIds } = this.#options;
    return new Set(taskIdsToWatch(runState.state, { policy, listedTaskIds }));
  }

  #end(failure: GateError): void {
    this.#failure ??= failure;
    this.#endAll.abort(failure);
  }

  #startFollowing(taskId: string): Followed {
    const { client, clock, runState } = this.#options;
    const submission = runState.state.saved.submissions.findLast((accepted) =>
      accepted.taskIds.includes(taskId),
    );
    const submittedAtMs = submission && submission.submittedAtMs + (submission.clockDoubtMs ?? 0);
    const ageMs = submittedAtMs === undefined ? 0 : client.serverNowMs() - submittedAtMs;
    const followed: Followed = {
      taskId,
      schedule: this.#options.scheduler.follow(),
      startedAtMs: clock.nowMs() - Math.max(0, ageMs),
      submittedAtMs,
      samples: [],
      seen: false,
      toldDomains: new Set(),
      failuresInARow: 0,
      malformedInARow: 0,
      emptyInARow: 0,
      confirmedMissingRow: false,
      passingFailure: undefined,
    };
    this.#followed.set(taskId, followed);
    return followed;
  }

  async #follow(task: Followed): Promise<void> {
    const { clock, deadlineMs } = this.#options;
    let delayMs = this.#firstDelayMs(task);
    for (;;) {
      const leftMs = Math.max(0, deadlineMs - clock.nowMs());
      const isLast = delayMs >= leftMs;
      const dueAtMs = clock.nowMs() + Math.min(delayMs, leftMs);
      await this.#tryToPoll(task, { dueAtMs, isLast });
      if (!task.passingFailure && this.#isAnswered(task)) {
        if (!this.#lacksOwnRow(task) || task.confirmedMissingRow || isLast) return;
        task.confirmedMissingRow = true;
        delayMs = MISSING_ROW_DELAY_MS;
        continue;
      }
      if (isLast) return this.#giveUp(task);
      delayMs = this.#nextDelayMs(task);
    }
  }

  /** A task of another's is polled right away; one of ours when the plan expects that it may have ended. */
  #firstDelayMs(task: Followed): number {
    if (this.#options.scope !== "submitted") return 0;
    const ageMs = this.#options.clock.nowMs() - task.startedAtMs;
    return Math.max(0, task.schedule.nextDelayMs([], 0) - ageMs);
  }

  #nextDelayMs(task: Followed): number {
    const plannedMs = task.schedule.nextDelayMs(task.samples, this.#elapsedMs(task));
    if (!task.passingFailure) return plannedMs;
    const backoffMs = Math.min(MAX_DELAY_AFTER_FAILURE_MS, 1_000 * 2 ** (task.failuresInARow - 1));
    return Math.max(plannedMs, backoffMs, task.passingFailure.retryAfterMs ?? 0);
  }

  /** Polls a task and notes a failure that may go better next time; any other is thrown. */
  async #tryToPoll(task: Followed, when: PollTime): Promise<void> {
    task.passingFailure = undefined;
    try {
      await this.#poll(task, when);
      task.failuresInARow = 0;
      task.malformedInARow = 0;
    } catch (error) {
      const { signal } = this.#options;
      if (signal.aborted) throw endedBy(signal, error);
      if (this.#signal.aborted || !(error instanceof GateError) || !error.retryable) throw error;
      // The reader takes the service's own word for it as an answer: this one is our verdict on a wrong id.
      if (error.code === "taskUnknown") throw error;
      task.failuresInARow += 1;
      task.malformedInARow = error.code === "malformedAnswer" ? task.malformedInARow + 1 : 0;
      if (task.malformedInARow >= MAX_MALFORMED_ANSWERS) throw error;
      task.passingFailure = error;
    }
  }

  async #poll(task: Followed, when: PollTime): Promise<void> {
    const { client, scheduler, policy } = this.#options;
    const { taskId } = task;
    const request = { ...when, taskId, client, signal: this.#signal, needsDetail: needsDetail(policy) };
    let response: TaskResponse;
    try {
      response = await scheduler.poll(request);
    } catch (error) {
      if (!(error instanceof GateError) || error.code !== "taskTooOld") throw error;
      this.#markUnresolvable(taskId);
      return;
    }
    this.#take(task, response);
  }

  #take(task: Followed, response: TaskResponse): void {
    if (response.kind === "unknownTask") {
      task.emptyInARow += 1;
      this.#failForWrongId(task);
      return;
    }
    task.emptyInARow = 0;
    if (response.kind === "statusOnly" && response.isEvidence) this.#tellOfStatusOnlyEvidence();
    this.#noteDomains(task, response);
    if (task.seen) this.#unmarkUnresolvable(task.taskId);
    this.#setJudged(this.#withResponse(response));
    const shares =
      response.kind === "detail"
        ? response.answer.entries.map((entry) => entry.processPercent)
        : response.answer.rows.map((row) => row.processPercent);
    this.#noteProgress(task, shares);
    this.#emitProgress();
  }

  /** Notes of which domains of ours the answer tells: of a task that shares its id, it may tell of a neighbour's alone. */
  #noteDomains(task: Followed, response: KnownTaskResponse): void {
    const { scope, runState } = this.#options;
    if (scope !== "submitted") {
      task.seen = true;
      return;
    }
    const { results } = runState.state;
    // Thousands of URLs share a few tasks: each list of ids is split once.
    const lists = new Set(results.map((result) => result.taskId));
    const own = new Set([...lists].filter((list) => splitTaskIds(list).includes(task.taskId)));
    const domains = new Set(results.filter(({ taskId }) => own.has(taskId)).map(({ domain }) => domain));
    for (const domain of domains) {
      const isTold = task.toldDomains.has(domain);
      if (!isTold && tellsOf(response.answer, task.taskId, new Set([domain]))) task.toldDomains.add(domain);
    }
    task.seen ||= task.toldDomains.size > 0;
  }

  #tellOfStatusOnlyEvidence(): void {
    const message = this.#options.scheduler.reader.takeRefusalNotice();
    if (message !== undefined) this.#options.emit({ type: "notice", severity: "warning", message });
  }

  #withResponse(response: KnownTaskResponse): GateState {
    const { runState, scope } = this.#options;
    this.#index ??= new UrlIndex(runState.state);
    if (response.kind === "detail") return withDetail(runState.state, response.answer, scope, this.#index);
    const add = response.isEvidence ? withStatusRows : withStatusProgress;
    return add(runState.state, response.answer, scope, this.#index);
  }

  #setJudged(state: GateState): void {
    const { runState, policy } = this.#options;
    runState.set(withJudgedUrls(state, { policy }));
    this.#open = this.#taskIdsToWatch();
  }

  #noteProgress(task: Followed, percents: readonly (number | undefined)[]): void {
    const slowest = Math.min(...percents.map((percent) => percent ?? 0));
    const remainingShare = 1 - (Number.isFinite(slowest) ? slowest : 0) / 100;
    if (remainingShare < (task.samples.at(-1)?.remainingShare ?? 1)) {
      task.samples.push({ atMs: this.#elapsedMs(task), remainingShare });
    }
  }

  #failForWrongId(task: Followed): void {
    const { scope, startedAtMs, clock } = this.#options;
    if (scope === "submitted" || task.seen) return;
    if (task.emptyInARow < MAX_EMPTY_ANSWERS || clock.nowMs() - startedAtMs < LISTED_TASK_GRACE_MS) return;
    throw unknownTask(task);
  }

  /** Whether nothing more is to be heard: it ended, says something that nobody knows, or nobody waits for it. */
  #isAnswered(task: Followed): boolean {
    if (!this.#open.has(task.taskId) || this.#isUnresolvable(task.taskId)) return true;
    const parts = this.#options.runState.state.tasks.filter((part) => part.taskId === task.taskId);
    return (
      task.seen && parts.length > 0 && !parts.some(mayStillChange) && this.#silentDomains(task).length === 0
    );
  }

  /** Domains of URLs that the task alone holds, and that no answer has told of. */
  #silentDomains({ taskId, toldDomains }: Followed): string[] {
    if (this.#options.scope !== "submitted") return [];
    const { state } = this.#options.runState;
    const facts = new TaskFacts(state);
    const silent = state.results.filter((result) => result.taskId === taskId && facts.isSilent(result));
    return [...new Set(silent.map(({ domain }) => domain))].filter((domain) => !toldDomains.has(domain));
  }

  /** Whether the task ended without a row of one of our URLs; the row may only be late. */
  #lacksOwnRow(task: Followed): boolean {
    const { state } = this.#options.runState;
    if (this.#open.has(task.taskId)) return false;
    return state.results.some(
      (result) => result.state === "unknown" && splitTaskIds(result.taskId).includes(task.taskId),
    );
  }

  #isUnresolvable(taskId: string): boolean {
    return this.#options.runState.state.saved.unresolvableTaskIds.includes(taskId);
  }

  #markUnresolvable(taskId: string): void {
    if (this.#isUnresolvable(taskId)) return;
    this.#setJudged(withUnresolvableTask(this.#options.runState.state, taskId));
  }

  #unmarkUnresolvable(taskId: string): void {
    const { runState } = this.#options;
    if (!this.#isUnresolvable(taskId)) return;
    const unresolvableTaskIds = runState.state.saved.unresolvableTaskIds.filter((id) => id !== taskId);
    runState.set({ ...runState.state, saved: { ...runState.state.saved, unresolvableTaskIds } });
  }

  /** The deadline: what neither operation has known for the whole wait counts as gone. */
  async #giveUp(task: Followed): Promise<void> {
    const failure = task.passingFailure;
    const isUnseen = () => !task.seen || this.#silentDomains(task).length > 0;
    if (!failure && this.#options.scope === "submitted" && this.#isLongSubmitted(task) && isUnseen()) {
      await this.#askBoth(task, isUnseen);
      if (!task.seen) this.#markUnresolvable(task.taskId);
      else
        for (const domain of this.#silentDomains(task)) this.#markUnresolvable(partKey(task.taskId, domain));
    }
    if (!failure && this.#options.scope !== "submitted" && !task.seen) {
      this.#failure ??= unknownTask(task);
      return;
    }
    const last = failure ? ` The last answer was: ${failure.message}` : "";
    this.#failure ??= new GateError(
      "timeout",
      `The deadline passed before task ${task.taskId} had ended.${last}`,
      {
        cause: failure,
      },
    );
  }

  /** A poll that shared its call has asked only one of the two operations. */
  async #askBoth(task: Followed, isUnseen: () => boolean): Promise<void> {
    const { client, scheduler, policy } = this.#options;
    const ask = { signal: this.#signal, needsDetail: needsDetail(policy) };
    this.#take(task, await scheduler.reader.poll(client, task.taskId, ask));
    if (isUnseen()) this.#take(task, await scheduler.reader.pollStatus(client, task.taskId, ask));
  }

  /** By the service's clock, as late as it surely is: neither a local clock that is set nor a wrong date makes a task older. */
  #isLongSubmitted({ submittedAtMs }: Followed): boolean {
    if (submittedAtMs === undefined) return false;
    return this.#options.client.serverNowMs("farthestBack") - submittedAtMs >= UNSEEN_TASK_GRACE_MS;
  }

  #elapsedMs(task: Followed): number {
    return this.#options.clock.nowMs() - task.startedAtMs;
  }

  #emitProgress(): void {
    const { runState, clock, client, startedAtMs, emit } = this.#options;
    const counts = countUrls(runState.state.results);
    const remaining = [...this.#followed.values()]
      .filter((task) => this.#open.has(task.taskId))
      .map((task) => (predictedEndMs(task.samples) ?? Number.NaN) - this.#elapsedMs(task));
    const slowest = remaining.length > 0 ? Math.max(...remaining) : 0;
    emit({
      type: "progress",
      progress: {
        urls: counts.urls,
        preloaded: counts.preloaded,
        failed: counts.failed,
        processPercent: processPercentOf(runState.state),
        remainingMs: Number.isFinite(slowest) ? Math.max(0, slowest) : undefined,
        elapsedMs: clock.nowMs() - startedAtMs,
        apiCalls: client.callCount(),
      },
    });
  }
}

/** The share of POPs on which the URLs' tasks have ended: the mean over the URLs. */
function processPercentOf(state: GateState): number {
  if (state.results.length === 0) return 0;
  const byDomain = new Map<string, Map<string, number>>();
  for (const task of state.tasks) {
    const byTask = byDomain.get(task.domain) ?? new Map<string, number>();
    byDomain.set(task.domain, byTask.set(task.taskId, task.processPercent ?? 0));
  }
  const sum = state.results.reduce((total, result) => {
    const settled = result.state === "preloaded" || result.state === "failed";
    return total + (settled ? 100 : (byDomain.get(result.domain)?.get(result.taskId) ?? 0));
  }, 0);
  return sum / state.results.length;
}

function unknownTask({ taskId, emptyInARow }: Followed): GateError {
  const answers = emptyInARow === 1 ? "1 answer" : `${emptyInARow} answers in a row`;
  return new GateError("taskUnknown", `The service does not know task ${taskId} (${answers} without it).`);
}
