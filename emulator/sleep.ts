import { setTimeout } from "node:timers/promises";

/** Waits. Rejects as soon as the signal is aborted. */
export type Sleep = (durationMs: number, signal: AbortSignal) => Promise<void>;

/** 25 days. Node turns a longer timer into one of 1 ms, so a hang would become a busy loop. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Waits with the machine's timers, for 25 days at most. */
export const systemSleep: Sleep = (durationMs, signal) =>
  setTimeout(Math.min(durationMs, LONGEST_TIMER_MS), undefined, { signal });
