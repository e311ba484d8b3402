import { GateError } from "../core/errors";
import { judgeUrls } from "../core/judge";
import { needsDetail } from "../core/policy";
import { asFailure, endedBy } from "./failure";
import type { PollRequest } from "./poll-queue";
import type { PollScheduler } from "./poll-scheduler";
import type { StepOptions } from "./step-options";
import type { TaskResponse } from "./task-reader";
import { longestRemainingMs, progressOf } from "./watch-progress";
import { WatchedState, type WatchedStateOptions } from "./watched-state";
import { WatchedTask } from "./watched-task";

export interface WatchOptions extends StepOptions, WatchedStateOptions {
  readonly scheduler: PollScheduler;
  readonly startedAtMs: number;
}

/** A new task takes about two seconds to become visible: sooner than this no listed one counts as unknown, in milliseconds. */
const LISTED_TASK_GRACE_MS = 60_000;
/** A task that has ended without a row of one of our URLs is polled once more after this, in milliseconds. */
const MISSING_ROW_DELAY_MS = 5_000;

type PollTime = Pick<PollRequest, "dueAtMs" | "isLast">;

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
  readonly #known: WatchedState;
  readonly #tasks: readonly WatchedTask[];
  readonly #endAll = new AbortController();
  /** Ends every sleep and call: the caller's interruption, or the first failure that is final. */
  readonly #signal: AbortSignal;
  #failure: GateError | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal, this.#endAll.signal]);
    this.#known = new WatchedState(options);
    this.#tasks = this.#known.openTaskIds.map((taskId) => new WatchedTask(taskId, options));
  }

  async run(): Promise<void> {
    await this.#forEachTask((task) => this.#follow(task));
  }

  /** @param poll how each task is polled. */
  async pollAll(poll: (task: WatchedTask) => Promise<void>): Promise<void> {
    let last: GateError | undefined;
    await this.#forEachTask(async (task) => {
      await poll(task);
      // A question that may go better next time does not keep the others from being asked.
      last = task.passingFailure ?? last;
    });
    if (last) throw last;
  }

  async pollNow(task: WatchedTask): Promise<void> {
    await this.#tryToPoll(task, { dueAtMs: this.#options.clock.nowMs(), isLast: true });
  }

  async pollAndConfirm(task: WatchedTask): Promise<void> {
    await this.pollNow(task);
    if (task.passingFailure || !this.#known.isAnswered(task) || !this.#known.lacksOwnRow(task)) return;
    const dueAtMs = this.#options.clock.nowMs() + MISSING_ROW_DELAY_MS;
    await this.#tryToPoll(task, { dueAtMs, isLast: true });
  }

  /** One task's failure ends the others, and the first one is the reason. */
  async #forEachTask(work: (task: WatchedTask) => Promise<void>): Promise<void> {
    await Promise.all(
      this.#tasks.map(async (task) => {
        try {
          await work(task);
        } catch (error) {
          this.#endAllFor(asFailure(error, this.#options.signal));
        } finally {
          task.end();
        }
      }),
    );
    if (this.#failure) throw this.#failure;
  }

  #endAllFor(failure: GateError): void {
    this.#failure ??= failure;
    this.#endAll.abort(failure);
  }

  async #follow(task: WatchedTask): Promise<void> {
    const { clock, deadlineMs, scope } = this.#options;
    // A task of another's is polled right away; one of ours when the plan expects that it may have ended.
    let delayMs = scope === "submitted" ? task.firstDelayMs() : 0;
    for (;;) {
      const leftMs = Math.max(0, deadlineMs - clock.nowMs());
      const isLast = delayMs >= leftMs;
      const dueAtMs = clock.nowMs() + Math.min(delayMs, leftMs);
      await this.#tryToPoll(task, { dueAtMs, isLast });
      if (!task.passingFailure && this.#known.isAnswered(task)) {
        if (!this.#known.lacksOwnRow(task) || task.hasWaitedForRow || isLast) return;
        task.hasWaitedForRow = true;
        delayMs = MISSING_ROW_DELAY_MS;
        continue;
      }
      if (isLast) return this.#giveUp(task);
      delayMs = task.nextDelayMs();
    }
  }

  /** Polls a task and notes a failure that may go better next time; any other is thrown. */
  async #tryToPoll(task: WatchedTask, when: PollTime): Promise<void> {
    try {
      await this.#poll(task, when);
      task.noteAnswer();
    } catch (error) {
      const { signal } = this.#options;
      if (signal.aborted) throw endedBy(signal, error);
      if (this.#signal.aborted || !(error instanceof GateError) || !error.retryable) throw error;
      // The reader takes the service's own word for it as an answer: this one is our verdict on a wrong id.
      if (error.code === "taskUnknown") throw error;
      task.noteFailure(error);
    }
  }

  async #poll(task: WatchedTask, when: PollTime): Promise<void> {
    const { client, scheduler, policy } = this.#options;
    const { taskId } = task;
    const request = { ...when, taskId, client, signal: this.#signal, needsDetail: needsDetail(policy) };
    let response: TaskResponse;
    try {
      response = await scheduler.poll(request);
    } catch (error) {
      if (!(error instanceof GateError) || error.code !== "taskTooOld") throw error;
      this.#known.markTooOld(task);
      return;
    }
    this.#take(task, response);
  }

  #take(task: WatchedTask, response: TaskResponse): void {
    task.noteKnown(response.kind !== "unknownTask");
    if (response.kind === "unknownTask") {
      this.#failForWrongId(task);
      return;
    }
    if (response.kind === "statusOnly" && response.isEvidence) this.#tellOfStatusOnlyEvidence();
    this.#known.take(task, response);
    const parts = response.kind === "detail" ? response.answer.entries : response.answer.rows;
    task.noteProgress(parts.map((part) => part.processPercent));
    this.#tellProgress(task);
  }

  #failForWrongId(task: WatchedTask): void {
    const { scope, startedAtMs, clock } = this.#options;
    const isDue = scope !== "submitted" && clock.nowMs() - startedAtMs >= LISTED_TASK_GRACE_MS;
    if (isDue && task.looksWrong) throw task.unknown();
  }

  /** The deadline: what neither operation has known for the whole wait counts as gone. */
  async #giveUp(task: WatchedTask): Promise<void> {
    const failure = task.passingFailure;
    const isOurs = this.#options.scope === "submitted";
    if (!failure && isOurs && task.isLongSubmitted() && !this.#known.isAllSeen(task)) {
      await this.#askBoth(task);
      this.#known.markUnseen(task);
    }
    if (!failure && !isOurs && !task.isSeen) {
      this.#failure ??= task.unknown();
      return;
    }
    const facts = { kind: "deadlineBeforeEnd", taskId: task.taskId, last: failure } as const;
    this.#failure ??= new GateError(facts, { cause: failure });
  }

  /** A poll that shared its call has asked only one of the two operations. */
  async #askBoth(task: WatchedTask): Promise<void> {
    const { client, scheduler, policy } = this.#options;
    const ask = { signal: this.#signal, needsDetail: needsDetail(policy) };
    this.#take(task, await scheduler.reader.poll(client, task.taskId, ask));
    if (this.#known.isAllSeen(task)) return;
    this.#take(task, await scheduler.reader.pollStatus(client, task.taskId, ask));
  }

  #tellOfStatusOnlyEvidence(): void {
    const notice = this.#options.scheduler.reader.takeRefusalNotice();
    if (notice !== undefined) this.#options.emit({ type: "notice", severity: "warning", notice });
  }

  /** @param answered the task that was just answered for: it may be the last that anything waits for. */
  #tellProgress(answered: WatchedTask): void {
    const { run, policy, clock, client, startedAtMs, emit } = this.#options;
    const nowMs = clock.nowMs();
    const spent = { elapsedMs: nowMs - startedAtMs, apiCalls: client.callCount() };
    const isOver = this.#known.isAnswered(answered);
    const remainingMs = longestRemainingMs(this.#tasks, { nowMs, except: isOver ? answered : undefined });
    emit({ type: "progress", progress: progressOf(judgeUrls(run.state, policy), { ...spent, remainingMs }) });
  }
}
