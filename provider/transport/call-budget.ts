import type { Clock } from "../core/clock";
import { GateError } from "../core/errors";
import { CALLS_PER_SECOND, type OperationName } from "../wire/limits";
import { onAbort } from "./abort";

/** Calls of priority `high` go before those of `normal`; within one, first come, first served. */
export type CallPriority = "high" | "normal";

/** Leave to make one call. */
export interface CallPermit {
  readonly operation: OperationName;
  readonly grantedAtMs: number;
}

/**
 * The one limiter of calls in a process. Per operation, no sliding second ever sees more than the
 * documented rate or `callsPerSecond`, whichever is less.
 */
export interface CallBudget {
  /**
   * Waits for leave to make one call. Rejects with the signal's reason as soon as it aborts, and with GateError
   * `throttled` where the service has asked to make no call before `waitUntilMs`.
   */
  acquire(operation: OperationName, options?: AcquireOptions): Promise<CallPermit>;
  /**
   * The service answered that there were too many calls: halves the operation's rate, which then recovers
   * slowly, and makes no call before `retryAfterMs` has passed (at most {@link MAX_RETRY_AFTER_MS}).
   */
  reportThrottled(permit: CallPermit, retryAfterMs?: number): void;
  /** The operation's rate at this moment. */
  currentCallsPerSecond(operation: OperationName): number;
}

export interface AcquireOptions {
  readonly priority?: CallPriority | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Absolute, by the local clock. */
  readonly waitUntilMs?: number | undefined;
}

/** Default of `callsPerSecond`: below every documented rate but one, so that a console or a script next to us still gets through. */
export const DEFAULT_CALLS_PER_SECOND = 20;

/** The longest `Retry-After` that is honoured: a proxy may name hours. */
export const MAX_RETRY_AFTER_MS = 60_000;

/** The window is a little longer than a second: calls that leave a second apart can arrive closer together. */
const WINDOW_MS = 1_050;

/** One call in four seconds: throttled ever again, a gate still asks now and then. */
const LOWEST_CALLS_PER_SECOND = 0.25;

/** How long the rate takes from nothing to its ceiling: after one halving it is whole again in a minute. */
const RECOVERY_MS = 120_000;

/**
 * Creates the budget. There should be one in a process, passed to every transport: the service counts per account.
 *
 * @throws GateError `usage` when `callsPerSecond` is not a number above 0.
 */
export function createCallBudget(options: {
  readonly clock: Clock;
  /** Default {@link DEFAULT_CALLS_PER_SECOND}. */
  readonly callsPerSecond?: number | undefined;
}): CallBudget {
  const callsPerSecond = options.callsPerSecond ?? DEFAULT_CALLS_PER_SECOND;
  if (!(callsPerSecond > 0)) {
    throw new GateError({
      kind: "settingNotValid",
      setting: "callsPerSecond",
      problem: { kind: "notAboveZero" },
      found: callsPerSecond,
    });
  }
  const lanes = new Map<OperationName, Lane>();
  const laneOf = (operation: OperationName): Lane => {
    const lane =
      lanes.get(operation) ??
      new Lane(options.clock, operation, Math.min(CALLS_PER_SECOND[operation], callsPerSecond));
    lanes.set(operation, lane);
    return lane;
  };
  return {
    acquire: (operation, options = {}) => laneOf(operation).acquire(options),
    reportThrottled: (permit, retryAfterMs = 0) =>
      laneOf(permit.operation).reportThrottled(permit, retryAfterMs),
    currentCallsPerSecond: (operation) => laneOf(operation).rate(options.clock.nowMs()),
  };
}

interface Waiter {
  readonly waitUntilMs: number;
  readonly grant: (permit: CallPermit) => void;
  readonly fail: (error: unknown) => void;
}

/** One operation's queue and rate. */
class Lane {
  readonly #clock: Clock;
  readonly #operation: OperationName;
  readonly #ceiling: number;
  readonly #queues: Record<CallPriority, Waiter[]> = { high: [], normal: [] };
  /** When calls were granted, oldest first; no more than a window can hold. */
  #grantedAtMs: number[] = [];
  #rateAtCut: number;
  #cutAtMs = Number.NEGATIVE_INFINITY;
  #blockedUntilMs = Number.NEGATIVE_INFINITY;
  /** Set while the lane sleeps until its next grant. */
  #sleeping: AbortController | undefined;

  constructor(clock: Clock, operation: OperationName, ceiling: number) {
    this.#clock = clock;
    this.#operation = operation;
    this.#ceiling = ceiling;
    this.#rateAtCut = ceiling;
  }

