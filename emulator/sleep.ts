/** Waits; rejects with the signal's reason as soon as it is aborted. */
export type Sleep = (durationMs: number, signal: AbortSignal) => Promise<void>;

/** Node turns a longer timer into one of 1 ms: a hang would become a hot loop. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Waits by the machine's timers; what is longer than a timer can be waits for the signal alone. */
export const systemSleep: Sleep = (durationMs, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = durationMs > LONGEST_TIMER_MS ? undefined : setTimeout(end, durationMs);
    signal.addEventListener("abort", stop);
    function end() {
      signal.removeEventListener("abort", stop);
      resolve();
    }
    function stop() {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      reject(signal.reason);
    }
  });
