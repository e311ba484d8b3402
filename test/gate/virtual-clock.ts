import type { Clock } from "../../provider/core/clock";

interface Sleeper {
  readonly wakeAtMs: number;
  readonly wake: () => void;
}

/**
 * A clock that no real time passes by. While {@link run} waits for a piece of work, it wakes whoever sleeps
 * the shortest, again and again; each sleep's duration is kept.
 */
export class VirtualClock implements Clock {
  readonly sleptMs: number[] = [];
  #nowMs: number;
  #sleepers: Sleeper[] = [];
  #plans: { readonly atMs: number; readonly act: () => void }[] = [];

  constructor(startMs = Date.parse("2026-11-23T10:00:00Z")) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (!Number.isFinite(durationMs)) return Promise.reject(new Error(`a sleep of ${durationMs} ms`));
    this.sleptMs.push(durationMs);
    return new Promise((resolve, reject) => {
      const sleeper = {
        wakeAtMs: this.#nowMs + Math.max(0, durationMs),
        wake: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      const onAbort = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#sleepers.push(sleeper);
    });
  }

  /** Does something from the outside at an instant, such as an interruption. */
  at(afterMs: number, act: () => void): void {
    this.#plans.push({ atMs: this.#nowMs + afterMs, act });
  }

  /** Lets days pass between two runs. */
  skip(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  /** Lets time pass until the work is done; work that waits for nothing that will ever come is an error. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    done.catch(() => undefined);
    for (let turn = 0; ; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone) return done;
      if (turn > 100_000) throw new Error("The work goes on for ever.");
      this.#step();
    }
  }

  #step(): void {
    this.#sleepers.sort((a, b) => a.wakeAtMs - b.wakeAtMs);
    this.#plans.sort((a, b) => a.atMs - b.atMs);
    const sleeper = this.#sleepers[0];
    const plan = this.#plans[0];
    if (plan && plan.atMs <= (sleeper?.wakeAtMs ?? Number.POSITIVE_INFINITY)) {
      this.#plans.shift();
      this.#nowMs = Math.max(this.#nowMs, plan.atMs);
      plan.act();
    } else if (sleeper) {
      this.#sleepers.shift();
      this.#nowMs = Math.max(this.#nowMs, sleeper.wakeAtMs);
      sleeper.wake();
    } else {
      throw new Error("The work hangs: nobody sleeps, and it is not done.");
    }
  }
}
