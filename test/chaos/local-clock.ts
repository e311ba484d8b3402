import type { Clock } from "../../provider/core/clock";
import type { VirtualClock } from "../support/virtual-clock";

/** How a machine's own clock differs from the true time. */
export interface Skew {
  /** How far it is ahead at first, in milliseconds. */
  readonly aheadMs: number;
  /** How much it gains, in milliseconds per second. */
  readonly gainMsPerS: number;
  /** Someone sets it: so long after the run's start, by so much. */
  readonly step?: { readonly afterMs: number; readonly byMs: number } | undefined;
}

interface Sleeper {
  readonly wallEndMs: number;
  readonly wake: () => void;
  cancel: () => void;
}

/**
 * The clock of one process on one machine. As the machine's own does, a sleep ends by the wall clock or the
 * monotonic one, whichever is first. Once the process is dead nothing in it happens any more.
 */
export class LocalClock implements Clock {
  readonly #time: VirtualClock;
  readonly #skew: Skew;
  readonly #startMs: number;
  readonly #sleepers = new Set<Sleeper>();
  #isDead = false;
  #steppedMs = 0;

  constructor(time: VirtualClock, skew: Skew) {
    this.#time = time;
    this.#skew = skew;
    this.#startMs = time.nowMs();
    const { step } = skew;
    if (step) time.after(step.afterMs, () => this.#stepBy(step.byMs));
  }

  nowMs(): number {
    const passedMs = this.#time.nowMs() - this.#startMs;
    const gainedMs = (passedMs * this.#skew.gainMsPerS) / 1_000;
    return Math.floor(this.#time.nowMs() + this.#skew.aheadMs + gainedMs + this.#steppedMs);
  }

  /** Runs as fast as the other one, and nobody sets it. */
  steadyMs(): number {
    return this.nowMs() - this.#steppedMs;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    if (this.#isDead) return new Promise(() => {});
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const end = () => {
        sleeper.cancel();
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener("abort", onAbort);
      };
      const onAbort = () => {
        end();
        reject(signal?.reason);
      };
      const wake = () => {
        end();
        resolve();
      };
      const sleeper: Sleeper = {
        wallEndMs: this.nowMs() + durationMs,
        wake,
        cancel: this.#after(durationMs, wake),
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** The process dies: no sleep of it ends any more. */
  kill(): void {
    this.#isDead = true;
    for (const sleeper of this.#sleepers) sleeper.cancel();
    this.#sleepers.clear();
  }

  #after(durationMs: number, wake: () => void): () => void {
    const trueMs = Math.max(durationMs, 0) / (1 + this.#skew.gainMsPerS / 1_000);
    return this.#time.after(trueMs, wake);
  }

  #stepBy(byMs: number): void {
    if (this.#isDead) return;
    this.#steppedMs += byMs;
    if (byMs < 0) return;
    for (const sleeper of this.#sleepers) {
      sleeper.cancel();
      sleeper.cancel = this.#after(sleeper.wallEndMs - this.nowMs(), sleeper.wake);
    }
  }
}
