import type { GateError } from "../../core/errors";
import type { UrlResult } from "../../core/gate-state";
import type { GatePolicy } from "../../core/policy";
import { malformedCause } from "../../core/reasons";
import type { Memory } from "./memory";

/** How to submit again no more than what failed. */
const ONLY_WHAT_FAILED = {
  stateFile: "run again with the same --state file: only what failed is submitted again",
  none: "run again with these URLs alone: without --state a run submits all that it is given",
  watches: "submit these URLs again with `cdn-preload-gate run`",
} as const satisfies Record<Memory["kind"], string>;

/** What to do about a failure, by the service's words; the first that matches counts. */
const BY_DESCRIPTION: readonly [RegExp, (again: string) => string][] = [
  [
    /StatusCode\s*5|5XX/i,
    (again) =>
      `The origin answered with a server error: open the URL at the origin and fix that, then ${again}.`,
  ],
  [
    /StatusCode\s*4|4XX|not found/i,
    () =>
      "The origin does not have the file, or refuses the CDN: check that it is deployed there, and its access rules.",
  ],
  [
    /timeout/i,
    (again) =>
      `The origin did not answer in time: check its load, and that it lets the CDN's addresses in, then ${again}.`,
  ],
  [
    /internal error/i,
    (again) =>
      `Something failed inside the CDN: ${again}; if it stays, give the task and request id to the vendor's support.`,
  ],
];

/** What to do about a URL that is not preloaded. */
export function adviceFor(
  result: UrlResult,
  {
    policy,
    failure,
    memory,
  }: { readonly policy: GatePolicy; readonly failure: GateError | undefined; readonly memory: Memory },
): string {
  const again = ONLY_WHAT_FAILED[memory.kind];
  if (result.state === "failed") {
    const known = BY_DESCRIPTION.find(([pattern]) => pattern.test(result.description ?? ""));
    if (known) return known[1](again);
    const share = result.successPercent ?? 0;
    return share > 0 && policy.minSuccessPercent > share
      ? `Fewer POPs hold it than --min-success-percent asks for: ${again}, or ask for less.`
      : `Open the URL at the origin and see that it answers; then ${again}.`;
  }
  if (result.state === "pending") return adviceForPending(result, { failure, memory });
  if (memory.kind === "stateFile") {
    return result.state === "notSubmitted"
      ? "Run again: what was not submitted is submitted then."
      : "Run again with the same --state file, which looks it up before anything is submitted.";
  }
  if (result.state === "notSubmitted") return `It was not submitted: ${again}.`;
  const find =
    result.taskId === ""
      ? "look for it in the CDN console"
      : `ask \`cdn-preload-gate status ${result.taskId}\``;
  return `Find out first what became of it: ${find}. Then ${again}.`;
}

function adviceForPending(
  result: UrlResult,
  { failure, memory }: { readonly failure: GateError | undefined; readonly memory: Memory },
): string {
  const malformed = malformedCause(failure);
  if (malformed) return malformed.advice;
  if (memory.kind === "stateFile") {
    return "Wait for its task: `cdn-preload-gate wait`, or run again with a longer --timeout.";
  }
  return `Wait for its task: \`cdn-preload-gate wait ${result.taskId}\`.`;
}
