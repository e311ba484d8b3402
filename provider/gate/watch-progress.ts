import type { JudgedUrls } from "../core/judge";
import type { Progress } from "../core/notices";
import type { WatchedTask } from "./watched-task";

/** How far the work is. */
export function progressOf(
  { counts, processPercents }: JudgedUrls,
  spent: Pick<Progress, "elapsedMs" | "apiCalls" | "remainingMs">,
): Progress {
  const { urls, preloaded, failed } = counts;
  const sum = processPercents.reduce((total, percent) => total + percent, 0);
  return { urls, preloaded, failed, processPercent: urls === 0 ? 0 : sum / urls, ...spent };
}

/**
 * Until the last of these tasks that are still watched is likely to end, in milliseconds; `undefined` while progress says
 * nothing of one.
 *
 * @param except one that has just ended.
 */
export function longestRemainingMs(
  tasks: readonly WatchedTask[],
  { nowMs, except }: { readonly nowMs: number; readonly except: WatchedTask | undefined },
): number | undefined {
  let longestMs = 0;
  for (const task of tasks) {
    if (!task.isWatched || task === except) continue;
    const remainingMs = task.remainingMs(nowMs);
    if (!Number.isFinite(remainingMs)) return undefined;
    if (remainingMs > longestMs) longestMs = remainingMs;
  }
  return longestMs;
}
