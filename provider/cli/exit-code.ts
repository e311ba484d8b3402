import { GateError } from "../core/errors";
import type { Outcome } from "../gate";

/**
 * The exit code of a gate: 0 accepted, 1 failed, 2 usage, 3 inconclusive, 4 credentials or permission,
 * 5 quota, 7 the service cannot be reached and nothing was submitted, 130 interrupted. The error table in
 * `core/errors.ts` says which cause has which.
 *
 * What the user has to mend before another run can go better (an interruption, credentials, the quota) comes
 * before the verdict on what is known so far.
 */
export function exitCodeOf(outcome: Outcome, options: { readonly pendingIsFine: boolean }): number {
  const { stop } = outcome;
  if (outcome.accepted) return 0;
  if (stop?.code === "interrupted") return stop.exitCode;
  if (stop && [2, 4, 5].includes(stop.exitCode)) return stop.exitCode;
  if (outcome.verdict === "failed" || stop?.exitCode === 1) return 1;
  if (outcome.verdict === "pending" && options.pendingIsFine && !stop) return 0;
  return isUnreachable(stop) && nothingIsKnown(outcome) ? 7 : 3;
}

/** Also where asking went on until the deadline and nobody ever answered. */
function isUnreachable(stop: GateError | undefined): boolean {
  if (stop?.exitCode === 7) return true;
  return stop?.code === "timeout" && stop.cause instanceof GateError && stop.cause.exitCode === 7;
}

function nothingIsKnown({ state }: Outcome): boolean {
  const { submissions, openAttempts } = state.saved;
  return submissions.length === 0 && openAttempts.length === 0 && state.tasks.length === 0;
}
