import { untilQuotaResetMs } from "../../core/quota-plan";
import type { QuotaCount } from "../../core/task";
import { askWithin } from "../../gate";
import { cliWording } from "../cli-wording";
import { documentHead } from "../document/gate-document";
import type { QuotaDocument } from "../document/schema";
import { finish } from "../finish";
import type { QuotaOptions } from "../options/command-options";
import { displayWidth, padEndTo } from "../output/display-width";
import { withSession } from "./with-session";

/** Asks for today's quota and shows it. */
export async function showQuotas(options: QuotaOptions): Promise<void> {
  const startedAtMs = Date.now();
  await withSession(options, async (session) => {
    const { client } = session;
    const quota = await askWithin(session, (bounded) => bounded.describeRefreshQuota());
    const serverNowMs = client.serverNowMs();
    const documentIn = (): QuotaDocument => ({
      kind: "quota",
      ...documentHead("quota", startedAtMs),
      exitCode: 0,
      preloadL1: countOrNull(quota.preloadL1),
      preloadL2: countOrNull(quota.preloadL2),
      refreshUrls: countOrNull(quota.refreshUrls),
      resetsAt: new Date(serverNowMs + untilQuotaResetMs(serverNowMs)).toISOString(),
      requestId: quota.requestId ?? null,
    });
    finish(documentIn, {
      json: options.json ?? false,
      text: (document) => quotaText(document, untilQuotaResetMs(serverNowMs)),
    });
  });
}

function countOrNull(count: QuotaCount | undefined): QuotaDocument["preloadL1"] {
  return count ? { total: count.total ?? null, remaining: count.remaining } : null;
}

function quotaText({ preloadL1, preloadL2, refreshUrls }: QuotaDocument, resetsInMs: number): string {
  const { quota: words } = cliWording().commandLine;
  const rows = [
    [words.names.preload, preloadL1],
    [words.names.l2Preload, preloadL2],
    [words.names.refresh, refreshUrls],
  ] as const;
  const width = Math.max(...rows.map(([name]) => displayWidth(name))) + 1;
  return [
    ...rows.map(([name, count]) => `${padEndTo(width, name)}${count ? words.left(count) : words.notTold}`),
    words.resets(resetsInMs),
  ].join("\n");
}
