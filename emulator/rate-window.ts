import type { OperationName } from "../provider/wire/limits";

const WINDOW_MS = 1_000;

/** Counts each operation's calls in the last second. Refused calls do not count. */
export class RateWindow {
  #callTimesMs = new Map<OperationName, number[]>();

  /** Whether one more call is within the rate. If so, the call is counted. */
  admit(operation: OperationName, at: { nowMs: number; callsPerSecond: number }): boolean {
    const recent = (this.#callTimesMs.get(operation) ?? []).filter((time) => time > at.nowMs - WINDOW_MS);
    const admitted = recent.length < at.callsPerSecond;
    if (admitted) recent.push(at.nowMs);
    this.#callTimesMs.set(operation, recent);
    return admitted;
  }

  reset(): void {
    this.#callTimesMs = new Map();
  }
}
