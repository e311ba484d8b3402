import type { TaskPart, UrlResult } from "./gate-state";
import type { DetailEntry, StatusResponse, StatusRow, TaskDetail } from "./task";

/** What a row says, for comparison: the smaller, the worse. */
export interface Rated {
  readonly successPercent?: number | undefined;
  readonly refuted?: boolean | undefined;
  readonly state?: UrlResult["state"] | undefined;
}

export function isWorse(a: Rated, b: Rated): boolean {
  const isRefuted = (row: Rated) => row.refuted === true || row.state === "failed";
  if (isRefuted(a) !== isRefuted(b)) return isRefuted(a);
  return (a.successPercent ?? -1) < (b.successPercent ?? -1);
}

/** What both dialects tell of the answer as a whole. */
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
