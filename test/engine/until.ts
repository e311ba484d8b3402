const LOOK_INTERVAL_MS = 20;

/** Waits until something is so; the test's own timeout ends a wait that is in vain. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
}
