import type { Clock } from "../core/clock";
import { SIGNATURE_VALIDITY_MS } from "../wire/limits";

/** When a request left and its answer came, by the local clock, and what the answer's `Date` header said. */
export interface DateObservation {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  /** The header's text; what is missing or no date is ignored. */
  readonly dateHeader: string | undefined;
  /**
   * The service's time by which the request was signed, where the service did not refuse it for that: its true time
   * is then within a signature's validity of it, even if the header says otherwise.
   */
  readonly signedAtMs?: number | undefined;
  /** The service refused the request for its time: the local clock is wrong, and the header is all there is to go by. */
  readonly isRefusedForTime?: boolean | undefined;
}

/**
 * Which of the instants that the service's clock may show now.
 * - `best`: the most likely one.
 * - `earliest`: the earliest by the answers that are believed.
 * - `farthestBack`, `farthestAhead`: beside these by an answer that waits to be confirmed, and by the local clock. Where
 *   that and the answers do not agree, both may be wrong: all that is certain is that the service takes a signature of
 *   the believed time, so that its own is within a signature's validity of it. Where the local clock was set since the
 *   last answer, also by the time that has passed on the monotonic clock. What must not be decided too soon goes by
 *   `farthestBack`.
 */
export type TimeGuess = "best" | "earliest" | "farthestBack" | "farthestAhead";

/** A `Date` header is cut off to the second. */
const DATE_RESOLUTION_MS = 1_000;
/** How far the first answer may be from the local clock and be believed at once, in milliseconds. */
const PLAUSIBLE_OFFSET_MS = 5_000;
/** How far a later answer may be from what was learned and be believed at once: clocks drift, in milliseconds. */
const PLAUSIBLE_DRIFT_MS = 1_000;
/** How much further than a signature's validity a true date may seem to be: the request was on its way meanwhile. */
const VALIDITY_MARGIN_MS = 60_000;

/** Bounds of what to add to the local clock, in milliseconds. */
interface Offsets {
  readonly lowestMs: number;
  readonly highestMs: number;
}

const LOCAL_CLOCK: Offsets = { lowestMs: 0, highestMs: 0 };

/**
 * The service's clock as far as its answers tell it. Each answer bounds the difference to the local clock:
 * the service wrote its date between our sending and our receiving. Bounds that agree are intersected, which
 * soon is finer than the header's second.
 *
 * A single header is no proof: a proxy may have written it, or a clock that is wrong. One that disagrees with what was
 * learned, or at first with the local clock, is believed only once the next answer says the same. One that the service
 * itself contradicts, as it took a signature of quite another time, is never believed. Where it refuses a signature
 * for its time, the refusal's own date is all that can be tried.
 */
export class ServerClock {
  readonly #clock: Clock;
  #believed: Offsets | undefined;
  /** The local clock less the monotonic one, when the last answer was believed. */
  #lastLeadMs = 0;
  /** What one answer has told against it. */
  #unconfirmed: Offsets | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the service's time is known: answers have told it, and the last one did not contradict. */
  get hasObserved(): boolean {
    return this.#believed !== undefined && this.#unconfirmed === undefined;
  }

  /** Milliseconds to add to the local clock; 0 until an answer was believed. */
  get offsetMs(): number {
    const { lowestMs, highestMs } = this.#believed ?? LOCAL_CLOCK;
    return (lowestMs + highestMs) / 2;
  }

  /** What the service's time may be, in milliseconds since 1970. */
  nowMs(guess: TimeGuess = "best"): number {
    return Math.round(this.#clock.nowMs() + this.#offsetFor(guess));
  }

  observe(observation: DateObservation): void {
    const dateMs = Date.parse(observation.dateHeader ?? "");
    if (Number.isNaN(dateMs) || isContradicted(dateMs, observation)) return;
    const offsets = offsetsOf(dateMs, observation);
    const believed = this.#believed;
    if (believed && agree(offsets, believed)) {
      this.#believe(intersection(offsets, believed));
    } else if (this.#isPlausible(offsets) || observation.isRefusedForTime) {
      this.#believe(offsets);
    } else if (this.#unconfirmed && agree(offsets, this.#unconfirmed)) {
      this.#believe(intersection(offsets, this.#unconfirmed));
    } else {
      this.#unconfirmed = offsets;
    }
  }

  #isPlausible(offsets: Offsets): boolean {
    return this.#believed
      ? agree(offsets, widened(this.#believed, PLAUSIBLE_DRIFT_MS))
      : agree(offsets, widened(LOCAL_CLOCK, PLAUSIBLE_OFFSET_MS));
  }

  #believe(offsets: Offsets): void {
    this.#believed = offsets;
    this.#unconfirmed = undefined;
    this.#lastLeadMs = this.#leadMs();
  }

  #leadMs(): number {
    return this.#clock.steadyMs ? this.#clock.nowMs() - this.#clock.steadyMs() : 0;
  }

  /** By how much the local clock was set ahead since an answer was believed; negative where it was set back. */
  get #setAheadMs(): number {
    return this.#believed === undefined ? 0 : this.#leadMs() - this.#lastLeadMs;
  }

  #offsetFor(guess: TimeGuess): number {
    if (guess === "best") return this.offsetMs;
    const believed = this.#believed ?? LOCAL_CLOCK;
    if (guess === "earliest") return Math.min(believed.lowestMs, believed.highestMs);
    // Two that agree cannot both be wrong; of two that do not, both can.
    const isSupported =
      this.#believed !== undefined && agree(this.#believed, widened(LOCAL_CLOCK, PLAUSIBLE_OFFSET_MS));
    const other = isSupported ? LOCAL_CLOCK : widened(believed, SIGNATURE_VALIDITY_MS);
    const all = [believed, this.#unconfirmed ?? believed, other, shifted(believed, -this.#setAheadMs)];
    const bounds = all.flatMap(({ lowestMs, highestMs }) => [lowestMs, highestMs]);
    return guess === "farthestBack" ? Math.min(...bounds) : Math.max(...bounds);
  }
}

/** Whether the service has taken a signature that it would have refused if this were its time. */
function isContradicted(dateMs: number, { signedAtMs, sentAtMs, receivedAtMs }: DateObservation): boolean {
  if (signedAtMs === undefined) return false;
  const tookMs = Math.max(receivedAtMs - sentAtMs, 0);
  return Math.abs(dateMs - signedAtMs) > SIGNATURE_VALIDITY_MS + VALIDITY_MARGIN_MS + tookMs;
}

function offsetsOf(dateMs: number, { sentAtMs, receivedAtMs }: DateObservation): Offsets {
  // A clock that was set back meanwhile is what it now is: when the request was sent says nothing.
  const leftAtMs = Math.min(sentAtMs, receivedAtMs);
  return { lowestMs: dateMs - receivedAtMs, highestMs: dateMs + DATE_RESOLUTION_MS - leftAtMs };
}

function agree(a: Offsets, b: Offsets): boolean {
  return a.lowestMs <= b.highestMs && a.highestMs >= b.lowestMs;
}

function widened({ lowestMs, highestMs }: Offsets, byMs: number): Offsets {
  return { lowestMs: lowestMs - byMs, highestMs: highestMs + byMs };
}

function shifted({ lowestMs, highestMs }: Offsets, byMs: number): Offsets {
  return { lowestMs: lowestMs + byMs, highestMs: highestMs + byMs };
}

function intersection(a: Offsets, b: Offsets): Offsets {
  return { lowestMs: Math.max(a.lowestMs, b.lowestMs), highestMs: Math.min(a.highestMs, b.highestMs) };
}
