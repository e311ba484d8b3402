import { inputFields } from "../core/options/fields";
import { gateField } from "../core/policy-schema";
import { holdsOutputText } from "../core/preload-url";
import { type PlacedProblem, problemsOf } from "../core/problems";
import * as z from "../core/zod";
import type { Raw, ResourceKind } from "./resource-call";

const preloadInputs = z.object({ gate: gateField, ...inputFields("Preload") });
export type PreloadInputs = z.output<typeof preloadInputs>;

const preloadGateInputs = z.object({ gate: gateField, ...inputFields("PreloadGate") });
export type PreloadGateInputs = z.output<typeof preloadGateInputs>;

export type Inputs =
  | { readonly kind: "Preload"; readonly values: PreloadInputs }
  | { readonly kind: "PreloadGate"; readonly values: PreloadGateInputs };

/**
 * What stands for a value that is not known before another resource is created; a string, element by
 * element inside lists. Source: the SDK's `runtime.unknownValue`, which a test compares with it.
 */
export const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value is not known yet, or holds something that is not. */
export function holdsUnknown(value: unknown): boolean {
  if (value === UNKNOWN_VALUE) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(holdsUnknown);
}

export type ParsedInputs =
  | { readonly ok: true; readonly inputs: Inputs }
  /** Each without the value that is wrong. */
  | { readonly ok: false; readonly problems: readonly PlacedProblem[] };

/** Checks the inputs of either resource. Values that are not known yet are no problem. */
export function parseInputs(kind: ResourceKind, raw: Readonly<Raw>): ParsedInputs {
  const outputs = OUTPUT_TEXT_INPUTS.filter((key) => hasOutputText(raw[key]));
  if (outputs.length > 0) {
    const problem = { kind: "urlHoldsOutput" } as const;
    return { ok: false, problems: outputs.map((key) => ({ path: [key], problem })) };
  }
  const parsed = kind === "Preload" ? preloadInputs.safeParse(raw) : preloadGateInputs.safeParse(raw);
  if (parsed.success) return { ok: true, inputs: { kind, values: parsed.data } as Inputs };
  return { ok: false, problems: problemsOf(parsed.error).filter(({ path }) => !isUnknownAt(raw, path)) };
}

/** Inputs that take any text: a trigger that is always the same would never start the preload again. URLs say it themselves. */
const OUTPUT_TEXT_INPUTS = ["triggers", "headers", "taskIds"] as const;

function hasOutputText(value: unknown): boolean {
  if (typeof value === "string") return holdsOutputText(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasOutputText);
}

function isUnknownAt(raw: unknown, path: readonly PropertyKey[]): boolean {
  let value = raw;
  for (const key of path) {
    if (value === UNKNOWN_VALUE) return true;
    value = (value as Record<PropertyKey, unknown> | undefined | null)?.[key];
  }
  return holdsUnknown(value);
}
