import { durationField } from "../core/input-fields";
import { type PlacedProblem, problemsOf } from "../core/problems";
import * as z from "../core/zod";
import type { Raw, ResourceCall } from "../resources/resource-call";

/** What the resource classes add to the user's inputs, and what `diff` ignores. */
const context = z.object({
  kind: z.enum(["Preload", "PreloadGate"]),
  urn: z.string().optional(),
  urlsAreSecret: z.boolean().default(false),
  /** Only in a preview; `check` removes it, so that it is in no state and no diff. */
  preview: z.boolean().optional(),
  /** The names in this package's namespace of the stack's config; `check` removes them as well. */
  configNames: z.array(z.string()).optional(),
  /** The resource option `customTimeouts`, which never reaches a dynamic provider by itself. */
  createTimeout: durationField.optional(),
  updateTimeout: durationField.optional(),
});

/**
 * The keys under which the resource classes add to the user's inputs. The engine shows no property whose name
 * begins so: neither on a row, nor in the details of a diff. Outputs, and what earlier releases saved, have the
 * names without it.
 */
export const CONTEXT_INPUT = "__context";
export const FINGERPRINT_INPUT = "__inputsFingerprint";

/** What the resource classes have added to inputs, or what of it is saved with outputs. */
export function contextOf(raw: Readonly<Raw>): Record<string, unknown> {
  return (raw[CONTEXT_INPUT] ?? raw.context ?? {}) as Record<string, unknown>;
}

/** The names in this package's namespace of the stack's config, as the program listed them. */
export function configNamesOf(raw: Readonly<Raw>): readonly string[] {
  return context.shape.configNames.safeParse(contextOf(raw).configNames).data ?? [];
}

/** What a call is about, by what the resource classes have added. */
export function callOf(raw: Readonly<Raw>, verb?: "create" | "update"): ResourceCall {
  const added = contextOf(raw);
  const parsed = context.safeParse(added);
  const timeoutMs = parsed.success && verb ? parsed.data[`${verb}Timeout`] : undefined;
  return {
    kind: added.kind === "PreloadGate" ? "PreloadGate" : "Preload",
    urn: added.urn as string | undefined,
    urlsAreSecret: added.urlsAreSecret === true,
    timeoutMs,
  };
}

/** What is wrong with what the resource classes have added; a program can only give `customTimeouts` wrongly. */
export function contextProblems(raw: Readonly<Raw>): PlacedProblem[] {
  const parsed = context.safeParse({ kind: "Preload", ...contextOf(raw) });
  if (parsed.success) return [];
  return problemsOf(parsed.error).map(({ path, problem }) => ({ path: ["context", ...path], problem }));
}
