import type { GateEvent } from "../../gate";
import type { ProgressPoint } from "../document/schema";

/** Points that are kept at most: more than a chart has pixels. */
export const MAX_PROGRESS_POINTS = 1_000;

/** The progress over time as the polls told it; where they are many, every second one is dropped. */
export class ProgressHistory {
  #points: ProgressPoint[] = [];

  take(event: GateEvent): void {
    if (event.type !== "progress") return;
    const { elapsedMs, processPercent, preloaded, failed } = event.progress;
    const percent = Math.round(Math.min(100, Math.max(0, processPercent)) * 100) / 100;
    this.#points.push({ elapsedMs: Math.round(elapsedMs), processPercent: percent, preloaded, failed });
    if (this.#points.length > MAX_PROGRESS_POINTS)
      this.#points = this.#points.filter((_, index) => index % 2 === 0);
  }

  get points(): readonly ProgressPoint[] {
    return this.#points;
  }
}
