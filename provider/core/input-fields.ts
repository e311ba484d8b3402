import { parseDurationMs } from "./duration";
import { gatePolicy } from "./policy";
import { type PreloadUrl, parsePreloadUrl } from "./preload-url";
import * as z from "./zod";

/** The inputs that every front takes, each with its check and what it says of a wrong one. */

/** Most URLs of one run. */
export const MAX_URLS = 10_000;
/** How long a run waits unless told otherwise. */
const DEFAULT_TIMEOUT = "45m";

const urlField = z.string("must be a string").transform((value, context): PreloadUrl => {
  const parsed = parsePreloadUrl(value);
  if (parsed.ok) return parsed.url;
  context.addIssue({ code: "custom", message: parsed.problem });
  return z.NEVER;
});

export const urlsField = z
  .array(urlField, "must be a list of URLs")
  .min(1, "must hold at least one URL")
  .max(MAX_URLS, `must hold at most ${MAX_URLS} URLs; use several resources`);

export const durationField = z
  .string('must be a duration such as "90s", "45m" or "2h"')
  .transform((value, context) => {
    const parsed = parseDurationMs(value);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: "custom", message: 'must be a duration such as "90s", "45m" or "2h"' });
    return z.NEVER;
  });

/** What every gate takes. */
export const gateFields = {
  gate: z.prefault(gatePolicy, {}),
  timeout: z.prefault(durationField, DEFAULT_TIMEOUT),
};

/** What a gate that submits takes beside its URLs. */
export const preloadFields = {
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
};

/** Task ids as a list, or as one string with commas. */
export const taskIdsField = z
  .union([z.string(), z.array(z.string())], "must be a list of task ids, or one string with commas")
  .transform((value, context) => {
    const ids = [value]
      .flat()
      .flatMap((item) => item.split(","))
      .map((id) => id.trim())
      .filter((id) => id !== "");
    if (ids.length === 0) context.addIssue({ code: "custom", message: "must hold at least one task id" });
    if (ids.some((id) => !/^\d{1,64}$/.test(id))) {
      context.addIssue({
        code: "custom",
        message: "holds something that is no task id (digits, as PushObjectCache returns them)",
      });
    }
    return [...new Set(ids)];
  });

/** `urls[3]`, `gate.minSuccessPercent`: where in the inputs a fault lies. */
export function showInputPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return text.replace(/^\./, "");
}
