/**
 * Time, as an argument. The core and the gate never read a clock of their own, so that a test or a
 * simulation can drive years in milliseconds.
 */
export interface Clock {
  /** The local wall clock, in milliseconds since 1970. */
  nowMs(): number;
  /**
   * The process's monotonic clock, in milliseconds since an arbitrary instant. It cannot be set, and may stand still
   * while the machine sleeps. If it is absent, the wall clock is taken not to be set.
   */
  steadyMs?(): number;
  /**
   * Resolves after `durationMs`, or rejects with the signal's reason as soon as it aborts.
   * Any duration is allowed: the implementation splits what the platform's timers cannot hold.
   */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}
