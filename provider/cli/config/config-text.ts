import { isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { ConfigSyntaxFault } from "../../wording/usage-faults";

/** The content of a config file, and where in it each part stands. */
export interface ConfigContent {
  readonly kind: "content";
  readonly value: unknown;
  /** The line of a key or an item, from 1; `undefined` where it is not known. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | undefined;
}

/** Aliases that a file may resolve; a file that needs more is a bomb. */
const MAX_ALIASES = 100;

/** Reads JSON, or YAML 1.2. @returns the content, or why there is none. */
export function parseConfig(text: string, format: "json" | "yaml"): ConfigContent | ConfigSyntaxFault {
  return format === "json" ? parseJson(text) : parseYaml(text);
}

function parseYaml(text: string): ConfigContent | ConfigSyntaxFault {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  // What the library does not know, such as a tag, it warns of, and takes for something else.
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) return { kind: "syntax", line: lines.linePos(problem.pos[0]).line, words: problem.message };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { kind: "content", value: value ?? {}, lineOf: lineFinder(document.contents, lines) };
  } catch (cause) {
    return { kind: "syntax", line: undefined, words: wordsOf(cause) };
  }
}

function parseJson(text: string): ConfigContent | ConfigSyntaxFault {
  try {
    const value: unknown = JSON.parse(text);
    const lines = new LineCounter();
    // JSON is YAML, but for tabs here and there; the lines are then not known.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const twice = document.errors.find(({ code }) => code === "DUPLICATE_KEY");
    if (twice) return { kind: "syntax", line: lines.linePos(twice.pos[0]).line, words: twice.message };
    return { kind: "content", value, lineOf: lineFinder(document.contents, lines) };
  } catch (cause) {
    const [words, line] = wordsOf(cause).split(/ \(line (\d+) column \d+\)$/);
    return { kind: "syntax", line: line === undefined ? undefined : Number(line), words: words ?? "" };
  }
}

function lineFinder(contents: unknown, lines: LineCounter): ConfigContent["lineOf"] {
  return (path) => {
    const offset = offsetOf(contents, path);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
}

function offsetOf(node: unknown, [first, ...rest]: readonly PropertyKey[]): number | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => String(key) === String(first));
    if (rest.length > 0) return offsetOf(pair?.value, rest) ?? startOf(pair?.key);
    return startOf(pair?.key);
  }
  if (isSeq(node)) return startOf(node.items[Number(first)]);
  return undefined;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | undefined)?.range?.[0];
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
