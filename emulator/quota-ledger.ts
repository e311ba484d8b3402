import type { Settings } from "./scenario-types";

/** The daily quotas. */
export type QuotaName = keyof Settings["quotas"];

const UTC_PLUS_8_MS = 8 * 60 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** How much of the daily quotas is used. They reset at midnight UTC+8. */
export class QuotaLedger {
  #day = Number.NaN;
  #used = new Map<QuotaName, number>();

  remaining(quota: QuotaName, at: { nowMs: number; settings: Settings }): number {
    this.#turnDay(at.nowMs);
    return Math.max(0, at.settings.quotas[quota] - (this.#used.get(quota) ?? 0));
  }

  draw(quota: QuotaName, amount: number, nowMs: number): void {
    this.#turnDay(nowMs);
    this.#used.set(quota, (this.#used.get(quota) ?? 0) + amount);
  }

  reset(): void {
    this.#used = new Map();
  }

  #turnDay(nowMs: number): void {
    const day = Math.floor((nowMs + UTC_PLUS_8_MS) / DAY_MS);
    if (day !== this.#day) this.#used = new Map();
    this.#day = day;
  }
}
