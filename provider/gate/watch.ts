import type { CdnClient } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import { GateError } from "../core/errors";
import { type GateState, partKey, splitTaskIds, withGoneTask } from "../core/gate-state";
import { countUrls, TaskFacts, taskIdsToWatch, withJudgedUrls } from "../core/judge";
import { type LookScope, tellsOf, UrlIndex, withCoarse, withCoarseProgress, withDetail } from "../core/look";
import { type GatePolicy, needsDetail } from "../core/policy";
import { type ProgressLook, predictedEndMs } from "../core/poll-plan";
import { mayStillChange } from "../core/task-status";
import type { EventSink } from "./events";
import type { FollowedTask, LookRequest, LookScheduler } from "./look-scheduler";
import type { StateCell } from "./state-cell";
import { asStop } from "./stop";
import type { Look } from "./task-reader";

export interface WatchOptions {
  readonly client: CdnClient;
  readonly scheduler: LookScheduler;
  readonly clock: Clock;
  readonly cell: StateCell;
  readonly scope: LookScope;
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
/** Longest delay after a failed look, in milliseconds. */
const MAX_DELAY_AFTER_FAILURE_MS = 30_000;
/** A task that has ended without a row of one of our URLs is looked at once more after this, in milliseconds. */
const MISSING_ROW_DELAY_MS = 5_000;

/** A look at a task that the service knows. */
type KnownLook = Exclude<Look, { kind: "unknownTask" }>;
type LookTime = Pick<LookRequest, "dueAtMs" | "isLast">;

/** One task while it is watched. */
interface Followed {
  readonly taskId: string;
  readonly schedule: FollowedTask;
  /** When the task was submitted, by the local clock. */
  readonly startedAtMs: number;
  /** The same by the service's clock, at the latest; `undefined` for a task of another's. */
  readonly submittedAtMs: number | undefined;
  readonly looks: ProgressLook[];
  /** Whether an answer has told of what is ours of it. */
  seen: boolean;
  /** The domains of ours that an answer has told of. */
  readonly toldDomains: Set<string>;
  failuresInARow: number;
  malformedInARow: number;
  /** Answers in a row that know nothing of it. */
  emptyInARow: number;
  confirmedMissingRow: boolean;
}

/**
 * Looks at every task that may still say something, until each has or the deadline has passed; after the
 * deadline it looks once more, so that a success that races it wins.
 *
 * @returns what ended the wait before all tasks had: the deadline, an interruption, or a failure that asking
 *   again would not mend. `undefined` when everything was answered.
 */
export async function watchTasks(options: WatchOptions): Promise<GateError | undefined> {
  const watch = new Watch(options);
  return watch.run();
}

/** Asks once about each task that is not final; nothing is waited for. */
export async function lookOnce(options: WatchOptions): Promise<GateError | undefined> {
  const watch = new Watch(options);
  return watch.lookAtAll((task) => watch.lookNow(task));
}

/**
 * Asks once about each task that is not final, and a moment later once more about those that have ended without a row
 * of one of our URLs: before such a URL is submitted again, its row may only be late.
 */
export async function lookBeforeSubmitting(options: WatchOptions): Promise<GateError | undefined> {
  const watch = new Watch(options);
  return watch.lookAtAll((task) => watch.lookAndConfirm(task));
}

class Watch {
  readonly #options: WatchOptions;
  /** Built for the first answer: most runs begin by looking at nothing. */
  #index: UrlIndex | undefined;
  readonly #followed = new Map<string, Followed>();
  readonly #stopAll = new AbortController();
  /** Ends every sleep and call: the caller's interruption, or the first failure that is final. */
  readonly #signal: AbortSignal;
  #stop: GateError | undefined;
  /** Ids of the tasks that may still say something, by the state as it is. */
  #open: ReadonlySet<string>;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal, this.#stopAll.signal]);
    this.#open = this.#taskIdsToWatch();
  }

  async run(): Promise<GateError | undefined> {
    await this.#forEachTask((task) => this.#follow(task));
    return this.#stop;
  }

