import type { Progress } from "../core/notices";

/** Where lines are kept, one for at most each tenth of the work or each half minute. */
const PLAIN_STEP_PERCENT = 10;
const PLAIN_STEP_MS = 30_000;

/** On a terminal a status replaces the one before it. */
const TERMINAL_STEP_MS = 500;

/** Says which of many progress events are worth a line that stays. */
export function plainLineFilter(): (progress: Progress) => boolean {
  let lastAtMs = Number.NEGATIVE_INFINITY;
  let lastTenth = Number.NEGATIVE_INFINITY;
  return withLast(({ processPercent, elapsedMs }) => {
    const tenth = Math.floor(processPercent / PLAIN_STEP_PERCENT);
    if (elapsedMs - lastAtMs < PLAIN_STEP_MS && tenth <= lastTenth) return false;
    lastAtMs = elapsedMs;
    lastTenth = tenth;
    return true;
  });
}

/** Says which of many progress events are worth a status that replaces the one before it. */
export function terminalFilter(): (progress: Progress) => boolean {
  let lastAtMs = Number.NEGATIVE_INFINITY;
  return withLast(({ elapsedMs }) => {
    if (elapsedMs - lastAtMs < TERMINAL_STEP_MS) return false;
    lastAtMs = elapsedMs;
    return true;
  });
}

/** The last line stays: it must not say that something is still to come, so once all is settled it is told. */
function withLast(isDue: (progress: Progress) => boolean): (progress: Progress) => boolean {
  let toldLast = false;
  return (progress) => {
    const isLast = progress.preloaded + progress.failed === progress.urls;
    if (!isDue(progress) && (!isLast || toldLast)) return false;
    toldLast = isLast;
    return true;
  };
}
