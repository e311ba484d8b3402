import type { Clock } from "../core/clock";

/** When a request left and its answer came, by the local clock, and what the answer's `Date` header said. */
export interface DateObservation {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  /** The header's text; what is missing or no date is ignored. */
  readonly dateHeader: string | undefined;
}

/** Which of the instants that the service's clock may show now. */
export type TimeGuess = "best" | "earliest";

/** A `Date` header is cut off to the second. */
const DATE_RESOLUTION_MS = 1_000;

/**
 * The service's clock as far as its answers tell it. Each answer bounds the difference to the local clock:
 * the service wrote its date between our sending and our receiving. Bounds that agree are intersected, which
 * soon is finer than the header's second; bounds that contradict (a clock was set) replace the old ones.
 */
export class ServerClock {
  readonly #clock: Clock;
  #lowestOffsetMs = 0;
  #highestOffsetMs = 0;
  #hasObserved = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether any answer has told the service's time yet. */
  get hasObserved(): boolean {
    return this.#hasObserved;
  }

  /** Milliseconds to add to the local clock; 0 until an answer was seen. */
  get offsetMs(): number {
    return (this.#lowestOffsetMs + this.#highestOffsetMs) / 2;
  }

  /** The best knowledge of the service's time, in milliseconds since 1970. */
  nowMs(): number {
    return Math.round(this.#clock.nowMs() + this.offsetMs);
  }

  /** The earliest that the service's time can be: after a slow answer that is well before the best guess. */
  earliestNowMs(): number {
    return Math.round(this.#clock.nowMs() + Math.min(this.#lowestOffsetMs, this.#highestOffsetMs));
  }

  observe(observation: DateObservation): void {
    const dateMs = Date.parse(observation.dateHeader ?? "");
    if (Number.isNaN(dateMs)) {
      return;
    }
    const lowest = dateMs - observation.receivedAtMs;
    // A clock that was set back meanwhile is what it now is: when the request was sent says nothing.
    const sentAtMs = Math.min(observation.sentAtMs, observation.receivedAtMs);
    const highest = dateMs + DATE_RESOLUTION_MS - sentAtMs;
    const agrees = this.#hasObserved && lowest <= this.#highestOffsetMs && highest >= this.#lowestOffsetMs;
    this.#lowestOffsetMs = agrees ? Math.max(lowest, this.#lowestOffsetMs) : lowest;
    this.#highestOffsetMs = agrees ? Math.min(highest, this.#highestOffsetMs) : highest;
    this.#hasObserved = true;
  }
}
