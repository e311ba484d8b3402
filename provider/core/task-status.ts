import type { RowWord, TaskPart } from "./gate-state";

/** What tells how far a task is: its status, and whether the answer has shown all that it counted. */
type Progressing = Pick<TaskPart, "status"> &
  Partial<Pick<TaskPart, "unseenCount" | "isOlderThanSubmission">>;

/** Statuses of a task that goes on. `Pending` is documented for the status operations only. */
const RUNNING_STATUSES: readonly string[] = ["Refreshing", "Pending"];
const ENDED_STATUSES: readonly string[] = ["Complete", "Failed"];

/** Whether the task goes on. One of which the service counts more than it shows is not over: the rest may run. */
export const isRunning = (task: Progressing): boolean =>
  RUNNING_STATUSES.includes(task.status) || (hasEndedStatus(task) && hidesEvidence(task));

/** Whether the task has ended, as far as all of its evidence is seen, and is about its submission. */
export const hasEnded = (task: Progressing): boolean =>
  hasEndedStatus(task) && !hidesEvidence(task) && task.isOlderThanSubmission === undefined;

/** Whether an ended task is an error as a whole: each of its URLs has then to prove itself. */
export const hasFailed = (task: Pick<TaskPart, "status" | "retCode" | "evidence">): boolean =>
  task.status === "Failed" || (task.evidence === "detail" && hasEndedStatus(task) && task.retCode !== "0");

/** Whether an answer may still change what is known: the task goes on, or only old evidence of it was shown. */
export const mayStillChange = (task: Progressing): boolean =>
  isRunning(task) || task.isOlderThanSubmission !== undefined;

const hasEndedStatus = ({ status }: Progressing): boolean => ENDED_STATUSES.includes(status);
const hidesEvidence = ({ unseenCount = 0 }: Progressing): boolean => unseenCount > 0;

/** What a status-only row says of its URL. */
export function wordOfStatus(status: string): RowWord {
  if (status === "Complete") return "preloaded";
  if (status === "Failed") return "failed";
  return isRunning({ status }) ? "pending" : "unknown";
}

/** The smaller, the worse. */
export function statusRank(status: string): number {
  return ["failed", "unknown", "pending", "preloaded"].indexOf(wordOfStatus(status));
}
