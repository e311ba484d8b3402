import type { Verdict } from "../core/judge";
import type { OptionName } from "../core/options/settings";
import { canonicalJson, fingerprintOf, withoutDefault } from "./fingerprint";
import { holdsUnknown } from "./inputs";
import { type Outputs, REPLACING_INPUTS } from "./outputs";

/** What `diff` tells the engine. */
export interface Difference {
  readonly changes: boolean;
  /** Inputs whose change starts the preload again. */
  readonly replaces: string[];
}

/**
 * What a program changes about a saved resource:
 * - a replacement, when an input that started the preload changed;
 * - an update, when the URLs, the tasks or the gate changed, and whenever the saved verdict does not let
 *   dependents pass for good. Without the latter a failed gate would turn green: a refresh clears the mark
 *   of a failed create, and the engine then asks only `diff`.
 *
 * Nothing, for settings of the execution and for the order of URLs.
 *
 * @param options.wouldOnlyAsk whether the update of a submission that does not wait would submit nothing
 */
export function differenceOf(
  outputs: Outputs,
  inputs: Readonly<Record<string, unknown>>,
  options: { readonly wouldOnlyAsk: boolean },
): Difference {
  const replaces = REPLACING_INPUTS.filter(
    (key) => holdsUnknown(inputs[key]) || settingOf(key, outputs) !== settingOf(key, inputs),
  );
  const isOther = holdsUnknown(inputs) || outputs.inputsFingerprint !== fingerprintOf(inputs);
  return { changes: replaces.length > 0 || isOther || !isSettled(outputs, inputs, options), replaces };
}

function settingOf(name: OptionName, from: Readonly<Record<string, unknown>>): string {
  return canonicalJson(withoutDefault(name, from[name]));
}

function isSettled(
  outputs: Outputs,
  inputs: Readonly<Record<string, unknown>>,
  options: { readonly wouldOnlyAsk: boolean },
): boolean {
  const verdict = outputs.verdict as Verdict;
  if (verdict === "passed" || outputs.acceptedBy === "override") return true;
  return isUnwaited(outputs, inputs) && options.wouldOnlyAsk;
}

/** Whether it is a submission that does not wait, and all that it has submitted was accepted when it was saved. */
export function isUnwaited(outputs: Outputs, inputs: Readonly<Record<string, unknown>>): boolean {
  return inputs.wait === false && outputs.verdict === "pending";
}
