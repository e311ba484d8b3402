import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { blocksOf, chineseOf, DOCUMENTS, isChinese, ROOT } from "./documents";

/** Documents for contributors, and measurements: English only. README.zh-CN.md says so. */
const ENGLISH_ONLY = [
  "CONTRIBUTING.md",
  "docs/architecture.md",
  "docs/design/README.md",
  "docs/design/evidence.md",
  "docs/design/polling.md",
  "docs/design/pulumi-engine.md",
  "docs/design/safe-submission.md",
  "docs/performance.md",
  "docs/releasing.md",
];

const CHINESE_README = chineseOf("README.md");
const ENGLISH = DOCUMENTS.filter((document) => !isChinese(document));
const PAIRS = ENGLISH.map((english) => ({ english, chinese: chineseOf(english) })).filter(
  ({ english, chinese }) => chinese !== english && existsSync(join(ROOT, chinese)),
);

const textOf = (document: string) => readFileSync(join(ROOT, document), "utf8");

/** A text without its blocks of code, in which a `#` or a link is none. */
const proseOf = (document: string) => textOf(document).replace(/^[ \t]*```[\s\S]*?^[ \t]*```[ \t]*$/gm, "");

test("each page for users has a Chinese one", () => {
  const untranslated = ENGLISH.filter((document) => !PAIRS.some(({ english }) => english === document));
  expect(untranslated.toSorted()).toEqual(ENGLISH_ONLY);
});

test("each Chinese page has an English one", () => {
  expect(PAIRS.map(({ chinese }) => chinese).toSorted()).toEqual(DOCUMENTS.filter(isChinese).toSorted());
});

function headingsOf(document: string): { level: number; anchor: string }[] {
  return [...proseOf(document).matchAll(/^(#+) (.+)$/gm)].map(([, marks = "", heading = ""]) => ({
    level: marks.length,
    anchor: heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  }));
}

test.each(PAIRS)("$chinese has the headings of $english, level by level", ({ english, chinese }) => {
  const levels = (document: string) => headingsOf(document).map(({ level }) => level);
  expect(levels(chinese)).toEqual(levels(english));
});

/** How the comments of a language begin, after white space or at the start of a line. */
const COMMENTS: Readonly<Record<string, RegExp>> = {
  ts: /(^|\s)(\/\*\*[\s\S]*?\*\/|\/\/ .*)/gm,
  groovy: /(^|\s)\/\/ .*/gm,
  go: /(^|\s)\/\/ .*/gm,
  sh: /(^|\s)# .*/gm,
  yaml: /(^|\s)# .*/gm,
  python: /(^|\s)# .*/gm,
};

/** A block as programs read it. Output, which has no language, is in the language of its reader. */
function codeOf({ language, code }: { language: string; code: string }): string {
  if (language === "") return "output";
  const comments = COMMENTS[language];
  const bare = comments === undefined ? code : code.replace(comments, "");
  return `${language}: ${bare
    .replace(/[ \t]+$/gm, "")
    .replace(/\n+/g, "\n")
    .trim()}`;
}

test.each(PAIRS)("$chinese has the code of $english, but for its comments", ({ english, chinese }) => {
  const code = (document: string) => blocksOf(document, textOf(document)).map(codeOf);
  expect(code(chinese)).toEqual(code(english));
});

test.each([
  ["ts", "const a = 1; // why\n", "const a = 1; // 原因\n", true],
  ["ts", 'const a = "https://a.example.com"; // why\n', 'const a = "https://b.example.com";\n', false],
  ["sh", "run --dir dist # all\n", "run --dir dist # 全部\n", true],
  ["sh", "run --dir dist\n", "run --dir build\n", false],
  ["json", '{ "a": 1 }\n', '{ "a": 2 }\n', false],
])("code in %s counts, and comments do not: %j", (language, english, chinese, isSame) => {
  expect(codeOf({ language, code: chinese }) === codeOf({ language, code: english })).toBe(isSame);
});

/** The targets of a document's links, from the root of the repository, with the place of the heading that one names. */
function linksOf(document: string, toTarget: (target: string) => string): string[] {
  return [...proseOf(document).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => {
      if (/^[a-z]+:/.test(link)) return toTarget(link);
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? document : posix.join(posix.dirname(document), path);
      const place =
        anchor === undefined ? "" : ` heading ${headingsOf(target).findIndex((it) => it.anchor === anchor)}`;
      return `${toTarget(target)}${place}`;
    })
    .toSorted();
}

/** What a Chinese page links to where the English one links to this: the Chinese page, where it is there. */
function chineseTarget(target: string): string {
  if (target === CHINESE_README) return "README.md";
  // Alibaba Cloud's own documentation has the same paths in both languages.
  if (/^https:/.test(target))
    return target.replace(/^https:\/\/www\.alibabacloud\.com\/help\/en\//, "https://help.aliyun.com/zh/");
  const picture = target.replace(/^(docs\/images\/.*)(\.\w+)$/, "$1.zh$2");
  if (picture !== target && existsSync(join(ROOT, picture))) return picture;
  return PAIRS.find(({ english }) => english === target)?.chinese ?? target;
}

test.each(PAIRS)("$chinese has the links of $english, to Chinese pages", ({ english, chinese }) => {
  expect(linksOf(chinese, (target) => target)).toEqual(linksOf(english, chineseTarget));
});

/** Each row of a document's tables: the number of its cells, and the first of them if it is code. */
function tablesOf(document: string): string[][] {
  return [...proseOf(document).matchAll(/(?:^\|.*\|\n)+/gm)].map(([table]) =>
    table
      .trimEnd()
      .split("\n")
      .map((line) => {
        const cells = line.replaceAll("\\|", "").slice(1, -1).split("|");
        // Messages, which have spaces or what stands for a value, are in another language.
        const [, name = ""] = /^ *`([^`\s…]+(?: [[<]\S+)?)` *$/.exec(cells[0] ?? "") ?? [];
        return `${cells.length} ${name}`;
      }),
  );
}

test.each(PAIRS)("$chinese has the tables of $english, row by row", ({ english, chinese }) => {
  expect(tablesOf(chinese)).toEqual(tablesOf(english));
});

/** A name or a value in code. A message of several words can be in another language. */
function codeNamesOf(document: string): Set<string> {
  const names = [...proseOf(document).matchAll(/`([^`\n]+)`/g)].map(([, name = ""]) => name);
  return new Set(names.filter((name) => !/[…\s]/.test(name)));
}

test.each(PAIRS)("$chinese has each name in code that $english has", ({ english, chinese }) => {
  const said = codeNamesOf(chinese);
  expect([...codeNamesOf(english)].filter((name) => !said.has(name))).toEqual([]);
});

/** The numbers of the prose, as often as they stand there: limits, times and shares. */
function numbersOf(document: string): string[] {
  const prose = proseOf(document).replace(/`[^`\n]*`|\]\([^)]*\)|^#.*$|^\d+\. /gm, " ");
  return [...prose.matchAll(/(?<![\p{L}\d.])\d[\d.,]*(?<![.,])/gu)].map(([number]) => number).toSorted();
}

test.each(PAIRS)("$chinese has the numbers of $english", ({ english, chinese }) => {
  expect(numbersOf(chinese)).toEqual(numbersOf(english));
});

test("the two READMEs lead to each other before anything else", () => {
  const first = (document: string) => /\]\(([^)]+)\)/.exec(textOf(document))?.[1];
  expect([first("README.md"), first(CHINESE_README)]).toEqual([CHINESE_README, "README.md"]);
});
