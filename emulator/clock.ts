/** The source of time for dates, signatures, rates, quotas and the progress of tasks. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
}

/** A clock whose owner can move it. */
export interface DrivenClock extends Clock {
  /** Moves the time by this many milliseconds. A negative number moves it back. */
  advance(byMs: number): void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements DrivenClock {
  #nowMs: number;

  /** @param startMs Milliseconds since the epoch; default 2026-01-15T08:00:00Z. */
  constructor(startMs = Date.parse("2026-01-15T08:00:00Z")) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  advance(byMs: number): void {
    this.#nowMs += byMs;
  }
}

/** The machine's clock, plus the time by which it was advanced. This is the default. */
export class ShiftedSystemClock implements DrivenClock {
  #shiftMs = 0;

  nowMs(): number {
    return Date.now() + this.#shiftMs;
  }

  advance(byMs: number): void {
    this.#shiftMs += byMs;
  }
}

/** An instant as the service writes it: ISO 8601, UTC, whole seconds. */
export function toServiceTime(instantMs: number): string {
  return `${new Date(instantMs).toISOString().slice(0, 19)}Z`;
}
