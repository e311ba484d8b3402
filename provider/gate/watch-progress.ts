import type { GateState } from "../core/gate-state";
import { judgeUrls } from "../core/judge";
import type { Progress } from "../core/notices";
import type { GatePolicy } from "../core/policy";
import { factsOf, type Holders } from "../core/task-facts";
import type { WatchedTask } from "./watched-task";

/**
 * How far the work is.
 *
 * @param open the tasks that may still say something.
 */
export function progressOf(
  { state, policy }: { readonly state: GateState; readonly policy: GatePolicy },
  open: readonly WatchedTask[],
  spent: Pick<Progress, "elapsedMs" | "apiCalls">,
): Progress {
  const { urls, preloaded, failed } = judgeUrls(state, policy).counts;
  const slowestMs = open.length > 0 ? Math.max(...open.map((task) => task.remainingMs())) : 0;
  return {
    urls,
    preloaded,
    failed,
    processPercent: processPercentOf(state, policy),
    remainingMs: Number.isFinite(slowestMs) ? Math.max(0, slowestMs) : undefined,
    ...spent,
  };
}

/** The share of POPs on which the URLs' tasks have ended: the mean over the URLs. */
function processPercentOf(state: GateState, policy: GatePolicy): number {
  const { urls } = state;
  const { states } = judgeUrls(state, policy);
  const facts = factsOf(state);
  const sum = urls.reduce((total, { taskIds, url }, at) => {
    const isSettled = states[at] === "preloaded" || states[at] === "failed";
    return total + (isSettled ? 100 : slowestPercentOf(facts.holdersOf(taskIds, url.host)));
  }, 0);
  return urls.length === 0 ? 0 : sum / urls.length;
}

/** Of several tasks the slowest counts; one that nothing was told of has not begun. */
function slowestPercentOf({ taskIds, parts }: Holders): number {
  if (parts.length === 0 || parts.length < taskIds.length) return 0;
  return parts.reduce((least, { processPercent = 0 }) => Math.min(least, processPercent), 100);
}