  /** @param look how each task is looked at; returns a failure that may go better next time. */
  async lookAtAll(look: (task: Followed) => Promise<GateError | undefined>): Promise<GateError | undefined> {
    let lastFailure: GateError | undefined;
    await this.#forEachTask(async (task) => {
      // A question that may go better next time does not keep the others from being asked.
      lastFailure = (await look(task)) ?? lastFailure;
    });
    return this.#stop ?? lastFailure;
  }

  lookNow(task: Followed): Promise<GateError | undefined> {
    return this.#tryToLook(task, { dueAtMs: this.#options.clock.nowMs(), isLast: true });
  }

  async lookAndConfirm(task: Followed): Promise<GateError | undefined> {
    const failure = await this.lookNow(task);
    if (failure || !this.#isAnswered(task) || !this.#lacksOwnRow(task)) return failure;
    const dueAtMs = this.#options.clock.nowMs() + MISSING_ROW_DELAY_MS;
    return this.#tryToLook(task, { dueAtMs, isLast: true });
  }

  /** One task's failure ends the others, and the first one is the reason. */
  async #forEachTask(work: (task: Followed) => Promise<void>): Promise<void> {
    const tasks = [...this.#open].map((taskId) => this.#startFollowing(taskId));
    await Promise.all(
      tasks.map(async (task) => {
        try {
          await work(task);
        } catch (error) {
          this.#end(asStop(error, this.#options.signal));
        } finally {
          task.schedule.end();
        }
      }),
    );
  }

  #taskIdsToWatch(): ReadonlySet<string> {
    const { cell, policy, listedTaskIds } = this.#options;
    return new Set(taskIdsToWatch(cell.state, { policy, listedTaskIds }));
  }

  #end(stop: GateError): void {
    this.#stop ??= stop;
    this.#stopAll.abort(stop);
  }

  #startFollowing(taskId: string): Followed {
    const { client, clock, cell } = this.#options;
    const submission = cell.state.saved.submissions.findLast((accepted) => accepted.taskIds.includes(taskId));
    const submittedAtMs = submission && Date.parse(submission.submittedAt) + (submission.clockDoubtMs ?? 0);
    const ageMs = submittedAtMs === undefined ? 0 : client.serverNowMs() - submittedAtMs;
    const followed: Followed = {
      taskId,
      schedule: this.#options.scheduler.follow(),
      startedAtMs: clock.nowMs() - Math.max(0, ageMs),
      submittedAtMs,
      looks: [],
      seen: false,
      toldDomains: new Set(),
      failuresInARow: 0,
      malformedInARow: 0,
      emptyInARow: 0,
      confirmedMissingRow: false,
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
      const failure = await this.#tryToLook(task, { dueAtMs, isLast });
      if (!failure && this.#isAnswered(task)) {
        if (!this.#lacksOwnRow(task) || task.confirmedMissingRow || isLast) return;
        task.confirmedMissingRow = true;
        delayMs = MISSING_ROW_DELAY_MS;
        continue;
      }
      if (isLast) return this.#giveUp(task, failure);
      delayMs = this.#nextDelayMs(task, failure);
    }
  }

  /** A task of another's is looked at right away; one of ours when the plan expects that it may have ended. */
  #firstDelayMs(task: Followed): number {
    if (this.#options.scope !== "submitted") return 0;
    const ageMs = this.#options.clock.nowMs() - task.startedAtMs;
    return Math.max(0, task.schedule.nextDelayMs([], 0) - ageMs);
  }

  #nextDelayMs(task: Followed, failure: GateError | undefined): number {
    const plannedMs = task.schedule.nextDelayMs(task.looks, this.#elapsedMs(task));
    if (!failure) return plannedMs;
    const backoffMs = Math.min(MAX_DELAY_AFTER_FAILURE_MS, 1_000 * 2 ** (task.failuresInARow - 1));
    return Math.max(plannedMs, backoffMs, failure.retryAfterMs ?? 0);
  }

  /** @returns the failure of a look that may go better next time; any other is thrown. */
  async #tryToLook(task: Followed, when: LookTime): Promise<GateError | undefined> {
    try {
      await this.#look(task, when);
      task.failuresInARow = 0;
      task.malformedInARow = 0;
      return undefined;
    } catch (error) {
      if (this.#signal.aborted || !(error instanceof GateError) || !error.retryable) throw error;
      // The reader takes the service's own word for it as an answer: this one is our verdict on a wrong id.
      if (error.code === "taskUnknown") throw error;
      task.failuresInARow += 1;
      task.malformedInARow = error.code === "malformedAnswer" ? task.malformedInARow + 1 : 0;
      if (task.malformedInARow >= MAX_MALFORMED_ANSWERS) throw error;
      return error;
    }
  }

  async #look(task: Followed, when: LookTime): Promise<void> {
    const { client, scheduler, policy } = this.#options;
    try {
      const { taskId } = task;
      const request = { ...when, taskId, client, signal: this.#signal, needsDetail: needsDetail(policy) };
      this.#take(task, await scheduler.look(request));
    } catch (error) {
      if (!(error instanceof GateError) || error.code !== "taskTooOld") throw error;
      this.#markGone(task.taskId);
    }
  }

  #take(task: Followed, look: Look): void {
    if (look.kind === "unknownTask") {
      task.emptyInARow += 1;
      this.#failForWrongId(task);
      return;
    }
    task.emptyInARow = 0;
    if (look.kind === "coarse" && look.isEvidence) this.#tellOfCoarseEvidence();
    this.#noteDomains(task, look);
    if (task.seen) this.#unmarkGone(task.taskId);
    this.#setJudged(this.#withLook(look));
    const shares =
      look.kind === "detail"
        ? look.answer.entries.map((entry) => entry.processPercent)
        : look.answer.rows.map((row) => row.processPercent);
    this.#noteProgress(task, shares);
    this.#emitProgress();
  }

  /** Notes of which domains of ours the answer tells: of a task that shares its id, it may tell of a neighbour's alone. */
  #noteDomains(task: Followed, look: KnownLook): void {
    const { scope, cell } = this.#options;
    if (scope !== "submitted") {
      task.seen = true;
      return;
    }
    const { results } = cell.state;
    // Thousands of URLs share a few tasks: each list of ids is split once.
    const lists = new Set(results.map((result) => result.taskId));
    const own = new Set([...lists].filter((list) => splitTaskIds(list).includes(task.taskId)));
    const domains = new Set(results.filter(({ taskId }) => own.has(taskId)).map(({ domain }) => domain));
    for (const domain of domains) {
      const isTold = task.toldDomains.has(domain);
      if (!isTold && tellsOf(look.answer, task.taskId, new Set([domain]))) task.toldDomains.add(domain);
    }
    task.seen ||= task.toldDomains.size > 0;
  }

  #tellOfCoarseEvidence(): void {
    const message = this.#options.scheduler.reader.takeRefusalNotice();
    if (message !== undefined) this.#options.emit({ type: "notice", severity: "warning", message });
  }

  #withLook(look: KnownLook): GateState {
    const { cell, scope } = this.#options;
    this.#index ??= new UrlIndex(cell.state);
    if (look.kind === "detail") return withDetail(cell.state, look.answer, scope, this.#index);
    const add = look.isEvidence ? withCoarse : withCoarseProgress;
    return add(cell.state, look.answer, scope, this.#index);
  }

  #setJudged(state: GateState): void {
    const { cell, policy } = this.#options;
    cell.set(withJudgedUrls(state, { policy }));
    this.#open = this.#taskIdsToWatch();
  }

  #noteProgress(task: Followed, percents: readonly (number | undefined)[]): void {
    const slowest = Math.min(...percents.map((percent) => percent ?? 0));
    const remainingShare = 1 - (Number.isFinite(slowest) ? slowest : 0) / 100;
    if (remainingShare < (task.looks.at(-1)?.remainingShare ?? 1)) {
      task.looks.push({ atMs: this.#elapsedMs(task), remainingShare });
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
    if (!this.#open.has(task.taskId) || this.#isGone(task.taskId)) return true;
    const parts = this.#options.cell.state.tasks.filter((part) => part.taskId === task.taskId);
    return (
      task.seen && parts.length > 0 && !parts.some(mayStillChange) && this.#silentDomains(task).length === 0
    );
  }

  /** Domains of URLs that the task alone holds, and that no answer has told of. */
  #silentDomains({ taskId, toldDomains }: Followed): string[] {
    if (this.#options.scope !== "submitted") return [];
    const { state } = this.#options.cell;
    const facts = new TaskFacts(state);
    const silent = state.results.filter((result) => result.taskId === taskId && facts.isSilent(result));
    return [...new Set(silent.map(({ domain }) => domain))].filter((domain) => !toldDomains.has(domain));
  }

  /** Whether the task ended without a row of one of our URLs; the row may only be late. */
  #lacksOwnRow(task: Followed): boolean {
    const { state } = this.#options.cell;
    if (this.#open.has(task.taskId)) return false;
    return state.results.some(
      (result) => result.state === "unknown" && splitTaskIds(result.taskId).includes(task.taskId),
    );
  }

  #isGone(taskId: string): boolean {
    return this.#options.cell.state.saved.goneTaskIds.includes(taskId);
  }

  #markGone(taskId: string): void {
    if (this.#isGone(taskId)) return;
    this.#setJudged(withGoneTask(this.#options.cell.state, taskId));
  }

  #unmarkGone(taskId: string): void {
    const { cell } = this.#options;
    if (!this.#isGone(taskId)) return;
    const goneTaskIds = cell.state.saved.goneTaskIds.filter((id) => id !== taskId);
    cell.set({ ...cell.state, saved: { ...cell.state.saved, goneTaskIds } });
  }

  /** The deadline: what neither operation has known for the whole wait counts as gone. */
  async #giveUp(task: Followed, failure: GateError | undefined): Promise<void> {
    const isUnseen = () => !task.seen || this.#silentDomains(task).length > 0;
    if (!failure && this.#options.scope === "submitted" && this.#isLongSubmitted(task) && isUnseen()) {
      await this.#askBoth(task, isUnseen);
      if (!task.seen) this.#markGone(task.taskId);
      else for (const domain of this.#silentDomains(task)) this.#markGone(partKey(task.taskId, domain));
    }
    if (!failure && this.#options.scope !== "submitted" && !task.seen) {
      this.#stop ??= unknownTask(task);
      return;
    }
    const last = failure ? ` The last answer was: ${failure.message}` : "";
    this.#stop ??= new GateError(
      "timeout",
      `The deadline passed before task ${task.taskId} had ended.${last}`,
      {
        cause: failure,
      },
    );
  }

  /** A look that shared its call has asked only one of the two operations. */
  async #askBoth(task: Followed, isUnseen: () => boolean): Promise<void> {
    const { client, scheduler, policy } = this.#options;
    const ask = { signal: this.#signal, needsDetail: needsDetail(policy) };
    this.#take(task, await scheduler.reader.look(client, task.taskId, ask));
    if (isUnseen()) this.#take(task, await scheduler.reader.lookCoarsely(client, task.taskId, ask));
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
    const { cell, clock, client, startedAtMs, emit } = this.#options;
    const counts = countUrls(cell.state.results);
    const remaining = [...this.#followed.values()]
      .filter((task) => this.#open.has(task.taskId))
      .map((task) => (predictedEndMs(task.looks) ?? Number.NaN) - this.#elapsedMs(task));
    const slowest = remaining.length > 0 ? Math.max(...remaining) : 0;
    emit({
      type: "progress",
      progress: {
        urls: counts.urls,
        preloaded: counts.preloaded,
        failed: counts.failed,
        processPercent: processPercentOf(cell.state),
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
    byDomain.set(task.domain, byTask.set(task.taskId, Number.parseFloat(task.process ?? "0")));
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
