import type { Clock } from "../../provider/core/clock";

interface Sleeper {
  readonly wakeAtMs: number;
  readonly order: number;
  readonly wake: () => void;
  isCancelled: boolean;
}

/** A clock that no real time passes by: {@link run} wakes whoever sleeps the shortest, again and again. */
export class VirtualTime implements Clock {
  #nowMs: number;
  #order = 0;
  /** A binary heap, the earliest first. */
  readonly #heap: Sleeper[] = [];

  constructor(startMs = Date.parse("2026-01-15T08:00:00Z")) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const sleeper = this.#add(durationMs, () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      });
      const onAbort = () => {
        sleeper.isCancelled = true;
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** Lets time pass until the work is done. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const immediate = setImmediate;
    let isDone = false;
    const done = work().finally(() => {
      isDone = true;
    });
    for (;;) {
      await new Promise((resolve) => immediate(resolve));
      if (isDone) return done;
      const sleeper = this.#takeNext();
      if (!sleeper) throw new Error("Nobody sleeps, and the work is not done.");
      this.#nowMs = Math.max(this.#nowMs, sleeper.wakeAtMs);
      sleeper.wake();
    }
  }

  /** As {@link run}, for code that knows only the platform's clock and timers: these are ours meanwhile. */
  async runWithPlatformTimers<T>(work: () => Promise<T>): Promise<T> {
    const real = { setTimeout, clearTimeout, now: Date.now };
    const timers = new Map<number, Sleeper>();
    const setVirtual = (act: (...args: unknown[]) => void, delayMs = 0, ...args: unknown[]): number => {
      const sleeper = this.#add(delayMs, () => act(...args));
      timers.set(sleeper.order, sleeper);
      return sleeper.order;
    };
    const clearVirtual = (id: number): void => {
      const sleeper = timers.get(id);
      if (sleeper) sleeper.isCancelled = true;
    };
    Object.assign(globalThis, { setTimeout: setVirtual, clearTimeout: clearVirtual });
    Date.now = () => this.#nowMs;
    try {
      return await this.run(work);
    } finally {
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
      Date.now = real.now;
    }
  }

  #add(durationMs: number, wake: () => void): Sleeper {
    this.#order += 1;
    // Whole milliseconds, as the platform has them: time that is shorter than a number can hold never passes.
    const wakeAtMs = this.#nowMs + Math.ceil(Math.max(0, durationMs));
    const sleeper = { wakeAtMs, order: this.#order, wake, isCancelled: false };
    this.#heap.push(sleeper);
    let index = this.#heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) break;
      this.#swap(index, parent);
      index = parent;
    }
    return sleeper;
  }

  #takeNext(): Sleeper | undefined {
    for (;;) {
      const first = this.#heap[0];
      const last = this.#heap.pop();
      if (!first || !last) return undefined;
      if (last !== first) {
        this.#heap[0] = last;
        this.#sinkFirst();
      }
      if (!first.isCancelled) return first;
    }
  }

  #sinkFirst(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      let smallest = index;
      for (const child of [left, left + 1]) {
        if (child < this.#heap.length && this.#isBefore(child, smallest)) smallest = child;
      }
      if (smallest === index) return;
      this.#swap(index, smallest);
      index = smallest;
    }
  }

  #isBefore(left: number, right: number): boolean {
    const [a, b] = [this.#heap[left]!, this.#heap[right]!];
    return a.wakeAtMs < b.wakeAtMs || (a.wakeAtMs === b.wakeAtMs && a.order < b.order);
  }

  #swap(left: number, right: number): void {
    const kept = this.#heap[left]!;
    this.#heap[left] = this.#heap[right]!;
    this.#heap[right] = kept;
  }
}
