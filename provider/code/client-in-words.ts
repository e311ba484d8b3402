import type { CdnClient } from "../client/cdn-client";
import { inWords } from "./in-words";

/** The same client, whose failures have messages for people. */
export function clientInWords(client: CdnClient): CdnClient {
  return {
    ...client,
    pushObjectCache: (...call) => inWords(() => client.pushObjectCache(...call)),
    describePreloadDetailById: (...call) => inWords(() => client.describePreloadDetailById(...call)),
    describeRefreshTaskById: (...call) => inWords(() => client.describeRefreshTaskById(...call)),
    describeRefreshTasks: (...call) => inWords(() => client.describeRefreshTasks(...call)),
    describeRefreshQuota: (...call) => inWords(() => client.describeRefreshQuota(...call)),
    refreshObjectCaches: (...call) => inWords(() => client.refreshObjectCaches(...call)),
  };
}
