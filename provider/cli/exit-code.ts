import { GateError } from "../core/errors";
import type { Outcome } from "../gate";

/**
 * The exit code of a gate: 0 accepted, 1 failed, 2 usage, 3 inconclusive, 4 credentials or permission,
 * 5 quota, 7 the service cannot be reached and nothing was submitted, 130 interrupted. The error table in
 * `core/errors.ts` says which cause has which.
 *
 * What the user has to fix before another run can go better (an interruption, credentials, the quota) comes
 * before the verdict on what is known so far.
 */
export function exitCodeOf(outcome: Outcome, options: { readonly pendingIsFine: boolean }): number {
  const { failure } = outcome;
  if (outcome.accepted) return 0;
  if (failure?.code === "interrupted") return failure.exitCode;
  if (failure && [2, 4, 5].includes(failure.exitCode)) return failure.exitCode;
  if (outcome.verdict === "failed" || failure?.exitCode === 1) return 1;
  if (outcome.verdict === "pending" && options.pendingIsFine && !failure) return 0;
  return isUnreachable(failure) && nothingIsKnown(outcome) ? 7 : 3;
}

/** Also if asking went on until the deadline and no answer ever came. */
function isUnreachable(failure: GateError | undefined): boolean {
  if (failure?.exitCode === 7) return true;
  return failure?.code === "timeout" && failure.cause instanceof GateError && failure.cause.exitCode === 7;
}

function nothingIsKnown({ state }: Outcome): boolean {
  const { submissions, openAttempts } = state.saved;
  return submissions.length === 0 && openAttempts.length === 0 && state.tasks.length === 0;
}
