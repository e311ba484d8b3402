import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FUNCTIONS } from "../../provider/plugin/functions";

const TEXT = readFileSync(join(__dirname, "../../docs/languages.md"), "utf8");

test("docs/languages.md has a row for each function of the plugin", () => {
  const [functions = ""] = /## Functions[\s\S]*?(?=\n## )/.exec(TEXT) ?? [];
  const rows = [...functions.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => `alicdn:index:${name}`);
  expect(rows.toSorted()).toEqual(Object.keys(FUNCTIONS).toSorted());
});
