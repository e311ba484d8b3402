import type { Difference } from "../resources/difference";
import { fingerprintOf } from "../resources/fingerprint";
import { holdsUnknown } from "../resources/inputs";
import type { Raw } from "../resources/resource-call";

/** Inputs that a verdict is about, in the order in which the engine names them. */
const JUDGED_INPUTS = [
  "urls",
  "taskIds",
  "triggers",
  "area",
  "l2Preload",
  "queryHashKey",
  "headers",
  "purgeFirst",
  "gate",
] as const;

/** One property that an update or a replacement is about. */
export interface PropertyChange {
  readonly name: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
  /** Whether it is an input that changed, and not what the service said. */
  readonly isInput: boolean;
}

/** The properties that a difference is about, by names that the program knows. Never empty where there is one. */
export function propertyChanges(
  difference: Difference,
  { oldInputs, news }: { oldInputs: Raw; news: Raw },
): PropertyChange[] {
  if (!difference.changes) return [];
  const changed = JUDGED_INPUTS.filter(
    (name) => difference.replaces.includes(name) || hasChanged(oldInputs[name], news[name], name),
  ).map((name) => ({
    name,
    kind: kindOf(oldInputs[name], news[name]),
    replaces: difference.replaces.includes(name),
    isInput: true,
  }));
  if (changed.length > 0) return changed;
  return [{ name: "verdict", kind: "update", replaces: false, isInput: false }];
}

function hasChanged(before: unknown, after: unknown, name: string): boolean {
  return holdsUnknown(after) || fingerprintOf({ [name]: before }) !== fingerprintOf({ [name]: after });
}

function kindOf(before: unknown, after: unknown): PropertyChange["kind"] {
  if (before === undefined) return "add";
  return after === undefined ? "delete" : "update";
}
