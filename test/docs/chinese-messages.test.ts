import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogueTexts, has } from "./catalogue-texts";
import { BLOCKS, isChinese, ROOT } from "./documents";

/** What the Chinese pages show of the program's messages is what the catalogue says. */

/** A message in Chinese has a space beside a value, if the value begins or ends in another script. */
const withoutSpaces = (text: string) => text.replaceAll(" ", "");

const TEXTS = catalogueTexts("chinese").map(withoutSpaces);

/** The messages of a page about troubleshooting, a row each. */
function messagesOf(document: string, row: RegExp): string[][] {
  const text = readFileSync(join(ROOT, document), "utf8");
  return [...text.matchAll(row)].map(([, ...messages]) => messages);
}

test("docs/zh/troubleshooting.md has each message in Chinese, and in English as the English page has it", () => {
  const english = messagesOf("docs/troubleshooting.md", /^\| `([^`]+\s[^`]+)` +\|/gm);
  const both = messagesOf("docs/zh/troubleshooting.md", /^\| `([^`]+)`<br>`([^`]+)` +\|/gm);
  expect(both.length).toBeGreaterThan(40);
  expect(both.map(([, message]) => message)).toEqual(english.flat());
  const unknown = both.filter(([message = ""]) => !TEXTS.some((text) => has(text, withoutSpaces(message))));
  expect(unknown).toEqual([]);
});

/** Words of a message, without the values and the marks between them. */
const CHINESE_WORDS = /\p{Script=Han}{2,}/gu;

const isInCatalogue = (word: string) => TEXTS.some((text) => text.includes(word));

/** Whether the catalogue has a word, or makes it of two: `正在${"提交"}`. */
function isKnown(word: string): boolean {
  const places = [...word].map((_, place) => place).slice(2, -1);
  return (
    isInCatalogue(word) ||
    places.some((place) => isInCatalogue(word.slice(0, place)) && isInCatalogue(word.slice(place)))
  );
}

test("output in the Chinese pages is in the words of the catalogue", () => {
  const outputs = BLOCKS.filter(({ document, language }) => isChinese(document) && language === "");
  const words = outputs.flatMap(({ document, code }) =>
    [...code.matchAll(CHINESE_WORDS)].map(([word]) => ({ document, word })),
  );
  expect(words.length).toBeGreaterThan(20);
  expect(words.filter(({ word }) => !isKnown(word))).toEqual([]);
});

test.each([
  ["的节点已完成", true],
  ["正在提交", true],
  ["的节点已完工", false],
])("a word of output is looked up in the catalogue: %s", (word, expected) => {
  expect(isKnown(word)).toBe(expected);
});
