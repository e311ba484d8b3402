import { showDuration } from "../../core/duration";
import { untilQuotaResetMs } from "../../core/quota-plan";
import type { QuotaCount } from "../../core/task";
import { askWithin } from "../../gate";
import { documentHead } from "../document/gate-document";
import type { QuotaDocument } from "../document/schema";
import { finish } from "../finish";
import type { QuotaOptions } from "../options/command-options";
import { withSession } from "./with-session";

/** Asks for today's quota and shows it. */
export async function showQuotas(options: QuotaOptions): Promise<void> {
  const startedAtMs = Date.now();
  await withSession(options, async (session) => {
    const { client } = session;
    const quota = await askWithin(session, (bounded) => bounded.describeRefreshQuota());
    const serverNowMs = client.serverNowMs();
    const document: QuotaDocument = {
      kind: "quota",
      ...documentHead("quota", startedAtMs),
      exitCode: 0,
      preloadL1: countOrNull(quota.preloadL1),
      preloadL2: countOrNull(quota.preloadL2),
      refreshUrls: countOrNull(quota.refreshUrls),
      resetsAt: new Date(serverNowMs + untilQuotaResetMs(serverNowMs)).toISOString(),
      requestId: quota.requestId ?? null,
    };
    const lines = [
      `preload (as usual):        ${inWords(document.preloadL1)}`,
      `preload with --l2-preload: ${inWords(document.preloadL2)}`,
      `refresh (--purge-first):   ${inWords(document.refreshUrls)}`,
      `resets at 00:00 UTC+8, in ${showDuration(untilQuotaResetMs(serverNowMs))}`,
    ];
    finish(document, { json: options.json ?? false, text: () => lines.join("\n") });
  });
}

function countOrNull(count: QuotaCount | undefined): QuotaDocument["preloadL1"] {
  return count ? { total: count.total ?? null, remaining: count.remaining } : null;
}

function inWords(count: QuotaDocument["preloadL1"]): string {
  if (!count) return "not told by the service";
  return `${count.remaining}${count.total === null ? "" : ` of ${count.total}`} URLs left today`;
}
