import type { TaskResult, UrlResult } from "./gate-state";
import type { StatusResponse, TaskDetail } from "./task";

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
}: TaskDetail | StatusResponse): Pick<TaskResult, "requestId" | "unseenCount"> {
  return {
    ...(requestId === undefined ? {} : { requestId }),
    ...(unseenCount > 0 ? { unseenCount } : {}),
  };
}