  async acquire(options: AcquireOptions): Promise<CallPermit> {
    const { priority = "normal", signal, waitUntilMs = Number.POSITIVE_INFINITY } = options;
    signal?.throwIfAborted();
    let stopListening = () => {};
    try {
      return await new Promise<CallPermit>((resolve, reject) => {
        const waiter: Waiter = { waitUntilMs, grant: resolve, fail: reject };
        stopListening = onAbort(signal, () => this.#withdraw(waiter, signal?.reason));
        this.#queues[priority].push(waiter);
        this.#turnAway();
        this.#serve();
      });
    } finally {
      stopListening();
    }
  }

  reportThrottled(permit: CallPermit, retryAfterMs: number): void {
    const nowMs = this.#clock.nowMs();
    this.#blockedUntilMs = Math.max(
      this.#blockedUntilMs,
      nowMs + Math.min(Math.max(retryAfterMs, 0), MAX_RETRY_AFTER_MS),
    );
    // Calls that left before the last cut say nothing of the rate after it: a burst is one offence, not twenty.
    if (permit.grantedAtMs > this.#cutAtMs) {
      this.#rateAtCut = Math.max(this.rate(nowMs) / 2, Math.min(LOWEST_CALLS_PER_SECOND, this.#ceiling));
      this.#cutAtMs = nowMs;
    }
    this.#turnAway();
  }

  /** Those who would not wait as long as the service asks go at once. */
  #turnAway(): void {
    const pauseMs = this.#blockedUntilMs - this.#clock.nowMs();
    // Longer than any that is taken: the clock was set back.
    if (pauseMs <= 0 || pauseMs > MAX_RETRY_AFTER_MS) return;
    const waiting = [...this.#queues.high, ...this.#queues.normal];
    for (const waiter of waiting.filter(({ waitUntilMs }) => waitUntilMs < this.#blockedUntilMs)) {
      this.#withdraw(waiter, new GateError({ kind: "heldBack", pauseMs }, { operation: this.#operation }));
    }
  }

  rate(nowMs: number): number {
    const recovered = (this.#ceiling * Math.max(nowMs - this.#cutAtMs, 0)) / RECOVERY_MS;
    return Math.min(this.#ceiling, this.#rateAtCut + recovered);
  }

  #withdraw(waiter: Waiter, reason: unknown): void {
    for (const queue of Object.values(this.#queues)) {
      const index = queue.indexOf(waiter);
      if (index >= 0) {
        queue.splice(index, 1);
      }
    }
    waiter.fail(reason);
    // No call waits any more: a timer left behind would keep the process alive.
    if (this.#isIdle()) {
      this.#sleeping?.abort();
    }
  }

  #isIdle(): boolean {
    return this.#queues.high.length === 0 && this.#queues.normal.length === 0;
  }

  #serve(): void {
    if (this.#sleeping !== undefined) {
      return;
    }
    while (!this.#isIdle()) {
      const nowMs = this.#clock.nowMs();
      const waitMs = this.#waitMs(nowMs);
      if (waitMs > 0) {
        this.#serveAfter(waitMs);
        return;
      }
      this.#grantedAtMs.push(nowMs);
      const waiter = this.#queues.high.shift() ?? this.#queues.normal.shift();
      waiter?.grant({ operation: this.#operation, grantedAtMs: nowMs });
    }
  }

  #serveAfter(waitMs: number): void {
    const sleeping = new AbortController();
    this.#sleeping = sleeping;
    const wake = () => {
      this.#sleeping = undefined;
      this.#serve();
    };
    this.#clock.sleep(waitMs, sleeping.signal).then(wake, wake);
  }

  /** How long until the next call may be made; below one call a second, the window grows instead of the count shrinking. */
  #waitMs(nowMs: number): number {
    const rate = this.rate(nowMs);
    const windowMs = WINDOW_MS / Math.min(rate, 1);
    const callsInWindow = Math.max(Math.floor(rate), 1);
    // A time in the future means that the clock was set back: forget it rather than wait for it.
    this.#cutAtMs = Math.min(this.#cutAtMs, nowMs);
    this.#grantedAtMs = this.#grantedAtMs.filter((atMs) => atMs <= nowMs).slice(-Math.ceil(this.#ceiling));
    const blockedMs = this.#blockedUntilMs - nowMs;
    const oldestMs = this.#grantedAtMs.at(-callsInWindow);
    const windowWaitMs = oldestMs === undefined ? 0 : oldestMs + windowMs - nowMs;
    return Math.max(blockedMs > MAX_RETRY_AFTER_MS ? 0 : blockedMs, windowWaitMs, 0);
  }
}
