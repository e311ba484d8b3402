/**
 * The service's documented limits. Source: the vendor's API reference for version 2018-05-10; where its
 * pages disagree, the stricter value stands.
 */

export {
  MAX_TASK_IDS_PER_CALL,
  MAX_URL_CHARACTERS,
  MAX_URLS_PER_PUSH,
  MAX_URLS_PER_REFRESH,
  SIGNATURE_VALIDITY_MS,
  TASK_WINDOW_MS,
  VISIBILITY_DELAY_MS,
} from "../core/service-limits";

/** Largest page of `DescribeRefreshTasks`. */
export const MAX_PAGE_SIZE = 100;

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
