import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../provider/core/clock";

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

/** How a stretch of virtual time ended. */
export type Ended =
  | "done"
  /** Nobody waits for anything any more, and what was waited for has not happened: a hang. */
  | "deadlock"
  /** More timers than any honest work needs: a hot loop. */
  | "endless";

/** Timers that one stretch may fire before it counts as a hot loop. */
const MAX_TIMERS = 60_000;
/** More turns of the event loop than the way from the network to the code that waits for it takes. */
const QUIET_TURNS = 4;

/**
 * The one true time of a simulated world. It stands still while anything real is under way (an exchange on
 * loopback, code that is ready to run), and then jumps to the next timer: sleeps cost nothing, and the order
 * of events does not depend on the machine.
 */
export class VirtualTime {
  #nowMs: number;
  #timers: Timer[] = [];
  #busy = 0;
  #line: Promise<unknown> = Promise.resolve();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** Starts a new world: nothing of the old one happens any more. */
  restart(startMs: number): void {
    this.#nowMs = startMs;
    this.#timers = [];
  }

  /** Calls `run` at an instant (at once or later); returns what cancels it. */
  at(atMs: number, run: () => void): () => void {
    const timer = { atMs: Math.max(Math.ceil(atMs), this.#nowMs), run };
    const index = this.#timers.findIndex((other) => other.atMs > timer.atMs);
    this.#timers.splice(index < 0 ? this.#timers.length : index, 0, timer);
    return () => {
      const place = this.#timers.indexOf(timer);
      if (place >= 0) this.#timers.splice(place, 1);
    };
  }

  /** Does real work while time stands still, one piece after the other: their order is that of the calls. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    const result = this.#line.then(work);
    this.#line = result
      .catch(() => undefined)
      .then(() => {
        this.#busy -= 1;
      });
    return result;
  }

  /** Lets time pass until something has happened. */
  async passUntil(isDone: () => boolean): Promise<Ended> {
    for (let fired = 0; fired < MAX_TIMERS; fired += 1) {
      await this.#quiet();
      if (isDone()) return "done";
      const next = this.#timers.shift();
      if (!next) return "deadlock";
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
    }
    return "endless";
  }

  /** Lets so much time pass, whatever happens meanwhile. */
  async pass(durationMs: number): Promise<Ended> {
    let isOver = false;
    this.at(this.#nowMs + durationMs, () => {
      isOver = true;
    });
    return this.passUntil(() => isOver);
  }

  /** Until nothing real is under way and no code is ready to run: an answer takes some turns to reach its caller. */
  async #quiet(): Promise<void> {
    for (let quietTurns = 0; quietTurns < QUIET_TURNS; quietTurns += 1) {
      await setImmediate();
      if (this.#busy === 0) continue;
      await this.#line;
      quietTurns = 0;
    }
  }
}

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
  readonly #time: VirtualTime;
  readonly #skew: Skew;
  readonly #startMs: number;
  readonly #sleepers = new Set<Sleeper>();
  #isDead = false;
  #steppedMs = 0;

  constructor(time: VirtualTime, skew: Skew) {
    this.#time = time;
    this.#skew = skew;
    this.#startMs = time.nowMs();
    const { step } = skew;
    if (step) time.at(this.#startMs + step.afterMs, () => this.#stepBy(step.byMs));
  }

  nowMs(): number {
    const passedMs = this.#time.nowMs() - this.#startMs;
    const gainedMs = (passedMs * this.#skew.gainMsPerS) / 1_000;
    return Math.floor(this.#time.nowMs() + this.#skew.aheadMs + gainedMs + this.#steppedMs);
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

  /** The process dies: nobody who sleeps wakes any more. */
  kill(): void {
    this.#isDead = true;
    for (const sleeper of this.#sleepers) sleeper.cancel();
    this.#sleepers.clear();
  }

  #after(durationMs: number, wake: () => void): () => void {
    const trueMs = Math.max(durationMs, 0) / (1 + this.#skew.gainMsPerS / 1_000);
    return this.#time.at(this.#time.nowMs() + trueMs, wake);
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
