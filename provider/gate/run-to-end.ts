import type { Clock } from "../core/clock";
import type { GateError } from "../core/errors";
import { withTimeout } from "../transport/abort";
import { asFailure, DeadlinePassed } from "./failure";

/**
 * How long after its deadline a run is ended although something is still under way, in milliseconds: one request's
 * timeout, less the moment that a submission under way is then given to be answered.
 */
const HARD_DEADLINE_GRACE_MS = 14_000;

/** How a run's work ended. */
export interface RunEnd {
  /** What ended it before every task had, or what it could not do on its way; absent where there is none. */
  readonly failure?: GateError | undefined;
  /** Whether an override lets the verdict through. */
  readonly overridden?: boolean;
}

/**
 * Does the work of a run. It ends in any case: calls that are repeated, or that wait for their turn, would each end
 * some time, but together long after the deadline.
 *
 * The one place where the gate's failures are caught; what is known by then is in the run's state.
 *
 * @param bounds.deadlineMs absolute, by the local clock.
 * @param work gets the signal that ends the run: the user's, or the hard deadline.
 */
export async function runToEnd(
  bounds: { readonly clock: Clock; readonly signal: AbortSignal; readonly deadlineMs: number },
  work: (signal: AbortSignal) => Promise<RunEnd>,
): Promise<RunEnd> {
  const { clock, signal, deadlineMs } = bounds;
  const durationMs = deadlineMs + HARD_DEADLINE_GRACE_MS - clock.nowMs();
  const reason = new DeadlinePassed("the deadline passed");
  return withTimeout({ clock, durationMs, reason, signal }, async (ending) => {
    try {
      return await work(ending);
    } catch (error) {
      return { failure: asFailure(error, ending) };
    }
  });
}
