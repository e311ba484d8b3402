import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cliOutputSchema } from "../../provider/cli/document/json-schema";
import { parseDocument } from "./cli-on-emulator";
import { hostileDocument, sampleDocument } from "./sample-document";

const PUBLISHED = join(__dirname, "../../schema/cli-output-v1.json");

test("the published schema is the one in the code; UPDATE_DOCS=1 writes it", () => {
  const schema = JSON.stringify(cliOutputSchema(), null, 2);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(PUBLISHED, `${schema}\n`);
  expect(JSON.parse(readFileSync(PUBLISHED, "utf8"))).toEqual(JSON.parse(schema));
});

test("documents fit the schema, and others do not", () => {
  expect(parseDocument(JSON.stringify(sampleDocument()))).toBeDefined();
  expect(parseDocument(JSON.stringify(hostileDocument()))).toBeDefined();
  expect(() => parseDocument(JSON.stringify({ ...sampleDocument(), verdict: "fine" }))).toThrow(
    "Not of the schema",
  );
  expect(() => parseDocument('{"kind":"gate"}')).toThrow("Not of the schema");
});

test("a later release may add fields without a new version", () => {
  expect(parseDocument(JSON.stringify({ ...sampleDocument(), added: 1 }))).toBeDefined();
});
