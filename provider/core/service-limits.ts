/**
 * The service's documented limits that decide what a gate does. Source: the vendor's API reference for
 * version 2018-05-10; where its pages disagree, the stricter value stands.
 */

/** URLs in one `PushObjectCache` call. */
export const MAX_URLS_PER_PUSH = 100;

/** URLs in one `RefreshObjectCaches` call. */
export const MAX_URLS_PER_REFRESH = 1000;

/** Task ids in one `DescribeRefreshTaskById` call. */
export const MAX_TASK_IDS_PER_CALL = 10;

/** Characters of one URL, as sent. */
export const MAX_URL_CHARACTERS = 1024;

/** How far back every task query reaches, in milliseconds. */
export const TASK_WINDOW_MS = 3 * 24 * 60 * 60 * 1000;

/** How long a new task can stay invisible to the query operations, in milliseconds. */
export const VISIBILITY_DELAY_MS = 2_000;

/** How long a signed request stays valid (the clock skew the service tolerates), in milliseconds. */
export const SIGNATURE_VALIDITY_MS = 15 * 60 * 1000;
