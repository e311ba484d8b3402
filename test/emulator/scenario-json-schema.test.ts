import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scenarioJsonSchema } from "../../emulator/scenario-json-schema";

const FILE = join(__dirname, "../../schema/emulator-scenario-v1.json");

test("the published schema of scenario files matches the code (UPDATE_DOCS=1 writes it)", () => {
  const schema = scenarioJsonSchema();
  if (process.env.UPDATE_DOCS === "1") writeFileSync(FILE, `${JSON.stringify(schema, undefined, 2)}\n`);
  expect(JSON.parse(readFileSync(FILE, "utf8"))).toEqual(schema);
});

/** Each place of the schema that a file can fill in, with its description. */
function* fieldsOf(schema: unknown, path = ""): Generator<[string, string | undefined]> {
  if (typeof schema !== "object" || schema === null) return;
  const {
    properties = {},
    items,
    anyOf,
    oneOf,
  } = schema as {
    properties?: Record<string, { description?: string; const?: unknown }>;
    items?: unknown;
    anyOf?: unknown[];
    oneOf?: unknown[];
  };
  for (const [name, field] of Object.entries(properties)) {
    if (field.const === undefined) yield [`${path}.${name}`, field.description];
    yield* fieldsOf(field, `${path}.${name}`);
  }
  for (const part of [items, ...(anyOf ?? []), ...(oneOf ?? [])]) yield* fieldsOf(part, path);
}

test("every field of a scenario file is described", () => {
  const fields = [...fieldsOf(scenarioJsonSchema())];
  expect(fields.length).toBeGreaterThan(80);
  const bare = fields.filter(([, description]) => !description).map(([path]) => path);
  // A point of a progress line, and a RAM policy, which has the vendor's own form.
  expect(bare.filter((path) => !/\.progress\.|\.ramPolicy\./.test(path))).toEqual([]);
});
