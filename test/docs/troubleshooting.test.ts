import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ERROR_FAMILIES, type ErrorCode } from "../../provider/core/errors";
import { ENGLISH } from "../../provider/wording/english/english";
import { wordingFor } from "../support/words";
import { catalogueTexts, has, textsIn } from "./catalogue-texts";
import { expectTable } from "./document-table";
import { ROOT } from "./documents";

const DOCUMENT = "docs/troubleshooting.md";
const CATALOGUE = join(ROOT, "provider/wording/english");

test("docs/troubleshooting.md has each error code with what to do", () => {
  expectTable(DOCUMENT, "codes", [
    ["code", "what happened", "what to do at the command line"],
    ...(Object.keys(ERROR_FAMILIES) as ErrorCode[]).map((code) => [
      `\`${code}\``,
      ENGLISH.families[code],
      wordingFor("commandLine", { memory: { kind: "stateFile" } }).adviceOn(code),
    ]),
  ]);
});

const TEXTS = catalogueTexts("english");
const known = (message: string) => TEXTS.some((text) => has(text, message));

test("each message in docs/troubleshooting.md is one that the catalogue has", () => {
  const text = readFileSync(join(ROOT, DOCUMENT), "utf8").split("## By error code")[0] ?? "";
  const messages = [...text.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, message]) => message ?? "");
  expect(messages.length).toBeGreaterThan(40);
  expect(messages.filter((message) => !known(message))).toEqual([]);
});

test.each([
  ["its task still runs", true],
  ["… could not be sent: … cannot be reached (…).", true],
  ["its task still walks", false],
  ["cannot be reached (…). could not be sent", false],
])("a message is looked up in the catalogue: %s", (message, expected) => {
  expect(known(message)).toBe(expected);
});

test("each reason why a URL is not preloaded is in docs/troubleshooting.md", () => {
  const page = readFileSync(join(ROOT, DOCUMENT), "utf8");
  const messages = [...page.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, message]) => message ?? "");
  const code = readFileSync(join(CATALOGUE, "reasons.ts"), "utf8");
  const [, problems = ""] = /export const urlProblems[\s\S]*?= \{([\s\S]*?)^\};/m.exec(code) ?? [];
  const kinds = [...problems.matchAll(/^ {2}(\w+)(?:: |\()/gm)].map(([, kind]) => kind ?? "");
  expect(kinds.length).toBeGreaterThan(8);
  const sections = problems.split(/^ {2}(?=\w+(?:: |\())/m).slice(1);
  const missing = sections.filter((section) => {
    const texts = textsIn(`const x = { ${section} }`);
    return !texts.some((text) => messages.some((message) => has(text, message)));
  });
  expect(missing.map((section) => section.split(/[:(]/)[0])).toEqual([]);
});
