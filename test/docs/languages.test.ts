import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FUNCTIONS } from "../../provider/plugin/functions";
import { SESSION_SETTINGS } from "../../provider/resources/session-settings";

const TEXT = readFileSync(join(__dirname, "../../docs/languages.md"), "utf8");

test("docs/languages.md has a row for each function of the plugin", () => {
  const rows = [...TEXT.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => `alicdn:index:${name}`);
  expect(rows.toSorted()).toEqual(Object.keys(FUNCTIONS).toSorted());
});

test("docs/languages.md names each setting of the plugin", () => {
  const [section = ""] = /## Several accounts[\s\S]*?(?=\n## )/.exec(TEXT) ?? [];
  expect(SESSION_SETTINGS.filter((setting) => !section.includes(`\`${setting}\``))).toEqual([]);
});
