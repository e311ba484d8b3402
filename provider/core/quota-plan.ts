import type { CheckedSubmission } from "./options/settings";
import type { Purpose, QuotaFacts } from "./quota-facts";
import type { Quota, QuotaCount } from "./task";

/** What to do when today's quota is too small for what would be submitted. */
export type QuotaCheck = CheckedSubmission["quotaCheck"];

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

/** Sets today's quota beside what a submission needs of it. */
export function quotaFacts(options: {
  readonly purpose: Purpose;
  readonly count: QuotaCount;
  /** URLs that would be submitted. */
  readonly needed: number;
  /** What other resources of this run have taken of it. */
  readonly reserved: number;
  readonly serverNowMs: number;
}): QuotaFacts {
  const { purpose, count, needed, reserved, serverNowMs } = options;
  const { remaining, total } = count;
  const isEnough = remaining - reserved >= needed;
  return {
    purpose,
    needed,
    isEnough,
    remaining,
    total,
    reserved,
    resetsInMs: untilQuotaResetMs(serverNowMs),
  };
}
