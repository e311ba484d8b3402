import { type TaskPart, taskPart } from "./gate-state";
import { instantMs } from "./instant";
import * as z from "./zod";

/** A task's part as users read it; versions 1 and 2 of the state kept it so, too. */
export const taskResult = taskPart.omit({ createdMs: true, endedMs: true, processPercent: true }).extend({
  /** Share of POPs on which the task has ended, such as `"99.37%"`. */
  process: z.string().optional(),
});
/** What was last seen of one domain's part of a task, as users read it. */
export type TaskResult = z.infer<typeof taskResult>;

/** A part as users read it. */
export function shownTask(part: TaskPart): TaskResult {
  const { createdMs: _, endedMs: __, processPercent, ...shared } = part;
  return { ...shared, ...(processPercent === undefined ? {} : { process: `${processPercent}%` }) };
}

/** The part that {@link shownTask} has shown. */
export function partOfShownTask({ process, ...shared }: TaskResult): TaskPart {
  const createdMs = instantMs(shared.creationTime);
  const endedMs = instantMs(shared.endTime);
  const processPercent = Number.parseFloat(process ?? "");
  return {
    ...shared,
    ...(createdMs === undefined ? {} : { createdMs }),
    ...(endedMs === undefined ? {} : { endedMs }),
    ...(Number.isNaN(processPercent) ? {} : { processPercent }),
  };
}
