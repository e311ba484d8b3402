import { GateError } from "../core/errors";

/** What ended a run, as the one error of this product. */
export function asFailure(error: unknown, signal: AbortSignal): GateError {
  if (signal.aborted) {
    return new GateError("interrupted", "Interrupted; what was submitted goes on.", { cause: error });
  }
  if (error instanceof GateError) return error;
  return new GateError("internal", `Something unexpected happened: ${String(error)}.`, { cause: error });
}
