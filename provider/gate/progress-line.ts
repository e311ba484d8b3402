import { showDuration } from "../core/duration";
import type { GateEvent, Progress } from "./events";

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

/** `62% of POPs, 3 of 5 URLs preloaded, 1 failed, about 1m 20s left`. */
export function progressLine(progress: Progress): string {
  return [
    `${Math.floor(progress.processPercent)}% of POPs`,
    `${progress.preloaded} of ${countOf(progress.urls, "URL")} preloaded`,
    ...(progress.failed > 0 ? [`${progress.failed} failed`] : []),
    ...(progress.remainingMs === undefined || progress.remainingMs < 1_000
      ? []
      : [`about ${showDuration(progress.remainingMs)} left`]),
  ].join(", ");
}

/** A line about a step of the work; `undefined` for events that are no step. */
export function stepLine(event: GateEvent): string | undefined {
  if (event.type === "submitting") {
    const doing = event.purpose === "preload" ? "submitting" : "purging";
    return `${doing} ${countOf(event.urls, "URL")} in ${countOf(event.calls, "call")}`;
  }
  if (event.type === "submitted")
    return `submitted ${countOf(event.urls, "URL")}: task ${event.taskIds.join(", ")}`;
  if (event.type === "purging") return `waiting for ${countOf(event.tasks, "purge task")}`;
  return undefined;
}

/** `1 URL`, `2 URLs`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The first of many, and how many more there are: `1, 2 and 3 more`. */
export function firstOf(items: readonly string[], most: number): string {
  const more = items.length > most ? ` and ${items.length - most} more` : "";
  return `${items.slice(0, most).join(", ")}${more}`;
}
