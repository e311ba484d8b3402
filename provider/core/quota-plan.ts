import { showDuration } from "./duration";
import type { Purpose } from "./gate-state";
import type { Quota, QuotaCount } from "./task";

/** What to do when today's quota is too small for what would be submitted. */
export type QuotaCheck = "fail" | "warn" | "off";

const DAY_MS = 24 * 60 * 60 * 1000;
/** The service's day begins at 00:00 UTC+8. */
const SERVICE_DAY_OFFSET_MS = 8 * 60 * 60 * 1000;

/** The count that a submission draws on: a preload on that of its POPs' level, a purge on the refresh quota. */
export function quotaFor(quota: Quota, purpose: Purpose, l2Preload: boolean): QuotaCount | undefined {
  if (purpose === "purge") return quota.refreshUrls;
  return l2Preload ? quota.preloadL2 : quota.preloadL1;
}

/** How long until the quota is whole again, in milliseconds. */
export function untilQuotaResetMs(serverNowMs: number): number {
  return DAY_MS - ((serverNowMs + SERVICE_DAY_OFFSET_MS) % DAY_MS);
}

/** `873 of 1000 preload URLs left today (resets at 00:00 UTC+8, in 5h 3m 20s)`. */
export function showQuota(options: {
  readonly purpose: Purpose;
  readonly count: QuotaCount;
  /** What other resources of this run have taken of it. */
  readonly reserved: number;
  readonly serverNowMs: number;
}): string {
  const { purpose, count, reserved, serverNowMs } = options;
  const kind = purpose === "purge" ? "refresh" : "preload";
  const total = count.total === undefined ? "" : ` of ${count.total}`;
  const taken = reserved > 0 ? `, ${reserved} of them taken by other resources of this run` : "";
  const resets = showDuration(untilQuotaResetMs(serverNowMs));
  return `${count.remaining}${total} ${kind} URLs left today${taken} (resets at 00:00 UTC+8, in ${resets})`;
}
