import type { NotPassed } from "../wording/pulumi-words";

/** What a program gets back of a gate. */
export interface SavedVerdict {
  readonly verdict: string;
  readonly accepted: boolean;
  readonly reasons: readonly string[] | undefined;
  /** Of the inputs that the verdict is about. */
  readonly inputsFingerprint: string | undefined;
  readonly stateVersion: number | undefined;
}

/**
 * Why a saved verdict lets nothing pass; `undefined` where it does.
 *
 * @param fingerprint of the inputs of the program that asks
 */
export function whyNotPassed(saved: SavedVerdict, fingerprint: string): NotPassed | undefined {
  if (saved.accepted) {
    // Only a test's mock of the engine has no version: there is no state that could be about other inputs.
    const isMocked = saved.stateVersion === undefined;
    if (isMocked || saved.inputsFingerprint === fingerprint) return undefined;
    return { kind: "otherInputs" };
  }
  if (saved.verdict === "pending") return { kind: "doesNotWait" };
  return saved.reasons && saved.reasons.length > 0
    ? { kind: "reasons", reasons: saved.reasons }
    : { kind: "verdict", verdict: saved.verdict };
}
