import { GateError } from "../core/errors";
import { type ProgressSample, predictedEndMs } from "../core/poll-plan";
import type { FollowedTask } from "./poll-load";
import type { PollScheduler } from "./poll-scheduler";
import type { StepOptions } from "./step-options";

/** An unknown task is a wrong id after so many answers in a row. */
const MAX_EMPTY_ANSWERS = 3;
/** Answers in a row that cannot be understood, after which asking again is no use. */
const MAX_MALFORMED_ANSWERS = 5;
/** Longest delay after a failed poll, in milliseconds. */
const MAX_DELAY_AFTER_FAILURE_MS = 30_000;
/**
 * A task of ours that stays unknown for less than this may only be late, in milliseconds: a hundred times
 * what the service documents.
 */
const UNSEEN_TASK_GRACE_MS = 5 * 60_000;

export interface WatchedTaskOptions extends Pick<StepOptions, "client" | "clock" | "run"> {
  readonly scheduler: Pick<PollScheduler, "follow">;
}

/** One task while it is watched: how its polls went, and when to poll it next. */
export class WatchedTask {
  readonly taskId: string;
  /** Whether an answer has told of what is ours of it. */
  isSeen = false;
  /** The domains of ours that an answer has told of. */
  readonly toldDomains = new Set<string>();
  /** Whether anything still waits for it. */
  isWatched = true;
  /** Whether a row that may only have been late was waited for. */
  hasWaitedForRow = false;
  readonly #options: WatchedTaskOptions;
  readonly #schedule: FollowedTask;
  /** When the task was submitted, by the local clock. */
  readonly #startedAtMs: number;
  /** The same by the service's clock, at the latest; `undefined` for a task of another's. */
  readonly #submittedAtMs: number | undefined;
  readonly #samples: ProgressSample[] = [];
  /** From its start, in milliseconds; `NaN` while progress says nothing. */
  #predictedEndMs = Number.NaN;
  #failuresInARow = 0;
  #malformedInARow = 0;
  /** Answers in a row that know nothing of it. */
  #emptyInARow = 0;
  #passingFailure: GateError | undefined;

  constructor(taskId: string, options: WatchedTaskOptions) {
    const { client, clock, scheduler, run } = options;
    const { submissions } = run.state.saved;
    const submission = submissions.findLast((accepted) => accepted.taskIds.includes(taskId));
    this.taskId = taskId;
    this.#options = options;
    this.#schedule = scheduler.follow();
    this.#submittedAtMs = submission && submission.submittedAtMs + (submission.clockDoubtMs ?? 0);
    const ageMs = this.#submittedAtMs === undefined ? 0 : client.serverNowMs() - this.#submittedAtMs;
    this.#startedAtMs = clock.nowMs() - Math.max(0, ageMs);
  }

  /** Why its last poll brought no answer, where the next may. */
  get passingFailure(): GateError | undefined {
    return this.#passingFailure;
  }

  /** When the plan expects that it may have ended at the earliest, in milliseconds from now. */
  firstDelayMs(): number {
    return Math.max(0, this.#schedule.nextDelayMs([], 0) - this.#elapsedMs());
  }

  /** Until its next poll, in milliseconds. */
  nextDelayMs(): number {
    const plannedMs = this.#schedule.nextDelayMs(this.#samples, this.#elapsedMs());
    if (!this.#passingFailure) return plannedMs;
    const backoffMs = Math.min(MAX_DELAY_AFTER_FAILURE_MS, 1_000 * 2 ** (this.#failuresInARow - 1));
    return Math.max(plannedMs, backoffMs, this.#passingFailure.retryAfterMs ?? 0);
  }

  /** A poll has brought an answer. */
  noteAnswer(): void {
    this.#passingFailure = undefined;
    this.#failuresInARow = 0;
    this.#malformedInARow = 0;
  }

  /**
   * A poll has failed in a way that may go better next time.
   *
   * @throws GateError the failure, where it has come too often.
   */
  noteFailure(failure: GateError): void {
    this.#failuresInARow += 1;
    this.#malformedInARow = failure.code === "malformedAnswer" ? this.#malformedInARow + 1 : 0;
    if (this.#malformedInARow >= MAX_MALFORMED_ANSWERS) throw failure;
    this.#passingFailure = failure;
  }

  /** An answer knows, or does not know, the task. */
  noteKnown(isKnown: boolean): void {
    this.#emptyInARow = isKnown ? 0 : this.#emptyInARow + 1;
  }

  /** @param percents the share of POPs on which each part of it has ended. */
  noteProgress(percents: readonly (number | undefined)[]): void {
    const slowest = Math.min(...percents.map((percent) => percent ?? 0));
    const remainingShare = 1 - (Number.isFinite(slowest) ? slowest : 0) / 100;
    if (remainingShare >= (this.#samples.at(-1)?.remainingShare ?? 1)) return;
    this.#samples.push({ atMs: this.#elapsedMs(), remainingShare });
    this.#predictedEndMs = predictedEndMs(this.#samples) ?? Number.NaN;
  }

  /** Until it is likely to end, in milliseconds; `NaN` while progress says nothing. */
  remainingMs(nowMs: number): number {
    return this.#predictedEndMs - (nowMs - this.#startedAtMs);
  }

  /** Whether so many answers in a row know nothing of it that its id is a wrong one. */
  get looksWrong(): boolean {
    return !this.isSeen && this.#emptyInARow >= MAX_EMPTY_ANSWERS;
  }

  /** By the service's clock, as late as it surely is: neither a local clock that is set nor a wrong date makes a task older. */
  isLongSubmitted(): boolean {
    if (this.#submittedAtMs === undefined) return false;
    return this.#options.client.serverNowMs("farthestBack") - this.#submittedAtMs >= UNSEEN_TASK_GRACE_MS;
  }

  /** What it means that the service does not know it. */
  unknown(): GateError {
    return new GateError({ kind: "taskUnknown", taskId: this.taskId, answers: this.#emptyInARow });
  }

  /** It is no longer watched. */
  end(): void {
    this.isWatched = false;
    this.#schedule.end();
  }

  #elapsedMs(): number {
    return this.#options.clock.nowMs() - this.#startedAtMs;
  }
}
