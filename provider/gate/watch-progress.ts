import type { GateState } from "../core/gate-state";
import { countUrls } from "../core/judge";
import type { Progress } from "../core/notices";
import type { WatchedTask } from "./watched-task";

/**
 * How far the work is.
 *
 * @param open the tasks that may still say something.
 */
export function progressOf(
  state: GateState,
  open: readonly WatchedTask[],
  spent: Pick<Progress, "elapsedMs" | "apiCalls">,
): Progress {
  const { urls, preloaded, failed } = countUrls(state.results);
  const slowestMs = open.length > 0 ? Math.max(...open.map((task) => task.remainingMs())) : 0;
  return {
    urls,
    preloaded,
    failed,
    processPercent: processPercentOf(state),
    remainingMs: Number.isFinite(slowestMs) ? Math.max(0, slowestMs) : undefined,
    ...spent,
  };
}

/** The share of POPs on which the URLs' tasks have ended: the mean over the URLs. */
function processPercentOf(state: GateState): number {
  if (state.results.length === 0) return 0;
  const byDomain = new Map<string, Map<string, number>>();
  for (const task of state.tasks) {
    const byTask = byDomain.get(task.domain) ?? new Map<string, number>();
    byDomain.set(task.domain, byTask.set(task.taskId, task.processPercent ?? 0));
  }
  const sum = state.results.reduce((total, result) => {
    const settled = result.state === "preloaded" || result.state === "failed";
    return total + (settled ? 100 : (byDomain.get(result.domain)?.get(result.taskId) ?? 0));
  }, 0);
  return sum / state.results.length;
}
