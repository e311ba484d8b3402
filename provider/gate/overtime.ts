import type { Clock } from "../core/clock";
import { GateError } from "../core/errors";

/**
 * How long after its deadline a run is ended whatever is still under way, in milliseconds: one request's
 * timeout, less the moment that a submission under way is then given to be answered.
 */
const OVERTIME_MS = 14_000;

/** A run's signal that also aborts in its overtime. */
export interface Overtime {
  readonly signal: AbortSignal;
  /** What ended the run, told apart from an interruption by the user. */
  explain(stop: GateError | undefined): GateError | undefined;
  /** The run has ended by itself. */
  end(): void;
}

/**
 * Bounds a run by its deadline: calls that are repeated, or that wait for their turn, would each end some
 * time, but together long after it.
 */
export function overtimeAfter(
  deadlineMs: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Overtime {
  const over = new AbortController();
  const ended = new AbortController();
  clock.sleep(deadlineMs + OVERTIME_MS - clock.nowMs(), ended.signal).then(
    () => over.abort(new Error("the deadline passed")),
    () => undefined,
  );
  return {
    signal: AbortSignal.any([signal, over.signal]),
    explain: (stop) => {
      if (stop?.code !== "interrupted" || signal.aborted) return stop;
      const message = "The deadline passed while the service was asked; what was submitted goes on.";
      return new GateError("timeout", message, { cause: stop });
    },
    end: () => ended.abort(),
  };
}
