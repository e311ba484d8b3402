import { GateError } from "../core/errors";
import {
  MIN_POLL_INTERVAL_FACTOR,
  nextPollDelayMs,
  type ProgressSample,
  pollIntervalFactorFor,
  pollIntervalFactorProblem,
} from "../core/poll-plan";
import { MAX_TASK_IDS_PER_CALL } from "../core/service-limits";

/** The share of the account's calls that polling may take: the rest is for endings, submissions, and others. */
const POLLING_SHARE = 0.7;

/** One watched task's part of the schedule. */
export interface FollowedTask {
  /** The delay until its next poll, by its progress and by how busy the account's calls are, in milliseconds. */
  nextDelayMs(samples: readonly ProgressSample[], elapsedMs: number): number;
  /** It is no longer watched. */
  end(): void;
}

export interface PollLoadOptions {
  /** What the process may spend on queries at this moment. */
  readonly callsPerSecond: () => number;
  /** Never watch closer than this, however few calls that takes; default {@link MIN_POLL_INTERVAL_FACTOR}. */
  readonly minPollIntervalFactor?: number | undefined;
}

/** How often to poll, by how many tasks a process watches: together they take no more calls than there are. */
export class PollLoad {
  readonly #callsPerSecond: () => number;
  readonly #minPollIntervalFactor: number;
  /** Whether polls share calls at this moment. */
  readonly #sharesCalls: () => boolean;
  /** Calls per second that each watched task would take at a factor of 1. */
  readonly #demand = new Map<symbol, number>();
  #totalDemand = 0;

  /** @throws GateError `usage` where the factor is out of range. */
  constructor(options: PollLoadOptions & { readonly sharesCalls: () => boolean }) {
    const { minPollIntervalFactor = MIN_POLL_INTERVAL_FACTOR } = options;
    const problem = pollIntervalFactorProblem(minPollIntervalFactor);
    if (problem) {
      const setting = "pollIntervalFactor" as const;
      throw new GateError({ kind: "settingNotValid", setting, problem, found: minPollIntervalFactor });
    }
    this.#callsPerSecond = options.callsPerSecond;
    this.#minPollIntervalFactor = minPollIntervalFactor;
    this.#sharesCalls = options.sharesCalls;
  }

  /** How many tasks are watched. */
  get watchedCount(): number {
    return this.#demand.size;
  }

  /** Says that a task is watched from now on. */
  follow(): FollowedTask {
    const key = Symbol("followed task");
    // Counts from the start: the first of a thousand is not watched as if it were alone.
    this.#noteDemand(key, [], 0);
    return {
      nextDelayMs: (samples, elapsedMs) => {
        this.#noteDemand(key, samples, elapsedMs);
        return nextPollDelayMs(samples, elapsedMs, { pollIntervalFactor: this.#pollIntervalFactor() });
      },
      end: () => {
        this.#setDemand(key, 0);
        this.#demand.delete(key);
      },
    };
  }

  #pollIntervalFactor(): number {
    const availableCallsPerSecond = POLLING_SHARE * this.#callsPerSecond();
    return pollIntervalFactorFor(this.#totalDemand, availableCallsPerSecond, this.#minPollIntervalFactor);
  }

  /** Notes what a task would take at a factor of 1, by the delay until its next poll. */
  #noteDemand(key: symbol, samples: readonly ProgressSample[], elapsedMs: number): void {
    const callsPerPoll = this.#sharesCalls() ? 1 / MAX_TASK_IDS_PER_CALL : 1;
    const delayMs = nextPollDelayMs(samples, elapsedMs, { pollIntervalFactor: 1 });
    this.#setDemand(key, (callsPerPoll * 1000) / delayMs);
  }

  #setDemand(key: symbol, callsPerSecond: number): void {
    this.#totalDemand += callsPerSecond - (this.#demand.get(key) ?? 0);
    this.#demand.set(key, callsPerSecond);
  }
}
