import type { ProgressSample } from "../../provider/core/poll-plan";
import type { SimulatedTask } from "../simulation/task-families";

/** The delay before the next poll, by what the polls so far have shown, in milliseconds. */
export type DelayPolicy = (samples: readonly ProgressSample[], elapsedMs: number) => number;

/** What watching one task cost and brought. */
export interface Watched {
  readonly calls: number;
  /** From the task's true end to the poll that saw it, in milliseconds. */
  readonly lagMs: number;
}

/** Watches a task by a policy, the way the gate does: it notes each poll at which progress grew. */
export function watchOne(task: SimulatedTask, delayMs: DelayPolicy): Watched {
  const samples: ProgressSample[] = [];
  let elapsedMs = 0;
  for (let calls = 1; ; calls += 1) {
    elapsedMs += delayMs(samples, elapsedMs);
    if (elapsedMs >= task.durationMs) return { calls, lagMs: elapsedMs - task.durationMs };
    const remainingShare = 1 - (task.percentAt(elapsedMs) ?? 0) / 100;
    if (remainingShare < (samples.at(-1)?.remainingShare ?? 1))
      samples.push({ atMs: elapsedMs, remainingShare });
  }
}
