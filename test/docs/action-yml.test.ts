import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { actionOptions } from "../../provider/core/options/names";
import type { NamedOption } from "../../provider/core/options/values";
import { actionInputLines } from "./option-texts";

const FILE = join(__dirname, "../../action.yml");
const START =
  "  # The options, from the table in provider/core/options/table.ts: UPDATE_DOCS=1 npm test -- test/docs\n";
const CREDENTIALS = "  # The credentials.\n";
const END = "outputs:\n";

test("action.yml has an input for each option of the action, with its text and its default", () => {
  const text = readFileSync(FILE, "utf8");
  const from = text.indexOf(START) + START.length;
  const to = text.indexOf(END);
  expect(Math.min(from - START.length, to)).toBeGreaterThan(0);
  const { positional, flags, credentials } = actionOptions();
  const linesOf = (options: readonly NamedOption[]) => options.map(actionInputLines).join("");
  const inputs = `${linesOf([...positional, ...flags])}${CREDENTIALS}${linesOf(credentials)}`;
  if (process.env.UPDATE_DOCS === "1") {
    writeFileSync(FILE, `${text.slice(0, from)}${inputs}${text.slice(to)}`);
    return;
  }
  expect(text.slice(from, to)).toBe(inputs);
});
