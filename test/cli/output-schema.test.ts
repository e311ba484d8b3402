import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cliOutputSchema } from "../../provider/cli/document/json-schema";
import { parseDocument } from "./cli-on-emulator";
import { hostileDocument, sampleDocument } from "./sample-document";

test("the published schema is the one in the code; to publish a change, write what this test expects", () => {
  const published = readFileSync(join(__dirname, "../../schema/cli-output-v1.json"), "utf8");
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(cliOutputSchema())));
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
