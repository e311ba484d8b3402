import type { TaskPart } from "./gate-state";
import { instantMs } from "./instant";

/** What was last seen of one domain's part of a task, as users read it. */
export interface TaskResult extends Omit<TaskPart, "createdMs" | "endedMs" | "processPercent"> {
  /** Share of POPs on which the task has ended, such as `"99.37%"`. */
  readonly process?: string | undefined;
}

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
