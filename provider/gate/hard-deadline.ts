import type { Clock } from "../core/clock";
import { GateError } from "../core/errors";

/**
 * How long after its deadline a run is ended whatever is still under way, in milliseconds: one request's
 * timeout, less the moment that a submission under way is then given to be answered.
 */
const HARD_DEADLINE_GRACE_MS = 14_000;

/** A run's signal that also aborts in its hardDeadline. */
export interface HardDeadline {
  readonly signal: AbortSignal;
  /** What ended the run, told apart from an interruption by the user. */
  explain(failure: GateError | undefined): GateError | undefined;
  /** The run has ended by itself. */
  end(): void;
}

/**
 * Bounds a run by its deadline: calls that are repeated, or that wait for their turn, would each end some
 * time, but together long after it.
 */
export function hardDeadlineAfter(
  deadlineMs: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): HardDeadline {
  const over = new AbortController();
  const ended = new AbortController();
  clock.sleep(deadlineMs + HARD_DEADLINE_GRACE_MS - clock.nowMs(), ended.signal).then(
    () => over.abort(new Error("the deadline passed")),
    () => undefined,
  );
  return {
    signal: AbortSignal.any([signal, over.signal]),
    explain: (failure) => {
      if (failure?.code !== "interrupted" || signal.aborted) return failure;
      const message = "The deadline passed while the service was asked; what was submitted goes on.";
      return new GateError("timeout", message, { cause: failure });
    },
    end: () => ended.abort(),
  };
}
