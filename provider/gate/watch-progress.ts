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

/** Until the last of these tasks is likely to end, in milliseconds; `undefined` while progress says nothing of one. */
export function longestRemainingMs(tasks: readonly WatchedTask[], nowMs: number): number | undefined {
  const longestMs = tasks.reduce((most, task) => Math.max(most, task.remainingMs(nowMs)), 0);
  return Number.isFinite(longestMs) ? longestMs : undefined;
}
