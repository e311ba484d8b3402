import type { SourcedUrl } from "./sourced-url";

/**
 * The URLs of a text, one a line: blank lines and lines that start with `#` are skipped, a byte order mark
 * and any kind of line end are taken.
 */
export function urlsFromText(text: string): string[] {
  return sourcedUrlsFromText(text, "").map(({ url }) => url);
}

/** As {@link urlsFromText}, each with its line. */
export function sourcedUrlsFromText(text: string, name: string): SourcedUrl[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ url: line.trim(), from: `${name} line ${index + 1}` }))
    .filter(({ url }) => url !== "" && !url.startsWith("#"));
}
