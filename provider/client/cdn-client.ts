import type { RequestSettings } from "../core/options/settings";
import type { Quota, StatusResponse, TaskDetail } from "../core/task";
import type { CallPriority } from "../transport/call-budget";
import type { TimeGuess } from "../transport/server-clock";

export interface CallOptions {
  /** Ends the call with GateError `interrupted`; a submission under way may then have been accepted. */
  readonly signal?: AbortSignal | undefined;
  /** Default `normal`. */
  readonly priority?: CallPriority;
  /**
   * Absolute, by the local clock: a call that the service asks to hold back for longer (`Retry-After`) fails at once.
   */
  readonly waitUntilMs?: number | undefined;
  /** Called before each request that is sent for this call, retries included. */
  readonly onAttempt?: (() => void) | undefined;
}

/** What to preload; what is absent is left to the service. */
export interface PushRequest extends RequestSettings {
  /** At most 100, each `http(s)://host/path` or `host/path`. */
  readonly urls: readonly string[];
}

/** What a search for tasks filters by. */
export interface RefreshTaskFilter {
  readonly domain?: string | undefined;
  /** `preload`, `file`, `directory` or `regex`; the service requires it with `domain` and `status`. */
  readonly objectType?: string | undefined;
  /** Matched exactly by the service. */
  readonly url?: string | undefined;
  readonly status?: string | undefined;
  /** The window of creation times, by the service's clock, in milliseconds since 1970. */
  readonly startTimeMs?: number | undefined;
  readonly endTimeMs?: number | undefined;
}

/** What a submission started. */
export interface Submitted {
  readonly taskIds: readonly string[];
  readonly requestId: string | undefined;
}

/**
 * The service's operations in our words. Every failure is a GateError; for the two that submit,
 * `mayHaveBeenAccepted` is `false` only where the service certainly did not accept.
 */
export interface CdnClient {
  /** Starts preloads. Not idempotent, and never repeated unless it was certainly refused. */
  pushObjectCache(request: PushRequest, options?: CallOptions): Promise<Submitted>;
  /** One task's result per domain and URL. Throws `notOnAllowList` where the account may not ask. */
  describePreloadDetailById(taskId: string, options?: CallOptions): Promise<TaskDetail>;
  /** Up to ten tasks, one row per URL, without RetCode. */
  describeRefreshTaskById(taskIds: readonly string[], options?: CallOptions): Promise<StatusResponse>;
  /** All rows that match, from all pages; a search that cannot be read to its end throws {@link IncompleteSearchError}. */
  describeRefreshTasks(filter: RefreshTaskFilter, options?: CallOptions): Promise<StatusResponse>;
  describeRefreshQuota(options?: CallOptions): Promise<Quota>;
  /** Purges files, at most 1,000 URLs. */
  refreshObjectCaches(urls: readonly string[], options?: CallOptions): Promise<Submitted>;
  /** The best knowledge of the service's clock, in milliseconds since 1970. */
  serverNowMs(guess?: TimeGuess): number;
  /**
   * Whether answers have told the service's time, and the last one did not contradict; until they have, `serverNowMs`
   * is the local clock.
   */
  knowsServerTime(): boolean;
  /** Keeps values out of what is shown from here on; those of a preload's headers are, once it is sent. */
  hide?(values: readonly string[]): void;
  /** Calls made so far, retries included. */
  callCount(): number;
}
