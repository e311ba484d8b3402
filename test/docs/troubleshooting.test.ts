import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ERROR_FAMILIES, type ErrorCode } from "../../provider/core/errors";
import { ENGLISH } from "../../provider/wording/english/english";
import { wordingFor } from "../support/words";
import { expectTable } from "./document-table";
import { ROOT } from "./documents";

const DOCUMENT = "docs/troubleshooting.md";
const CATALOGUE = join(ROOT, "provider/wording/english");
/** What stands for a value in a message. */
const HOLE = "…";

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

/** The texts of the catalogue, with a hole where they take a value. */
function catalogueTexts(): string[] {
  return readdirSync(CATALOGUE)
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => textsIn(readFileSync(join(CATALOGUE, file), "utf8")));
}

function textsIn(code: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node))
      texts.push(node.head.text + node.templateSpans.map(({ literal }) => HOLE + literal.text).join(""));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("catalogue.ts", code, ts.ScriptTarget.Latest, true));
  return texts;
}

/** Whether a text has the pieces of a message, one after the other. A hole can also be the start or the end. */
function has(text: string, message: string): boolean {
  let from = 0;
  return message
    .split(HOLE)
    .filter((piece) => piece.trim() !== "")
    .every((piece) => {
      const at = text.indexOf(piece, from);
      from = at + piece.length;
      return at >= 0;
    });
}

const TEXTS = catalogueTexts();
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
