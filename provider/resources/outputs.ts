import type { OptionName } from "../core/options/settings";
import { inputsThatStartAgain } from "../core/options/values";
import { gatePolicy } from "../core/policy-schema";
import type { Outcome } from "../gate";
import type { NextStep } from "../wording/catalogue";
import { fingerprintOf } from "./fingerprint";
import type { Inputs } from "./inputs";
import { memoryOf } from "./saved-outputs";

/** Inputs whose change starts the preload again; kept among the outputs, since `diff` sees no old inputs. */
export const REPLACING_INPUTS: readonly OptionName[] = inputsThatStartAgain().map(({ name }) => name);

/** Outputs of both resources, beside the inputs above. */
export const OUTPUT_NAMES = [
  "taskIds",
  "verdict",
  "accepted",
  "acceptedBy",
  "reasons",
  "summary",
  "tasks",
  "results",
  "stateVersion",
  "saved",
  "inputsFingerprint",
] as const;

/** Outputs that repeat what `urls` or `headers` say, and so are secret where these are. */
export const DERIVED_OUTPUTS = ["taskIds", "results", "tasks", "saved"] as const;

/** A resource's outputs, as plain JSON. */
export type Outputs = Record<string, unknown>;

/**
 * The outputs of a resource. They are its whole memory: users read them, and `diff`, `update` and `read` get
 * nothing else of what was.
 *
 * @param raw the inputs as the engine sent them.
 * @param reasons why it did not pass, in words.
 */
export function outputsOf(
  outcome: Outcome,
  raw: Readonly<Record<string, unknown>>,
  reasons: readonly string[],
): Outputs {
  const policy = gatePolicy.parse(raw.gate ?? {});
  const kept = Object.fromEntries(REPLACING_INPUTS.map((key) => [key, raw[key]]));
  return sanitized({
    ...kept,
    gate: raw.gate,
    ...memoryOf(outcome.state, policy),
    inputsFingerprint: fingerprintOf(raw),
    taskIds: outcome.taskIds,
    verdict: outcome.verdict,
    accepted: outcome.accepted,
    acceptedBy: outcome.acceptedBy,
    reasons,
    summary: outcome.summary,
  });
}

/** Whether anything is known that would be lost with the outputs. */
export function knowsAnything(outcome: Outcome): boolean {
  const { tasks, saved } = outcome.state;
  return tasks.length > 0 || saved.submissions.length > 0 || saved.openAttempts.length > 0;
}

/** Plain JSON: an `undefined` anywhere in what a provider returns fails the call after its side effect. */
export function sanitized(outputs: Outputs): Outputs {
  return JSON.parse(JSON.stringify(outputs));
}

/** What to do next. */
export function nextStepOf(outcome: Outcome, kind: Inputs["kind"]): NextStep {
  if (kind === "PreloadGate" && outcome.verdict === "failed") return { kind: "repairElsewhere" };
  if (outcome.verdict === "failed") return { kind: "fixCause" };
  if (outcome.state.saved.openAttempts.length > 0) return { kind: "mayHaveBeenAccepted" };
  const { failure } = outcome;
  const isToFix =
    failure && !failure.retryable && failure.code !== "timeout" && failure.code !== "interrupted";
  return { kind: isToFix ? "fixNamed" : "goOn" };
}
