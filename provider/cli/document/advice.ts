import { GateError } from "../../core/errors";
import type { UrlResult } from "../../core/gate-state";
import type { GatePolicy } from "../../core/policy";

const ONLY_WHAT_FAILED = "run again with the same --state file: only what failed is submitted again";

/** What to do about a failure, by the service's words; the first that matches counts. */
const BY_DESCRIPTION: readonly [RegExp, string][] = [
  [
    /StatusCode\s*5|5XX/i,
    `The origin answered with a server error: open the URL at the origin and mend that, then ${ONLY_WHAT_FAILED}.`,
  ],
  [
    /StatusCode\s*4|4XX|not found/i,
    "The origin does not have the file, or refuses the CDN: check that it is deployed there, and its access rules.",
  ],
  [
    /timeout/i,
    `The origin did not answer in time: check its load, and that it lets the CDN's addresses in, then ${ONLY_WHAT_FAILED}.`,
  ],
  [
    /internal error/i,
    `Something failed inside the CDN: ${ONLY_WHAT_FAILED}; if it stays, give the task and request id to the vendor's support.`,
  ],
];

/** What to do about a URL that is not preloaded. */
export function adviceFor(result: UrlResult, policy: GatePolicy, stop?: GateError): string {
  if (result.state === "failed") {
    const known = BY_DESCRIPTION.find(([pattern]) => pattern.test(result.description ?? ""));
    if (known) return known[1];
    const share = result.successPercent ?? 0;
    return share > 0 && policy.minSuccessPercent > share
      ? `Fewer POPs hold it than --min-success-percent asks for: ${ONLY_WHAT_FAILED}, or ask for less.`
      : `Open the URL at the origin and see that it answers; then ${ONLY_WHAT_FAILED}.`;
  }
  const cause = stop?.code === "timeout" ? stop.cause : stop;
  if (result.state === "pending" && cause instanceof GateError && cause.code === "malformedAnswer")
    return cause.advice;
  if (result.state === "pending")
    return "Wait for its task: `cdn-preload-gate wait`, or run again with a longer --timeout.";
  if (result.state === "notSubmitted") return "Run again: what was not submitted is submitted then.";
  return "Run again with the same --state file, which looks it up before anything is submitted.";
}
