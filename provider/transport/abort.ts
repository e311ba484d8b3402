import type { Clock } from "../core/clock";

/**
 * How signals, timers and promises are combined. Each of these removes its listeners and ends its timer together with
 * the work, since either would keep the process alive, or memory in a process that lives long.
 */

/**
 * Calls back once the signal aborts, at once where it has already.
 *
 * @returns what takes the listener away.
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (signal?.aborted) callback();
  else signal?.addEventListener("abort", callback, { once: true });
  return () => signal?.removeEventListener("abort", callback);
}

/**
 * Does a work with a signal that also aborts after `durationMs`.
 *
 * @param bound.signal aborts it sooner.
 * @param bound.reason what the signal then aborts with.
 */
export async function withTimeout<T>(
  bound: {
    readonly clock: Pick<Clock, "sleep">;
    readonly durationMs: number;
    readonly reason: Error;
    readonly signal?: AbortSignal | undefined;
  },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, durationMs, reason, signal } = bound;
  const over = new AbortController();
  const ended = new AbortController();
  clock.sleep(durationMs, ended.signal).then(
    () => over.abort(reason),
    () => undefined,
  );
  try {
    return await work(signal ? AbortSignal.any([signal, over.signal]) : over.signal);
  } finally {
    ended.abort();
  }
}

/** Does a work with a signal that follows another one `graceMs` later. */
export async function withGrace<T>(
  bound: {
    readonly clock: Pick<Clock, "sleep">;
    readonly graceMs: number;
    readonly signal: AbortSignal;
  },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, graceMs, signal } = bound;
  const delayed = new AbortController();
  const ended = new AbortController();
  const stopListening = onAbort(signal, () => {
    clock.sleep(graceMs, ended.signal).then(
      () => delayed.abort(signal.reason),
      () => undefined,
    );
  });
  try {
    return await work(delayed.signal);
  } finally {
    stopListening();
    ended.abort();
  }
}

/** Does a work with a signal that aborts once every one of `signals` has. */
export async function untilAllAbort<T>(
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const allAborted = new AbortController();
  const listeners = signals.map((signal) =>
    onAbort(signal, () => {
      if (signals.every((other) => other.aborted)) allAborted.abort(signal.reason);
    }),
  );
  try {
    return await work(allAborted.signal);
  } finally {
    for (const stopListening of listeners) stopListening();
  }
}

/**
 * Waits for a promise, which goes on by itself, only until the signal aborts.
 *
 * @param failure what it then rejects with; default: the signal's reason.
 */
export async function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  failure: (reason: unknown) => unknown = (reason) => reason,
): Promise<T> {
  let stopListening = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stopListening = onAbort(signal, () => reject(failure(signal?.reason)));
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    stopListening();
    // No one else may wait for it any more.
    promise.catch(() => undefined);
  }
}
