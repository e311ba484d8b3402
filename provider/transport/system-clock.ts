import { setTimeout } from "node:timers/promises";
import type { Clock } from "../core/clock";

/**
 * The longest single timer. Short enough that a machine that was suspended notices soon after it wakes
 * (timers stand still meanwhile), and far below 2^31-1 ms, past which Node turns a delay into 1 ms.
 */
const SLICE_MS = 30_000;

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  steadyMs: () => performance.now(),
  sleep: (durationMs, signal) => sleep(durationMs, signal),
};

/**
 * Ends when the wall clock or the monotonic one has gone on by the duration, whichever is first: the wall
 * clock where the machine slept, the monotonic one where someone set the wall clock back.
 */
async function sleep(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  const wallEndMs = Date.now() + durationMs;
  const monotonicEndMs = performance.now() + durationMs;
  signal?.throwIfAborted();
  for (;;) {
    const leftMs = Math.min(wallEndMs - Date.now(), monotonicEndMs - performance.now());
    if (!(leftMs > 0)) {
      return;
    }
    const sliceMs = Math.ceil(Math.min(leftMs, SLICE_MS));
    // Node rejects with an error of its own, which does not say why the signal was aborted.
    await setTimeout(sliceMs, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}
