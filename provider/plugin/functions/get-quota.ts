import { untilQuotaResetMs } from "../../core/quota-plan";
import * as z from "../../core/zod";
import { askWithin } from "../../gate";
import { functionOf } from "./plugin-function";

/** What of today's quota is left, as the service says. */
export const getQuota = functionOf(z.object({}), async (_args, { openSession }) => {
  const session = openSession();
  const quota = await askWithin(session, (client) => client.describeRefreshQuota());
  const serverNowMs = session.client.serverNowMs();
  return {
    preload: quota.preloadL1,
    preloadL2: quota.preloadL2,
    refreshUrls: quota.refreshUrls,
    resetsAt: new Date(serverNowMs + untilQuotaResetMs(serverNowMs)).toISOString(),
  };
});
