import { showDuration } from "../core/duration";
import type { GateEvent, Progress } from "../gate";
import type { EngineLog, LogSeverity } from "./engine-channel";

/** Where lines are kept, one for at most each tenth of the work or each half minute. */
const PLAIN_STEP_PERCENT = 10;
const PLAIN_STEP_MS = 30_000;
/** On a terminal a status replaces the one before it. */
const TERMINAL_STEP_MS = 500;

/** What one resource says while it works, on its own row of the engine's display. */
export class ResourceRow {
  readonly #log: EngineLog;
  readonly #urn: string | undefined;
  readonly #onTerminal: boolean;
  #lastAtMs = Number.NEGATIVE_INFINITY;
  #lastTenth = Number.NEGATIVE_INFINITY;
  #toldSettled = false;

  constructor(options: {
    readonly log: EngineLog;
    readonly urn: string | undefined;
    readonly onTerminal: boolean;
  }) {
    this.#log = options.log;
    this.#urn = options.urn;
    this.#onTerminal = options.onTerminal;
  }

  /** Says something that stays, here and under the diagnostics at the end. */
  say(severity: LogSeverity, text: string): void {
    this.#log.log({ urn: this.#urn, severity, text, ephemeral: false });
  }

  /** Shows what a gate tells while it works. */
  show(event: GateEvent): void {
    if (event.type === "submitting") {
      const doing = event.purpose === "preload" ? "submitting" : "purging";
      this.#status(`${doing} ${countOf(event.urls, "URL")} in ${countOf(event.calls, "call")}`);
    } else if (event.type === "submitted") {
      this.#status(`submitted ${countOf(event.urls, "URL")}: task ${event.taskIds.join(", ")}`);
    } else if (event.type === "purging") {
      this.#status(`waiting for ${countOf(event.tasks, "purge task")}`);
    } else if (event.type === "progress") {
      this.#showProgress(event.progress);
    } else if (event.type === "notice") {
      this.say(event.severity, event.message);
    }
  }

  #showProgress(progress: Progress): void {
    const tenth = Math.floor(progress.processPercent / PLAIN_STEP_PERCENT);
    const sinceMs = progress.elapsedMs - this.#lastAtMs;
    // The last one stays on the row: it must not say that something is still to come.
    const isSettled = progress.preloaded + progress.failed === progress.urls;
    const isDue = this.#onTerminal
      ? sinceMs >= TERMINAL_STEP_MS
      : sinceMs >= PLAIN_STEP_MS || tenth > this.#lastTenth;
    if (!isDue && (!isSettled || this.#toldSettled)) return;
    this.#lastAtMs = progress.elapsedMs;
    this.#lastTenth = tenth;
    this.#toldSettled = isSettled;
    this.#status(progressLine(progress));
  }

  #status(text: string): void {
    this.#log.log({ urn: this.#urn, severity: "info", text, ephemeral: true });
  }
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

/** `1 URL`, `2 URLs`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
