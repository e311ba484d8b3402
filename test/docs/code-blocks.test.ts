import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

const ROOT = join(__dirname, "../..");
const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const EXAMPLES = readdirSync(join(ROOT, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(ROOT, "examples", entry.name, "index.ts"))
  // An example of a pipeline is no program.
  .filter((file) => existsSync(file))
  .map((file) => readFileSync(file, "utf8"));

/** The code blocks of one language in a document. */
function blocksOf(document: string, language: string): string[] {
  const text = readFileSync(join(ROOT, document), "utf8");
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , code]) => code ?? "");
}

/** The same for two texts that differ in their indentation only. */
function withoutIndentation(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}

function isPartOfAnExample(block: string): boolean {
  return EXAMPLES.some((example) => withoutIndentation(example).includes(withoutIndentation(block)));
}

const PROGRAMS = DOCUMENTS.flatMap((document) =>
  blocksOf(document, "ts").map((code) => ({ document, code })),
);

test("the README's program is one of the tested examples", () => {
  const blocks = blocksOf("README.md", "ts");
  expect(blocks.length).toBeGreaterThan(0);
  expect(blocks.filter((block) => !isPartOfAnExample(block))).toEqual([]);
});

test("every other program in the documents matches the types", () => {
  const others = PROGRAMS.filter(({ code }) => !isPartOfAnExample(code));
  const files = new Map(
    others.map(({ document, code }, index) => [
      join(ROOT, "test/docs", `${document.replace(/\W/g, "-")}-${index}.ts`),
      code,
    ]),
  );
  expect(problemsIn(files)).toEqual([]);
});

/** What the compiler says of files that lie in memory. */
function problemsIn(files: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, text, ts.ScriptTarget.ES2024);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}

test("every JSON block in the documents can be parsed", () => {
  for (const document of DOCUMENTS) {
    for (const block of blocksOf(document, "json")) expect(() => JSON.parse(block)).not.toThrow();
  }
});
