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
export function whyNotPassed(saved: SavedVerdict, fingerprint: string): string | undefined {
  if (saved.accepted) {
    // Only a test's mock of the engine has no version: there is no state that could be about other inputs.
    const isMocked = saved.stateVersion === undefined;
    if (isMocked || saved.inputsFingerprint === fingerprint) return undefined;
    return "its saved verdict is about other inputs than this program's; run `pulumi up` without --target, and give it no ignoreChanges or transform of its inputs.";
  }
  if (saved.verdict === "pending")
    return "it does not wait (wait: false); let a PreloadGate wait for its taskIds.";
  return saved.reasons && saved.reasons.length > 0
    ? saved.reasons.join("\n")
    : `its verdict is ${saved.verdict}.`;
}
