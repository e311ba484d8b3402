import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import ts from "typescript";
import { GateError } from "../provider/core/errors";

/**
 * All that people read comes from the wording: neither what lies below it nor a front writes a sentence, so that each
 * language has its own.
 */

const ROOT = join(__dirname, "..");
const PARTS = [
  "core",
  "wire",
  "transport",
  "client",
  "gate",
  "resources",
  "pulumi",
  "plugin",
  "cli",
  "code",
  "wording",
];

/** Files and folders whose texts are no messages, and why. */
const EXEMPT: Readonly<Record<string, string>> = {
  "provider/wording/english/": "the catalogue of English",
  "provider/wording/chinese/": "the catalogue of Chinese",
  "provider/wire/error-codes.ts": "the service's own messages, as its documentation has them",
  "provider/core/options/": "the table of options, each with the sentence that help and documentation show",
  "provider/plugin/schema":
    "the descriptions of Pulumi's schema, of which the documentation of all SDKs is made",
  "provider/pulumi/provider-source.ts":
    "the provider that states hold: a constant that needs nothing of the package",
  "provider/cli/document/schema.ts": "the descriptions of the JSON Schema, which is in English",
  "provider/cli/commands/emulator-command.ts": "the emulator, a tool for developers that is in English",
  "provider/cli/reports/html-script": "the code of a page",
  "provider/cli/reports/html-style.ts": "the style of a page",
};

/** Two words with a space between them, up to a full stop; or more words in a row than any name has. */
const SENTENCE = /\p{L}+ \S+[\s\S]*[.!?](?=\s|$)|(?:\p{L}{2,}[,;:]? ){3,}\p{L}{2,}/u;

interface Found {
  readonly line: number;
  readonly text: string;
}

/** The texts of a source that read as a sentence or a part of one. */
function sentencesIn(code: string): Found[] {
  const source = ts.createSourceFile("source.ts", code, ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined && SENTENCE.test(text)) {
      found.push({ line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `x${literal.text}`).join("");
}

function sourcesOf(part: string): string[] {
  return readdirSync(join(ROOT, "provider", part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

function isExempt(path: string): boolean {
  return Object.keys(EXEMPT).some((exempt) => path.startsWith(exempt));
}

test("no part but the wording writes a sentence", () => {
  const paths = PARTS.flatMap(sourcesOf).filter((path) => !isExempt(path));
  expect(paths.length).toBeGreaterThan(160);
  const faults = paths.flatMap((path) =>
    sentencesIn(readFileSync(join(ROOT, path), "utf8")).map(
      ({ line, text }) =>
        `${path}:${line} says ${JSON.stringify(text)}; make it a fact, and word it in provider/wording`,
    ),
  );
  expect(faults).toEqual([]);
});

test.each(Object.keys(EXEMPT))("the exemption of %s is needed", (exempt) => {
  const paths = PARTS.flatMap(sourcesOf).filter((path) => path.startsWith(exempt));
  const found = paths.flatMap((path) => sentencesIn(readFileSync(join(ROOT, path), "utf8")));
  expect(found).not.toEqual([]);
});

/** Where a template takes a value. */
const HOLE = "$".concat("{id}");

test.each([
  ["a sentence", 'throw new Error("The file is not there.");', true],
  ["two words and a full stop", 'say("Not refreshed.");', true],
  ["a sentence in a template", `say(\`Task ${HOLE} has ended.\`);`, true],
  ["a sentence that a value begins", `say(\`${HOLE} was refused. Run again\`);`, true],
  ["part of a sentence", 'issue("is missing although Status is Complete");', true],
  ["a kind", 'new GateError({ kind: "deadlineBeforeEnd", taskId });', false],
  ["a header", 'headers["content-type"] = "application/json; charset=utf-8";', false],
  ["a comment", "// The file is not there.\ncall();", false],
  ["a file's name", 'open("state file.json");', false],
])("%s is seen as what it is", (_what, code, isSentence) => {
  expect(sentencesIn(code).length > 0).toBe(isSentence);
});

test("a failure takes facts, and the compiler refuses a text", () => {
  // @ts-expect-error A text is no fact: the wording makes it.
  expect(() => new GateError("The file is not there.")).toThrow(TypeError);
});
