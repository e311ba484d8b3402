import stringWidth from "string-width";

/** Where the width of a terminal is not known. */
export const DEFAULT_COLUMNS = 80;

/** How many columns of a terminal a text takes: Chinese characters take two, escape sequences none. */
export const displayWidth: (text: string) => number = stringWidth;

/** A text with spaces before it, to fill so many columns. */
export function padStartTo(columns: number, text: string): string {
  return " ".repeat(Math.max(0, columns - displayWidth(text))) + text;
}

/** A text with spaces after it, to fill so many columns. */
export function padEndTo(columns: number, text: string): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

/** As much of a text as fits into so many columns; a character that would be cut is left out. */
export function fitTo(columns: number, text: string): string {
  if (displayWidth(text) <= columns) return text;
  let fitting = "";
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    width += displayWidth(segment);
    if (width > columns) break;
    fitting += segment;
  }
  return fitting;
}

/** A text with the same indentation before each of its lines. */
export function indented(indentation: string, text: string): string {
  return text
    .split("\n")
    .map((line) => indentation + line)
    .join("\n");
}

/** Parts of a text between which a line may end: a Chinese character or a word, with the marks beside it, or spaces. */
const PARTS =
  /[“‘（《]*(?:\p{Script=Han}|[^\s\p{Script=Han}“‘（《、，；。：]+)[，。；：）、”’》！？…]*|[，。；：）、”’》！？…“‘（《]+|\s+/gu;

/** A text in lines of at most so many columns. A line may end after any Chinese character. */
export function wrapTo(columns: number, text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const [part] of text.matchAll(PARTS)) {
    if (displayWidth(line + part.trimEnd()) > columns && line !== "") {
      lines.push(line.trimEnd());
      line = part.trimStart();
    } else line += part;
  }
  return [...lines, line.trimEnd()].join("\n");
}
