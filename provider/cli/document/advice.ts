import type { GateError } from "../../core/errors";
import type { GatePolicy } from "../../core/policy";
import { malformedCause } from "../../core/reasons";
import { splitTaskIds } from "../../core/saved-state";
import type { UrlResult } from "../../core/shown-results";
import type { UrlAdvice } from "../../wording/catalogue";

/** What the service's words on a failure tell of its cause; the first that matches counts. */
const BY_DESCRIPTION: readonly [RegExp, UrlAdvice][] = [
  [/StatusCode\s*5|5XX/i, { kind: "originFails" }],
  [/StatusCode\s*4|4XX|not found/i, { kind: "originRefuses" }],
  [/timeout/i, { kind: "originTooSlow" }],
  [/internal error/i, { kind: "cdnFails" }],
];

/** What to do about a URL that is not preloaded. */
export function urlAdviceOf(
  result: UrlResult,
  { policy, failure }: { readonly policy: GatePolicy; readonly failure: GateError | undefined },
): UrlAdvice {
  const taskIds = splitTaskIds(result.taskId);
  switch (result.state) {
    case "failed":
      return adviceForFailed(result, policy);
    case "pending":
      return malformedCause(failure) ? { kind: "notUnderstood" } : { kind: "waitForTask", taskIds };
    case "notSubmitted":
      return { kind: "submitAgain" };
    default:
      return { kind: "findOut", taskIds };
  }
}

function adviceForFailed(result: UrlResult, policy: GatePolicy): UrlAdvice {
  const known = BY_DESCRIPTION.find(([pattern]) => pattern.test(result.description ?? ""));
  if (known) return known[1];
  const share = result.successPercent ?? 0;
  return { kind: share > 0 && policy.minSuccessPercent > share ? "tooFewPops" : "originUnknown" };
}
