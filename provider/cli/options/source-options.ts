import { type Command, Option } from "commander";
import { GateError } from "../../core/errors";
import { type PreloadUrl, parsePreloadUrl, showUrl } from "../../core/preload-url";
import type { SourcedUrl } from "../../gate/url-sources/sourced-url";
import { collect } from "./argument-parsers";

/** Where the URLs come from. */
export interface SourceOptions {
  readonly urlsFile?: readonly string[];
  readonly sitemap?: readonly string[];
  readonly dir?: string;
  readonly base?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** Faults that are named one by one. */
const MAX_NAMED_FAULTS = 10;

export function addSourceOptions(command: Command): Command {
  return command
    .option("-f, --urls-file <file>", "URLs, one a line (# comments); - is standard input", collect)
    .option("--sitemap <file>", "a sitemap, or an index of them, plain or .gz; may be repeated", collect)
    .option("--dir <folder>", "every file of a folder, as served under --base")
    .addOption(new Option("--base <url>", "what --dir is on the CDN, such as https://cdn.example.com/"))
    .option("--include <glob>", "with --dir: only these, such as 'assets/**'; may be repeated", collect)
    .option("--exclude <glob>", "with --dir: not these, such as '*.map'; may be repeated", collect);
}

/**
 * The URLs of all sources, in the order of the options, each checked.
 *
 * @throws GateError `usage` naming each wrong URL by its place, or the source that cannot be read.
 */
export function readSources(urls: readonly string[], options: SourceOptions): PreloadUrl[] {
  checkCombination(options);
  const sourced = [
    ...urls.map((url, index) => ({ url, from: `argument ${index + 1}` })),
    ...(options.urlsFile ?? []).flatMap(readList),
    ...(options.sitemap ?? []).flatMap(readSitemap),
    ...readFolder(options),
  ];
  if (sourced.length === 0) {
    throw new GateError(
      "usage",
      "There is no URL to preload: name URLs as arguments, with --urls-file, --sitemap, or --dir and --base.",
    );
  }
  return checked(sourced);
}

function checkCombination({ dir, base, include, exclude }: SourceOptions): void {
  if (dir !== undefined && base === undefined) {
    throw new GateError(
      "usage",
      "--dir needs --base, what the folder is on the CDN: --base https://cdn.example.com/",
    );
  }
  if (dir === undefined && (base ?? include ?? exclude) !== undefined) {
    throw new GateError("usage", "--base, --include and --exclude go with --dir, which is missing.");
  }
}

function checked(sourced: readonly SourcedUrl[]): PreloadUrl[] {
  const faults: string[] = [];
  const urls = sourced.flatMap(({ url, from }) => {
    const parsed = parsePreloadUrl(url);
    if (parsed.ok) return [parsed.url];
    faults.push(`${from}: ${showWrongUrl(url)} ${parsed.problem}`);
    return [];
  });
  if (faults.length === 0) return urls;
  const shown = faults.slice(0, MAX_NAMED_FAULTS);
  const left = faults.length - shown.length;
  throw new GateError("usage", [...shown, ...(left > 0 ? [`… and ${left} more`] : [])].join("\n"));
}

/** What is wrong with it may be that it holds a password. */
function showWrongUrl(url: string): string {
  return showUrl(url.slice(0, 200)).replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)?[^/?#]*@/i, "$1…@");
}

function readList(file: string): SourcedUrl[] {
  const { readFileSync } = require("node:fs") as typeof import("node:fs");
  const { sourcedUrlsFromText } =
    require("../../gate/url-sources/url-list") as typeof import("../../gate/url-sources/url-list");
  const isStdin = file === "-";
  const text = reading(isStdin ? "Standard input" : `The file ${file}`, () =>
    readFileSync(isStdin ? 0 : file, "utf8"),
  );
  return sourcedUrlsFromText(text, isStdin ? "standard input" : file);
}

function readSitemap(file: string): SourcedUrl[] {
  const sitemap =
    require("../../gate/url-sources/sitemap") as typeof import("../../gate/url-sources/sitemap");
  return reading(`The sitemap ${file}`, () => sitemap.sourcedUrlsFromSitemap(file));
}

function readFolder({ dir, base, include, exclude }: SourceOptions): SourcedUrl[] {
  if (dir === undefined || base === undefined) return [];
  const folder = require("../../gate/url-sources/folder") as typeof import("../../gate/url-sources/folder");
  const urls = reading(`The folder ${dir}`, () =>
    folder.sourcedUrlsFromFolder(dir, { base, include, exclude }),
  );
  if (urls.length > 0) return urls;
  throw new GateError("usage", `The folder ${dir} holds no file that --include and --exclude leave.`);
}

function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const isSystemError = cause instanceof Error && "code" in cause && "syscall" in cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GateError("usage", isSystemError ? `${what} cannot be read: ${reason}.` : reason, { cause });
  }
}
