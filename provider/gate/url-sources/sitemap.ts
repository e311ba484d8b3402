import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { SaxesParser, SaxesTagNS } from "saxes";
import { GateError } from "../../core/errors";
import type { SitemapFault, TextFault } from "../../core/failure-facts";
import { decodeXml } from "./decode-text";
import type { SourcedUrl } from "./sourced-url";

/** A sitemap's limit in the protocol, plus a margin: past it a file is no sitemap but a mistake, or a bomb. */
export const MAX_SITEMAP_BYTES = 64 * 1024 * 1024;
/** An index that names an index that names sitemaps: deeper is a loop. */
export const MAX_DEPTH = 3;
const NAMESPACES = [
  "",
  "http://www.sitemaps.org/schemas/sitemap/0.9",
  "http://www.google.com/schemas/sitemap/0.84",
];

/** What one sitemap file holds. */
export interface Sitemap {
  /** `urlset`: pages and files; `sitemapindex`: further sitemaps. */
  readonly kind: "urlset" | "sitemapindex";
  readonly locations: readonly string[];
}

/**
 * Reads a sitemap or an index of sitemaps, plain or gzipped. Only `<loc>` of the sitemap protocol counts:
 * those of its image and video extensions are other files.
 *
 * @throws GateError `usage` with what is wrong with it, and where.
 */
export function readSitemap(bytes: Uint8Array): Sitemap {
  // Loaded here, so that a command without a sitemap starts without it.
  const saxes = require("saxes") as typeof import("saxes");
  const parser: SaxesParser<{ xmlns: true; position: true }> = new saxes.SaxesParser({
    xmlns: true,
    position: true,
  });
  const path: SaxesTagNS[] = [];
  const locations: string[] = [];
  let text = "";
  parser.on("error", (error) => {
    throw notReadable({ kind: "notXml", words: error.message });
  });
  parser.on("opentag", (tag) => {
    path.push(tag);
    text = "";
  });
  const collect = (part: string) => {
    text += part;
  };
  parser.on("text", collect);
  parser.on("cdata", collect);
  let kind: Sitemap["kind"] | undefined;
  parser.on("closetag", () => {
    const names = path.map((tag) => (NAMESPACES.includes(tag.uri) ? tag.local : ""));
    if (/^(urlset\/url|sitemapindex\/sitemap)\/loc$/.test(names.join("/"))) locations.push(text.trim());
    const root = names[0];
    if (root === "urlset" || root === "sitemapindex") kind = root;
    path.pop();
    text = "";
  });
  parser.write(decode(bytes)).close();
  if (kind === undefined) throw notReadable({ kind: "notASitemap" });
  return { kind, locations };
}

/**
 * The URLs of a sitemap file. The sitemaps that an index names are looked for beside it, by the end of their
 * address: nothing is fetched.
 *
 * @throws GateError `usage` with the file that cannot be read.
 */
export function urlsFromSitemap(file: string): string[] {
  return sourcedUrlsFromSitemap(file).map(({ url }) => url);
}

/** As {@link urlsFromSitemap}, each with its file and place. */
export function sourcedUrlsFromSitemap(file: string): SourcedUrl[] {
  return urlsOf(file, []);
}

function urlsOf(file: string, above: readonly string[]): SourcedUrl[] {
  if (above.includes(resolve(file)) || above.length >= MAX_DEPTH) {
    throw new GateError({ kind: "sitemapLoop", file, deepest: MAX_DEPTH });
  }
  const { kind, locations } = readFile(file);
  if (kind === "urlset") {
    return locations.map((url, index) => ({ url, from: { kind: "sitemap", file, place: index + 1 } }));
  }
  const children = locations.map((location) => fileBeside(file, location));
  return children.flatMap((child) => urlsOf(child, [...above, resolve(file)]));
}

function readFile(file: string): Sitemap {
  return readNamedSitemap(file, readFileSync(file));
}

/** As {@link readSitemap}; errors name the file or address. */
export function readNamedSitemap(file: string, bytes: Uint8Array): Sitemap {
  try {
    return readSitemap(bytes);
  } catch (cause) {
    throw new GateError({ kind: "sitemapNotReadable", file, fault: faultOf(cause) }, { cause });
  }
}

/** `https://example.com/maps/a.xml.gz` beside `public/sitemap.xml`: `public/maps/a.xml.gz`, else `public/a.xml.gz`. */
function fileBeside(indexFile: string, location: string): string {
  const path = URL.parse(location)?.pathname ?? location;
  const parts = decodePath(path)
    .split("/")
    .filter((part) => part !== "" && part !== "." && part !== "..");
  const candidates = parts.map((_, start) => join(dirname(indexFile), ...parts.slice(start)));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found !== undefined) return found;
  throw new GateError({ kind: "sitemapMissing", index: indexFile, location, lookedFor: candidates });
}

function notReadable(fault: SitemapFault): GateError {
  return new GateError({ kind: "sitemapNotReadable", file: undefined, fault });
}

function faultOf(error: unknown): TextFault | SitemapFault {
  if (error instanceof GateError && error.facts.kind === "sitemapNotReadable") return error.facts.fault;
  return { kind: "words", words: error instanceof Error ? error.message : String(error) };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function decode(bytes: Uint8Array): string {
  const isGzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isGzipped ? gunzipSync(bytes, { maxOutputLength: MAX_SITEMAP_BYTES }) : bytes;
  if (plain.byteLength > MAX_SITEMAP_BYTES) throw notReadable({ kind: "tooLarge", mostMegabytes: 50 });
  return decodeXml(plain);
}
