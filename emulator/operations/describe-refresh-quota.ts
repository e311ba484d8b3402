import type { Work } from "../call";
import type { Parameters } from "../call-record";
import type { QuotaName } from "../quota-ledger";

const FIELDS = {
  Preload: "preloadL2",
  PreloadEdge: "preloadL1",
  Url: "refreshUrls",
  Dir: "refreshDirectories",
  Regex: "refreshPatterns",
  IgnoreParams: "refreshIgnoreParams",
  Block: "block",
} as const satisfies Record<string, QuotaName>;

/** Today's quotas and what remains of them. Every number is a string. */
export function describeRefreshQuota(_parameters: Parameters): Work {
  return ({ clock, settings, quota }) => {
    const nowMs = clock.nowMs();
    return Object.fromEntries(
      Object.entries(FIELDS).flatMap(([field, name]) => [
        [`${field}Quota`, String(settings.quotas[name])],
        [`${field}Remain`, String(quota.remaining(name, { nowMs, settings }))],
      ]),
    );
  };
}
