import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

export const ROOT = join(__dirname, "../..");

/** The documents that a user reads, from the root of the repository. */
export const DOCUMENTS: readonly string[] = [
  "README.md",
  "README.zh-CN.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.split(sep).join("/")}`),
];

/** The Chinese page of an English one. chinese-tree.test.ts keeps the two in step. */
export function chineseOf(english: string): string {
  return english === "README.md" ? "README.zh-CN.md" : english.replace(/^docs\//, "docs/zh/");
}

export function isChinese(document: string): boolean {
  return document === chineseOf("README.md") || document.startsWith("docs/zh/");
}

/** A fenced block of a document. */
export interface Block {
  readonly document: string;
  /** The line of its first line of code. */
  readonly line: number;
  /** What the fence names, or nothing. */
  readonly language: string;
  readonly code: string;
}

/** All fenced blocks of a text, also those in a list. */
export function blocksOf(document: string, text: string): Block[] {
  const fence = /^([ \t]*)```([^\n`]*)\n([\s\S]*?)^[ \t]*```[ \t]*$/gm;
  return [...text.matchAll(fence)].map(({ 1: indent = "", 2: language = "", 3: code = "", index }) => ({
    document,
    line: text.slice(0, index).split("\n").length + 1,
    language: language.trim(),
    code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

export const BLOCKS: readonly Block[] = DOCUMENTS.flatMap((document) =>
  blocksOf(document, readFileSync(join(ROOT, document), "utf8")),
);

/** The blocks in one of these languages. */
export function blocksIn(...languages: readonly string[]): Block[] {
  return BLOCKS.filter(({ language }) => languages.includes(language));
}
