import type { SourcedUrl } from "./sourced-url";

/**
 * The URLs of a text, one a line, or several with white space or a comma before each further `http(s)://`. Blank
 * lines and lines that start with `#` are skipped, a byte order mark and any kind of line end are taken.
 */
export function urlsFromText(text: string): string[] {
  return sourcedUrlsFromText(text, undefined).map(({ url }) => url);
}

/**
 * As {@link urlsFromText}, each with its line.
 *
 * @param file `undefined` for standard input.
 */
export function sourcedUrlsFromText(text: string, file: string | undefined): SourcedUrl[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ line: line.trim(), from: { kind: "line", file, line: index + 1 } as const }))
    .filter(({ line }) => line !== "" && !line.startsWith("#"))
    .flatMap(({ line, from }) => splitUrls(line).map((url) => ({ url, from })));
}

/**
 * The URLs of one line or argument: white space, a comma or a semicolon before a further `http(s)://` separates them,
 * and so does one at the end. A space elsewhere stays, and is refused when the URL is checked.
 */
export function splitUrls(text: string): string[] {
  return text
    .split(/[\s,;|\uFF0C\uFF1B\u3001]+(?=https?:\/\/)/i)
    .map((part) => part.replace(/^[\s,;]+|[\s,;\uFF0C\uFF1B\u3001]+$/g, ""))
    .filter((part) => part !== "");
}
