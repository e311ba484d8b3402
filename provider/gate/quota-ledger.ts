import type { CallOptions, CdnClient } from "../client/cdn-client";
import { GateError } from "../core/errors";
import type { Purpose } from "../core/gate-state";
import type { Notice } from "../core/notices";
import type { QuotaFacts } from "../core/quota-facts";
import { type QuotaCheck, quotaFacts, quotaFor, untilQuotaResetMs } from "../core/quota-plan";
import type { Quota } from "../core/task";
import { unlessAborted } from "../transport/abort";

/** How long an answer about the quota is believed, in milliseconds: others use the same account. */
const BELIEVED_FOR_MS = 60_000;

export interface QuotaDemand {
  readonly client: CdnClient;
  readonly purpose: Purpose;
  readonly l2Preload: boolean;
  /** URLs that would be submitted. */
  readonly urls: number;
  readonly options: CallOptions;
}

/** What a check of the quota found, and what was reserved of it. */
export interface QuotaFinding extends QuotaFacts {
  /** Gives back what of it was certainly not submitted; `undefined` where nothing was reserved. */
  readonly giveBack: GiveBack | undefined;
}

/** Gives so many reserved URLs back: other runs may need them. */
export type GiveBack = (urlCount: number) => void;

/**
 * Today's quota as far as one process knows it. What one resource is about to submit is reserved, so that
 * the resources of one run do not all count on the same remainder. One ledger serves a whole process.
 */
export class QuotaLedger {
  #answer: { readonly quota: Quota; readonly askedAtMs: number } | undefined;
  #asking: Promise<Quota> | undefined;
  /** Reserved since the answer was asked for, by what it draws on. */
  readonly #reserved = new Map<string, number>();

  /**
   * Tells whether the quota is enough for a demand.
   *
   * @returns `undefined` where the service did not say.
   * @throws GateError where it could not be asked.
   */
  async check(demand: QuotaDemand): Promise<QuotaFacts | undefined> {
    return this.#find(demand, await this.ask(demand));
  }

  /** As {@link check}, and takes the quota where it is enough. */
  async reserve(demand: QuotaDemand): Promise<QuotaFinding | undefined> {
    const quota = await this.ask(demand);
    // Nothing is awaited between the two: another resource could take the same remainder meanwhile.
    const finding = this.#find(demand, quota);
    if (!finding) return undefined;
    const giveBack = finding.isEnough ? this.#reserve(keyOf(demand), demand.urls) : undefined;
    return { ...finding, giveBack };
  }

  #find(demand: QuotaDemand, quota: Quota): QuotaFacts | undefined {
    const count = quotaFor(quota, demand.purpose, demand.l2Preload);
    if (!count) return undefined;
    const reserved = this.#reserved.get(keyOf(demand)) ?? 0;
    const { purpose, client, urls } = demand;
    return quotaFacts({ purpose, count, needed: urls, reserved, serverNowMs: client.serverNowMs() });
  }

  #reserve(key: string, urls: number): GiveBack {
    const answer = this.#answer;
    this.#reserved.set(key, (this.#reserved.get(key) ?? 0) + urls);
    return (urlCount) => {
      // A new day's answer has forgotten all reservations.
      if (this.#answer !== answer) return;
      const left = (this.#reserved.get(key) ?? 0) - urlCount;
      if (left > 0) this.#reserved.set(key, left);
      else this.#reserved.delete(key);
    };
  }

  /** Today's quota, from the service or as it was told a moment ago. */
  async ask({ client, options }: Pick<QuotaDemand, "client" | "options">): Promise<Quota> {
    const nowMs = client.serverNowMs();
    if (this.#answer && nowMs >= this.#answer.askedAtMs + untilQuotaResetMs(this.#answer.askedAtMs)) {
      this.#answer = undefined;
      this.#reserved.clear();
    }
    const hasReserved = this.#reserved.size > 0;
    // An answer with reservations on it stays: a new one could count some of them a second time, or not yet.
    if (this.#answer && (hasReserved || nowMs - this.#answer.askedAtMs < BELIEVED_FOR_MS))
      return this.#answer.quota;
    // Shared by all who ask meanwhile, so no one's interruption ends it.
    this.#asking ??= client.describeRefreshQuota({ priority: options.priority }).finally(() => {
      this.#asking = undefined;
    });
    const quota = await unlessAborted(
      this.#asking,
      options.signal,
      (cause) => new GateError({ kind: "interrupted" }, { cause }),
    );
    this.#answer = { quota, askedAtMs: client.serverNowMs() };
    return quota;
  }
}

/** What a demand draws on. */
function keyOf({ purpose, l2Preload }: Pick<QuotaDemand, "purpose" | "l2Preload">): string {
  return purpose === "purge" ? purpose : `${purpose} ${l2Preload}`;
}

/**
 * Reserves the quota for a submission. A service that does not tell its quota is no failure: it will refuse by itself
 * what is too much.
 *
 * @returns how to give back what was reserved; `undefined` where nothing was.
 * @throws GateError when the quota is too small and `quotaCheck` is `fail`, or when the account cannot be used at all.
 */
export async function reserveQuota(
  ledger: QuotaLedger,
  demand: QuotaDemand & {
    readonly quotaCheck: QuotaCheck;
    readonly warn: (notice: Notice) => void;
    /** Asks again what the service refuses for a moment: nothing may be submitted before the quota is known. */
    readonly persist: <T>(ask: () => Promise<T>) => Promise<T>;
  },
): Promise<GiveBack | undefined> {
  const { quotaCheck, warn } = demand;
  const reserve = () => ledger.reserve(demand);
  const finding = await (quotaCheck === "fail" ? demand.persist(reserve) : reserve()).catch(
    (error: unknown) => {
      if (!mayBeUnknown(error, quotaCheck)) throw error;
      if (quotaCheck !== "off") warn({ kind: "quotaUnknown", failure: error });
      return undefined;
    },
  );
  if (quotaCheck === "off" || !finding || finding.isEnough) return finding?.giveBack;
  if (quotaCheck === "fail") {
    const facts = { kind: "quotaTooSmall", quota: finding } as const;
    throw new GateError(facts, { operation: "DescribeRefreshQuota" });
  }
  warn({ kind: "quotaTooSmall", quota: finding });
  return undefined;
}

/** Whether a submission may go on although the quota could not be asked for. */
function mayBeUnknown(error: unknown, quotaCheck: QuotaCheck): error is GateError {
  if (!(error instanceof GateError)) return false;
  if (error.code === "permission" || error.code === "malformedAnswer") return true;
  // Who only wants a warning gets one, unless the account cannot be used at all.
  return quotaCheck !== "fail" && error.serviceCode !== undefined && error.code !== "credentials";
}
