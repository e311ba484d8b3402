import type { z } from "zod";

/** The way to a field of an answer; `[]` stands for each item of a list. */
export type FieldPath = readonly string[];

/** The parts of a zod schema's definition that lead to its fields. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly out?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
}

/** Every field that a schema knows, lists' items included; found by walking it, so that a new one is too. */
export function fieldsOf(schema: z.core.$ZodType): FieldPath[] {
  const paths = new Map<string, FieldPath>();
  walk(schema, [], (path) => paths.set(path.join("."), path));
  return [...paths.values()];
}

function walk(schema: z.core.$ZodType, path: FieldPath, found: (path: FieldPath) => void): void {
  const def = schema._zod.def as unknown as Definition;
  for (const [key, child] of Object.entries(def.shape ?? {})) {
    found([...path, key]);
    walk(child, [...path, key], found);
  }
  if (def.element) {
    found([...path, "[]"]);
    walk(def.element, [...path, "[]"], found);
  }
  for (const inner of [def.innerType, def.in, def.out, ...(def.options ?? [])]) {
    if (inner) walk(inner, path, found);
  }
}

/** `["UrlDetails", "[]", "RetCode"]` → `UrlDetails[0].RetCode`, as an error names it. */
export function showPath(path: FieldPath): string {
  return path.reduce((text, key) => (key === "[]" ? `${text}[0]` : text === "" ? key : `${text}.${key}`), "");
}

/** Takes the place of a field that is to be left out. */
export const REMOVED = Symbol("removed");

/** A copy of an answer with a field of it changed, in all items of lists on the way. */
export function withField(answer: unknown, path: FieldPath, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(answer)) {
    if (key !== "[]") return answer;
    return answer.flatMap((item) => {
      const changed = withField(item, rest, value);
      return changed === REMOVED ? [] : [changed];
    });
  }
  if (typeof answer !== "object" || answer === null) return answer;
  const fields = answer as Record<string, unknown>;
  // One operation wraps its list once more: `Tasks: { CDNTask: [ … ] }`.
  if (key === "[]") return "CDNTask" in fields ? { CDNTask: withField(fields.CDNTask, path, value) } : answer;
  if (!(key in fields)) return answer;
  const { [key]: field, ...others } = fields;
  const changed = withField(field, rest, value);
  return changed === REMOVED ? others : { ...others, [key]: changed };
}
