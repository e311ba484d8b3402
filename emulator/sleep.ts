/** Waits. Rejects with the signal's reason as soon as the signal is aborted. */
export type Sleep = (durationMs: number, signal: AbortSignal) => Promise<void>;

/** Node turns a longer timer into one of 1 ms, so a hang would become a busy loop. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Waits with the machine's timers. A wait that is too long for a timer ends only with the signal. */
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
