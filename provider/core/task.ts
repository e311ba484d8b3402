/**
 * What the service has said of a task, in our words. Percentages are numbers from 0 to 100. A time is a number of
 * milliseconds since 1970, `undefined` where it cannot be placed; beside it stands the text that the service sent,
 * since that is shown to users and matched with its console.
 */

/** One URL's row in a detail answer. */
export interface DetailRow {
  /** The path and query as answered, without the line feed that the service may append. */
  readonly path: string;
  /** Share of POPs that hold the URL; absent while the service has not said. */
  readonly successPercent: number | undefined;
  /** The service's own words; shown, never judged. */
  readonly description: string | undefined;
}

/** One domain's part of a task. */
export interface DetailEntry {
  readonly taskId: string;
  readonly domain: string;
  readonly creationTime: string;
  readonly createdMs: number | undefined;
  readonly endTime: string | undefined;
  readonly endedMs: number | undefined;
  /** `"0"` is success; absent until the entry has ended. */
  readonly retCode: string | undefined;
  /** Share of POPs on which the entry has ended. */
  readonly processPercent: number | undefined;
  /** `Complete`, `Refreshing`, `Failed`, or an undocumented word. */
  readonly status: string;
  readonly rows: readonly DetailRow[];
}

/** The answer of `DescribePreloadDetailById` about one task. */
export interface TaskDetail {
  readonly requestId: string | undefined;
  /** Empty while the task is not visible yet. */
  readonly entries: readonly DetailEntry[];
  /** How many entries the service counts beyond those it shows. Default 0. */
  readonly unseenCount?: number;
}

/** One URL's row in the answers that need no allow-list: no RetCode, no share of POPs that hold it. */
export interface StatusRow {
  readonly taskId: string;
  /** The URL as answered, without a line feed. */
  readonly url: string;
  readonly objectType: string | undefined;
  /** `Complete`, `Refreshing`, `Pending`, `Failed`, or an undocumented word. */
  readonly status: string;
  readonly processPercent: number | undefined;
  readonly creationTime: string;
  readonly createdMs: number | undefined;
  readonly description: string | undefined;
}

/** The answer of `DescribeRefreshTaskById`, or one page of `DescribeRefreshTasks`. */
export interface StatusResponse {
  readonly requestId: string | undefined;
  readonly rows: readonly StatusRow[];
  /** How many rows the service counts beyond those it shows. Default 0. */
  readonly unseenCount?: number;
}

/** Today's quota, in URLs; absent where the service did not say. */
export interface Quota {
  readonly requestId: string | undefined;
  readonly preloadL2: QuotaCount | undefined;
  readonly preloadL1: QuotaCount | undefined;
  readonly refreshUrls: QuotaCount | undefined;
}

export interface QuotaCount {
  readonly total: number | undefined;
  readonly remaining: number;
}

/** Whether one task was created later than another; a time that cannot be placed is earlier than any that can. */
export function isNewer(row: Pick<StatusRow, "createdMs">, other: Pick<StatusRow, "createdMs">): boolean {
  return (row.createdMs ?? Number.NEGATIVE_INFINITY) > (other.createdMs ?? Number.NEGATIVE_INFINITY);
}
