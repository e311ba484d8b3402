import { parseDurationMs } from "./duration";
import { type PreloadUrl, parsePreloadUrl } from "./preload-url";
import { addProblem, problem } from "./problems";
import * as z from "./zod";

/** The checks of values that have a form of their own, and the problem of a wrong one. */

/** Most URLs of one run. */
export const MAX_URLS = 10_000;

const urlField = z.string(problem("notAString")).transform((value, context): PreloadUrl => {
  const parsed = parsePreloadUrl(value);
  if (parsed.ok) return parsed.url;
  addProblem(context, parsed.problem);
  return z.NEVER;
});

export const urlsField = z
  .array(urlField, problem("notUrls"))
  .min(1, problem("noUrls"))
  .superRefine((urls, context) => {
    if (urls.length > MAX_URLS) addProblem(context, { kind: "tooManyUrls", most: MAX_URLS });
  });

export const durationField = z.string(problem("notADuration")).transform((value, context) => {
  const parsed = parseDurationMs(value);
  if (parsed !== undefined) return parsed;
  addProblem(context, { kind: "notADuration" });
  return z.NEVER;
});

/** Header names, each with its values. */
export const headersField = z.record(
  z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/),
  z.array(
    z.string(problem("notAString")).regex(/^[^\r\n\0]*$/, problem("notOneLine")),
    problem("notHeaderValues"),
  ),
  {
    // A record says of a wrong key what it says of itself.
    error: (issue) => problem(issue.code === "invalid_key" ? "notAHeaderName" : "notHeaders"),
  },
);

/** Task ids as a list, or as one string with commas. */
export const taskIdsField = z
  .union([z.string(), z.array(z.string())], problem("notTaskIds"))
  .transform((value, context) => {
    const ids = [value]
      .flat()
      .flatMap((item) => item.split(","))
      .map((id) => id.trim())
      .filter((id) => id !== "");
    if (ids.length === 0) addProblem(context, { kind: "noTaskIds" });
    if (ids.some((id) => !/^\d{1,64}$/.test(id))) addProblem(context, { kind: "notATaskId" });
    return [...new Set(ids)];
  });
