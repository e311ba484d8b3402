import { GateError } from "../core/errors";
import { ListenerError } from "./events";

/**
 * How the gate fails: each step throws, a run catches once, at its top, and what is known by then is in its state. A
 * step after whose failure the run may go on all the same throws what is {@link postponable}.
 */

/** What a run's signal aborts with at the deadline, told apart from an interruption by the user. */
export class DeadlinePassed extends Error {}

/** A run that was ended by its signal. */
class RunEnded extends GateError {}

/** What ended a run, as the one error of this product. */
export function asFailure(error: unknown, signal: AbortSignal): GateError {
  // A call that was interrupted speaks of itself alone, and the signal's reason is anybody's.
  const isOfTheSignal =
    error === signal.reason || (error instanceof GateError && error.code === "interrupted");
  if (error instanceof RunEnded || (error instanceof GateError && !isOfTheSignal)) return error;
  if (signal.aborted) return endedBy(signal, error);
  if (error instanceof GateError) return error;
  return new GateError({ kind: "unexpected", why: String(error) }, { cause: error });
}

/** Why a run whose signal has aborted ends. */
export function endedBy(signal: AbortSignal, cause?: unknown): GateError {
  const isLate = signal.reason instanceof DeadlinePassed;
  return new RunEnded({ kind: isLate ? "deadlineWhileAsking" : "interrupted" }, { cause });
}

/** The same failure, which tells first what has led to it. */
export function failureAfter(cause: GateError, failure: GateError): GateError {
  const facts = { kind: "searchEnded", code: failure.code, unanswered: cause, failure } as const;
  const details = { ...failure, cause };
  return failure instanceof RunEnded ? new RunEnded(facts, details) : new GateError(facts, details);
}

/**
 * A failure after which a run may go on and do what it still can. It is the run's own where nothing else ends it.
 *
 * @throws GateError what no run goes on after: its end by the signal, a listener's failure, a fault of our own.
 */
export function postponable(error: unknown, signal: AbortSignal): GateError {
  if (signal.aborted) throw endedBy(signal, error);
  const failure = asFailure(error, signal);
  if (failure instanceof ListenerError || failure.code === "internal") throw failure;
  return failure;
}
