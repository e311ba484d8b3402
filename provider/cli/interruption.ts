const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const INTERRUPTED_EXIT_CODE = 130;

/** Turns signals into an abort. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Leaves signals to the system again. */
  end(): void;
}

/**
 * The first signal ends the wait and lets the run say what is known; a second one ends the process at once.
 *
 * @param onFirst called before the wait ends.
 * @param onSecond called before the process ends.
 */
export function listenForInterruption(on: {
  readonly first: () => void;
  readonly second: () => void;
}): Interruption {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) {
      on.second();
      process.exit(INTERRUPTED_EXIT_CODE);
    }
    on.first();
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    end: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
