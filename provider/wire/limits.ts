/**
 * The service's documented limits. Source: the vendor's API reference for version 2018-05-10; where its
 * pages disagree, the stricter value stands.
 */

/** URLs in one `PushObjectCache` call. */
export const MAX_URLS_PER_PUSH = 100;

/** Characters of one URL. */
export const MAX_URL_CHARACTERS = 1024;

/** Task ids in one `DescribeRefreshTaskById` call. */
export const MAX_TASK_IDS_PER_CALL = 10;

/** Largest page of `DescribeRefreshTasks`. */
export const MAX_PAGE_SIZE = 100;

/** URLs in one `RefreshObjectCaches` call. */
export const MAX_URLS_PER_REFRESH = 1000;

/** How far back every task query reaches, in milliseconds. */
export const TASK_WINDOW_MS = 3 * 24 * 60 * 60 * 1000;

/** How long a new task can stay invisible to the query operations, in milliseconds. */
export const VISIBILITY_DELAY_MS = 2_000;

/** How long a signed request stays valid (the clock skew the service tolerates), in milliseconds. */
export const SIGNATURE_VALIDITY_MS = 15 * 60 * 1000;

/** Calls per second and account, by operation. */
export const CALLS_PER_SECOND = {
  PushObjectCache: 50,
  DescribePreloadDetailById: 30,
  DescribeRefreshTaskById: 30,
  DescribeRefreshTasks: 10,
  DescribeRefreshQuota: 20,
  RefreshObjectCaches: 50,
} as const;

/** The name of an operation of the service. */
export type OperationName = keyof typeof CALLS_PER_SECOND;

/** The API version every request names. */
export const API_VERSION = "2018-05-10";
