import type { Clock } from "../../provider/core/clock";
import { TimerQueue } from "./timer-queue";

/** How a stretch of virtual time ended. */
export type Ended =
  | "done"
  /** No timer is left, and what was waited for has not happened: a hang. */
  | "deadlock"
  /** More timers than any honest work needs: a hot loop. */
  | "endless";

export interface VirtualClockOptions {
  readonly startMs?: number;
  /** A sleep moves the clock immediately, for code that sleeps only between real exchanges. Default false. */
  readonly autoAdvance?: boolean;
  /** Turns of the event loop without real work under way, after which all code has run. Default 1. */
  readonly quietTurns?: number;
  /** Timers that one stretch of time may fire before it counts as a hot loop. Default 100,000. */
  readonly maxTimers?: number;
}

/** At one instant, what happens from the outside comes before what wakes up. */
const RANK = { event: 0, sleep: 1 } as const;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * The one clock of tests and simulations: no real time passes by it. It stands still while code is ready to run, and
 * jumps to the next timer when it is told to pass. So sleeps cost nothing, and the order of events does not depend on
 * the machine.
 */
export class VirtualClock implements Clock {
  /** How long each sleep was to last, in milliseconds. */
  readonly sleptMs: number[] = [];
  readonly #autoAdvance: boolean;
  readonly #quietTurns: number;
  readonly #maxTimers: number;
  readonly #timers = new TimerQueue();
  #nowMs: number;
  #sleeperCount = 0;
  /** How many pieces of real work were begun. */
  #realWorkBegun = 0;
  /** How many of them have been waited for. */
  #realWorkSeen = 0;
  #realWorkInLine: Promise<unknown> = Promise.resolve();

  constructor(options: VirtualClockOptions = {}) {
    this.#nowMs = options.startMs ?? Date.parse("2026-11-23T10:00:00Z");
    this.#autoAdvance = options.autoAdvance ?? false;
    this.#quietTurns = options.quietTurns ?? 1;
    this.#maxTimers = options.maxTimers ?? 100_000;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** How many sleeps are under way. */
  get sleeperCount(): number {
    return this.#sleeperCount;
  }

  async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!Number.isFinite(durationMs)) throw new Error(`a sleep of ${durationMs} ms`);
    this.sleptMs.push(durationMs);
    if (this.#autoAdvance) {
      this.#nowMs += durationMs;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.#sleeperCount += 1;
      const timer = this.#add(durationMs, RANK.sleep, () => {
        this.#sleeperCount -= 1;
        signal?.removeEventListener("abort", onAbort);
        resolve();
      });
      const onAbort = () => {
        this.#sleeperCount -= 1;
        timer.isCancelled = true;
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** Does something from the outside after some time, such as an interruption; returns what cancels it. */
  after(durationMs: number, act: () => void): () => void {
    const timer = this.#add(durationMs, RANK.event, act);
    return () => {
      timer.isCancelled = true;
    };
  }

  /** Sets the clock, as someone with the rights to might, without waking anything. */
  set(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  /** Moves the clock on without waking anything: days between two runs. */
  skip(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  /** Starts a new world: nothing of the old one happens any more. */
  restart(startMs: number): void {
    this.#nowMs = startMs;
    this.#timers.clear();
    this.#sleeperCount = 0;
  }

  /** Does real work while time stands still, one piece after the other: their order is that of the calls. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.#realWorkBegun += 1;
    const result = this.#realWorkInLine.then(work);
    this.#realWorkInLine = result.catch(() => undefined);
    return result;
  }

  /** Lets time pass until the work is done; work that waits for what never comes is an error. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    done.catch(() => undefined);
    const ended = await this.passUntil(() => isDone);
    if (ended === "deadlock") throw new Error("The work hangs: nothing sleeps, and it is not done.");
    if (ended === "endless") throw new Error("The work goes on for ever.");
    return done;
  }

  /** Lets time pass until something has happened. */
  async passUntil(isDone: () => boolean): Promise<Ended> {
    for (let fired = 0; fired < this.#maxTimers; fired += 1) {
      await this.#quiet();
      if (isDone()) return "done";
      if (!this.#fireNext()) return "deadlock";
    }
    return "endless";
  }

  /** Lets this much time pass, with everything that happens in it. */
  async pass(durationMs: number): Promise<Ended> {
    let isOver = false;
    this.after(durationMs, () => {
      isOver = true;
    });
    return this.passUntil(() => isOver);
  }

  /** As {@link pass}, and wakes what sleeps until that very instant too. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    await this.#quiet();
    while ((this.#timers.next()?.atMs ?? Number.POSITIVE_INFINITY) <= endMs) {
      this.#fireNext();
      await this.#quiet();
    }
    this.#nowMs = endMs;
  }

  /** Lets time pass until no timer is left. */
  async advanceUntilIdle(): Promise<void> {
    do await this.#quiet();
    while (this.#fireNext());
  }

  /** Whole milliseconds, as the platform has them: time that is shorter than a number can hold never passes. */
  #add(durationMs: number, rank: number, act: () => void) {
    return this.#timers.add(this.#nowMs + Math.ceil(Math.max(0, durationMs)), rank, act);
  }

  /** @returns whether there was a timer */
  #fireNext(): boolean {
    const next = this.#timers.takeNext();
    if (!next) return false;
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.act();
    return true;
  }

  /**
   * Until nothing real is under way and no code is ready to run. What was begun counts, also where it has ended by the
   * next turn: what follows from it takes turns of its own.
   */
  async #quiet(): Promise<void> {
    for (let quietTurns = 0; quietTurns < this.#quietTurns; quietTurns += 1) {
      await turn();
      if (this.#realWorkBegun === this.#realWorkSeen) continue;
      this.#realWorkSeen = this.#realWorkBegun;
      await this.#realWorkInLine;
      quietTurns = 0;
    }
  }
}
