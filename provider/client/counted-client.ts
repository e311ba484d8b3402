import type { CallOptions, CdnClient } from "./cdn-client";

/** The same client, whose `callCount` counts only the calls made through this one. */
export function countedClient(client: CdnClient): CdnClient {
  let calls = 0;
  const counting = (options: CallOptions | undefined): CallOptions => ({
    ...options,
    onAttempt: () => {
      calls += 1;
      options?.onAttempt?.();
    },
  });
  return {
    pushObjectCache: (request, options) => client.pushObjectCache(request, counting(options)),
    describePreloadDetailById: (taskId, options) =>
      client.describePreloadDetailById(taskId, counting(options)),
    describeRefreshTaskById: (taskIds, options) => client.describeRefreshTaskById(taskIds, counting(options)),
    describeRefreshTasks: (filter, options) => client.describeRefreshTasks(filter, counting(options)),
    describeRefreshQuota: (options) => client.describeRefreshQuota(counting(options)),
    refreshObjectCaches: (urls, options) => client.refreshObjectCaches(urls, counting(options)),
    serverNowMs: (guess) => client.serverNowMs(guess),
    knowsServerTime: () => client.knowsServerTime(),
    callCount: () => calls,
  };
}
