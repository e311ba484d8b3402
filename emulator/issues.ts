import { z } from "zod";

/** Says what is wrong with an input, each fault with its property's path, on one line each. */
export function describeIssues(error: unknown): string {
  if (!(error instanceof z.ZodError)) return messageOf(error);
  return error.issues
    .flatMap(flatten)
    .map(({ path, message }) => `${pathText(path)}: ${message}`)
    .join("\n");
}

function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : String(error);
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** An unknown property's own path says more than that of the object around it. */
function flatten(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code !== "unrecognized_keys") return [issue];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: "is not a known property" }));
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "(the whole)";
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}
