import { z } from "zod";

/** Describes what is wrong with an input, one line per problem, with the property's path. */
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

/** The path of an unknown property says more than the path of its object. */
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
