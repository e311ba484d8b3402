import type { Clock } from "../../provider/core/clock";

interface Sleeper {
  readonly wakeAtMs: number;
  readonly wake: () => void;
}

/**
 * A clock that stands still until it is told to move, and keeps the duration of every sleep.
 * With `autoAdvance`, a sleep moves it at once: for code that sleeps only between real exchanges.
 */
export class FakeClock implements Clock {
  readonly sleptMs: number[] = [];
  readonly #autoAdvance: boolean;
  #nowMs: number;
  #sleepers: Sleeper[] = [];

  constructor(options: { readonly startMs?: number; readonly autoAdvance?: boolean } = {}) {
    this.#nowMs = options.startMs ?? Date.parse("2026-11-23T10:00:00Z");
    this.#autoAdvance = options.autoAdvance ?? false;
  }

  /** How many sleeps are under way. */
  get sleeperCount(): number {
    return this.#sleepers.length;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleptMs.push(durationMs);
    if (this.#autoAdvance) {
      this.#nowMs += durationMs;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const sleeper = { wakeAtMs: this.#nowMs + durationMs, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
    });
  }

  /** Sets the clock, as someone with the rights to might, without waking anyone. */
  set(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  /** Lets time pass, and wakes each sleeper at its own instant. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    for (;;) {
      await settle();
      const [next] = this.#sleepers.toSorted((left, right) => left.wakeAtMs - right.wakeAtMs);
      if (next === undefined || next.wakeAtMs > endMs) {
        break;
      }
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      this.#nowMs = Math.max(this.#nowMs, next.wakeAtMs);
      next.wake();
    }
    this.#nowMs = endMs;
    await settle();
  }

  /** Lets time pass until nobody sleeps. */
  async advanceUntilIdle(): Promise<void> {
    await settle();
    while (this.#sleepers.length > 0) {
      const earliestMs = Math.min(...this.#sleepers.map((sleeper) => sleeper.wakeAtMs));
      await this.advance(Math.max(earliestMs - this.#nowMs, 0));
    }
  }
}

/** Lets everything that is ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.resolve();
  }
}
