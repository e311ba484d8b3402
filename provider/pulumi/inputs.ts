import { z } from "zod";
import { parseDurationMs } from "../core/duration";
import { gatePolicy } from "../core/policy";
import { type PreloadUrl, parsePreloadUrl } from "../core/preload-url";

/** Which resource an input or a state belongs to: one provider serves both. */
export type ResourceKind = "Preload" | "PreloadGate";

/** Most URLs of one resource. */
const MAX_URLS = 10_000;
/** How long a resource waits unless told otherwise. */
const DEFAULT_TIMEOUT = "45m";

const url = z.string("must be a string").transform((value, context): PreloadUrl => {
  const parsed = parsePreloadUrl(value);
  if (parsed.ok) return parsed.url;
  context.addIssue({ code: "custom", message: parsed.problem });
  return z.NEVER;
});

const urls = z
  .array(url, "must be a list of URLs")
  .min(1, "must hold at least one URL")
  .max(MAX_URLS, `must hold at most ${MAX_URLS} URLs; use several resources`);

const durationMs = z.string('must be a duration such as "90s", "45m" or "2h"').transform((value, context) => {
  const parsed = parseDurationMs(value);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: "custom", message: 'must be a duration such as "90s", "45m" or "2h"' });
  return z.NEVER;
});

/** What the resource classes add to the user's inputs, and what `diff` ignores. */
const context = z.object({
  kind: z.enum(["Preload", "PreloadGate"]),
  urn: z.string().optional(),
  urlsAreSecret: z.boolean().default(false),
  /** Only in a preview; `check` removes it, so that it is in no state and no diff. */
  preview: z.boolean().optional(),
  /** The resource option `customTimeouts`, which never reaches a dynamic provider by itself. */
  createTimeout: durationMs.optional(),
  updateTimeout: durationMs.optional(),
});

const common = {
  context,
  triggers: z.array(z.unknown(), "must be a list").optional(),
  gate: z.prefault(gatePolicy, {}),
  timeout: z.prefault(durationMs, DEFAULT_TIMEOUT),
};

const preloadInputs = z.object({
  ...common,
  urls,
  area: z.enum(["domestic", "overseas"], 'must be "domestic" or "overseas"').optional(),
  l2Preload: z.boolean("must be true or false").optional(),
  queryHashKey: z.boolean("must be true or false").optional(),
  headers: z
    .record(
      z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/),
      z.array(
        z.string("must be a string").regex(/^[^\r\n\0]*$/, "must be one line"),
        "must be a list of values",
      ),
      {
        // A record says of a wrong key what it says of itself.
        error: (issue) =>
          issue.code === "invalid_key"
            ? "is not a header name"
            : "must be an object of header name to list of values",
      },
    )
    .optional(),
  wait: z.boolean("must be true or false").default(true),
  purgeFirst: z.boolean("must be true or false").default(false),
  quotaCheck: z.enum(["fail", "warn", "off"], 'must be "fail", "warn" or "off"').default("fail"),
  adoptInFlight: z.boolean("must be true or false").default(false),
});
export type PreloadInputs = z.output<typeof preloadInputs>;

const taskIds = z
  .union([z.string(), z.array(z.string())], "must be a list of task ids, or one string with commas")
  .transform((value, context) => {
    const ids = [value]
      .flat()
      .flatMap((item) => item.split(","))
      .map((id) => id.trim())
      .filter((id) => id !== "");
    if (ids.length === 0) context.addIssue({ code: "custom", message: "must hold at least one task id" });
    if (ids.some((id) => !/^[0-9A-Za-z_-]{1,64}$/.test(id))) {
      context.addIssue({
        code: "custom",
        message: "holds something that is no task id (digits, as PushObjectCache returns them)",
      });
    }
    return [...new Set(ids)];
  });

const preloadGateInputs = z.object({ ...common, taskIds, urls: urls.optional() });
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
  /** One problem an entry: the property's path and what is wrong with it, without its value. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Checks the inputs of either resource. Values that are not known yet are no problem. */
export function parseInputs(raw: Record<string, unknown>): ParsedInputs {
  const kind =
    (raw.context as { kind?: unknown } | undefined)?.kind === "PreloadGate" ? "PreloadGate" : "Preload";
  const parsed = kind === "Preload" ? preloadInputs.safeParse(raw) : preloadGateInputs.safeParse(raw);
  if (parsed.success) return { ok: true, inputs: { kind, values: parsed.data } as Inputs };
  const problems = parsed.error.issues
    .filter((issue) => !isUnknownAt(raw, issue.path))
    .map((issue) => `${showPath(issue.path)}: ${issue.message}`);
  return { ok: false, problems };
}

function isUnknownAt(raw: unknown, path: readonly PropertyKey[]): boolean {
  let value = raw;
  for (const key of path) {
    if (value === UNKNOWN_VALUE) return true;
    value = (value as Record<PropertyKey, unknown> | undefined | null)?.[key];
  }
  return holdsUnknown(value);
}

function showPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return text.replace(/^\./, "");
}
