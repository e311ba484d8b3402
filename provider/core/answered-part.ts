import type { RowFacts, TaskPart } from "./gate-state";
import type { DetailEntry, StatusResponse, StatusRow, TaskDetail } from "./task";

/** One domain's part of a task as an answer tells of it, in whichever of the two kinds of answers. */
export interface AnsweredPart {
  readonly task: TaskPart;
  /** What it says of each URL, by identity; of several rows of one URL the worst. */
  readonly rows: ReadonlyMap<string, AnsweredRow>;
}

export type AnsweredRow = Omit<RowFacts, "taskId">;

/** Whether one row of a URL is worse than another. */
export function isWorse(a: AnsweredRow, b: AnsweredRow): boolean {
  const isRefuted = (row: AnsweredRow) => row.refuted === true || row.says === "failed";
  if (isRefuted(a) !== isRefuted(b)) return isRefuted(a);
  return (a.successPercent ?? -1) < (b.successPercent ?? -1);
}

/** What both kinds of answers tell of the answer as a whole. */
export function requestAndUnseen({
  requestId,
  unseenCount = 0,
}: TaskDetail | StatusResponse): Pick<TaskPart, "requestId" | "unseenCount"> {
  return {
    ...(requestId === undefined ? {} : { requestId }),
    ...(unseenCount > 0 ? { unseenCount } : {}),
  };
}

/** When a part was created. */
export function creationOf({
  creationTime,
  createdMs,
}: DetailEntry | StatusRow): Pick<TaskPart, "creationTime" | "createdMs"> {
  return { creationTime, ...(createdMs === undefined ? {} : { createdMs }) };
}
