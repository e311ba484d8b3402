import type { VirtualClock } from "../../test/support/virtual-clock";

/** Runs code that uses the platform's clock and timers on a virtual clock, by replacing them meanwhile. */
export async function runWithPlatformTimers<T>(clock: VirtualClock, work: () => Promise<T>): Promise<T> {
  const real = { setTimeout, clearTimeout, now: Date.now };
  const cancels = new Map<number, () => void>();
  let lastId = 0;
  const setVirtual = (act: (...args: unknown[]) => void, delayMs = 0, ...args: unknown[]): number => {
    lastId += 1;
    cancels.set(
      lastId,
      clock.after(delayMs, () => act(...args)),
    );
    return lastId;
  };
  const clearVirtual = (id: number): void => cancels.get(id)?.();
  Object.assign(globalThis, { setTimeout: setVirtual, clearTimeout: clearVirtual });
  Date.now = () => clock.nowMs();
  try {
    return await clock.run(work());
  } finally {
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Date.now = real.now;
  }
}
