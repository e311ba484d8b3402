import type { Clock } from "../core/clock";
import { GateError } from "../core/errors";

/** Pauses between attempts, in milliseconds. */
interface Pauses {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** A full queue empties slowly; what is throttled or busy passes sooner. */
const PAUSES = {
  queueFull: { firstMs: 5_000, longestMs: 60_000 },
  other: { firstMs: 1_000, longestMs: 30_000 },
} as const satisfies Record<string, Pauses>;

/** The last attempt is made so long before the deadline, in milliseconds: it has to be answered. */
const LAST_ATTEMPT_MS = 1_000;

/**
 * How long to wait before something that was refused is tried again, within a deadline: longer each time, no shorter
 * than the service asks for, and the last time just before the deadline.
 */
export class RetryPauses {
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  #refusals = 0;

  /** @param options.deadlineMs absolute, by the local clock. */
  constructor(options: { readonly clock: Clock; readonly deadlineMs: number }) {
    this.#clock = options.clock;
    this.#deadlineMs = options.deadlineMs;
  }

  /** @returns milliseconds; `undefined` where no time is left, or the service asks for more than there is. */
  nextMs(refusal: GateError): number | undefined {
    const { firstMs, longestMs } = refusal.code === "queueFull" ? PAUSES.queueFull : PAUSES.other;
    const plainMs = Math.min(firstMs * 2 ** this.#refusals, longestMs);
    this.#refusals += 1;
    const leftMs = this.#deadlineMs - LAST_ATTEMPT_MS - this.#clock.nowMs();
    const askedMs = refusal.retryAfterMs ?? 0;
    if (leftMs <= 0 || askedMs > leftMs) return undefined;
    return Math.max(Math.min(plainMs, leftMs), askedMs);
  }
}

/** Whether the service itself has refused for a moment; where no answer comes, asking on and on is no use. */
function isMomentary(error: unknown): error is GateError {
  if (!(error instanceof GateError) || error.serviceCode === undefined) return false;
  return error.code === "throttled" || error.code === "transient";
}

/**
 * Asks again, until shortly before the deadline, what the service refuses for a moment: too many calls, a failure that
 * passes.
 *
 * @throws GateError the last refusal, or the signal's reason.
 */
export async function askWithinDeadline<T>(
  ask: () => Promise<T>,
  options: { readonly clock: Clock; readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<T> {
  const pauses = new RetryPauses(options);
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const pauseMs = isMomentary(error) ? pauses.nextMs(error) : undefined;
      if (pauseMs === undefined) throw error;
      await options.clock.sleep(pauseMs, options.signal);
    }
  }
}
