import type { CallOptions, CdnClient } from "./cdn-client";

/** The same client, each of whose calls has its options changed. */
export function clientWith(
  client: CdnClient,
  change: (options: CallOptions | undefined) => CallOptions,
): CdnClient {
  return {
    pushObjectCache: (request, options) => client.pushObjectCache(request, change(options)),
    describePreloadDetailById: (taskId, options) => client.describePreloadDetailById(taskId, change(options)),
    describeRefreshTaskById: (taskIds, options) => client.describeRefreshTaskById(taskIds, change(options)),
    describeRefreshTasks: (filter, options) => client.describeRefreshTasks(filter, change(options)),
    describeRefreshQuota: (options) => client.describeRefreshQuota(change(options)),
    refreshObjectCaches: (urls, options) => client.refreshObjectCaches(urls, change(options)),
    serverNowMs: (guess) => client.serverNowMs(guess),
    knowsServerTime: () => client.knowsServerTime(),
    callCount: () => client.callCount(),
    hide: (values) => client.hide?.(values),
  };
}
