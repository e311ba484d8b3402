import { type PreloadUrl, parsePreloadUrl, showUrl } from "../../core/preload-url";
import type { SourcedUrl } from "../../gate/url-sources/sourced-url";
import { cliWording } from "../cli-wording";
import { UsageError } from "../usage-error";
import type { SourceOptions } from "./command-options";

/** Faults that are named one by one. */
const MAX_NAMED_FAULTS = 10;

/**
 * The URLs of all sources, in the order of the options, each checked.
 *
 * @throws UsageError naming each wrong URL by its place, or the source that cannot be read.
 */
export function readSources(urls: readonly string[], options: SourceOptions): PreloadUrl[] {
  checkCombination(options);
  const sourced = [
    ...urls.flatMap(readArgument),
    ...(options.urlsFile ?? []).flatMap(readList),
    ...(options.sitemap ?? []).flatMap(readSitemap),
    ...readFolders(options),
  ];
  if (sourced.length === 0) {
    throw new UsageError(
      "There is no URL to preload: name URLs as arguments, with --urls-file, --sitemap, or --dir and --base.",
    );
  }
  return checked(sourced);
}

function checkCombination({ dir = [], base = [], include, exclude }: SourceOptions): void {
  const isPartial = dir.length === 0 && (base.length > 0 || (include ?? exclude) !== undefined);
  if (isPartial) {
    throw new UsageError("--base, --include and --exclude go with --dir, which is missing.");
  }
  if (dir.length > 0 && base.length === 0) {
    throw new UsageError(
      "--dir needs --base, what the folder is on the CDN: --base https://cdn.example.com/",
    );
  }
  if (dir.length !== base.length) {
    throw new UsageError(
      `Each --dir needs its own --base, in the same order: there are ${dir.length} of --dir and ${base.length} of --base.`,
    );
  }
}

/** One argument; a list that a shell has kept together is several URLs. */
function readArgument(argument: string, index: number): SourcedUrl[] {
  const { splitUrls } =
    require("../../gate/url-sources/url-list") as typeof import("../../gate/url-sources/url-list");
  checkIsNoFile(argument, index + 1);
  return splitUrls(argument).map((url) => ({ url, from: `argument ${index + 1}` }));
}

/** `urls.txt` is a valid host, so that a forgotten `-f` would preload it. */
function checkIsNoFile(argument: string, place: number): void {
  if (/^https?:\/\//i.test(argument.trim())) return;
  const isUrl = argument.includes("/") && parsePreloadUrl(argument).ok;
  const found = isUrl ? undefined : statOf(argument);
  if (found === undefined) return;
  const meant = found.isDirectory()
    ? `--dir ${argument} --base https://…`
    : `${/\.xml(\.gz)?$/i.test(argument) ? "--sitemap" : "-f"} ${argument}`;
  const what = found.isDirectory() ? "folder" : "file";
  throw new UsageError(`argument ${place}: ${argument} is a ${what}; did you mean ${meant}?`);
}

function statOf(path: string): import("node:fs").Stats | undefined {
  const { statSync } = require("node:fs") as typeof import("node:fs");
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function checked(sourced: readonly SourcedUrl[]): PreloadUrl[] {
  const faults: string[] = [];
  const urls = sourced.flatMap(({ url, from }) => {
    const parsed = parsePreloadUrl(url);
    if (parsed.ok) return [parsed.url];
    faults.push(`${from}: ${showWrongUrl(url)} ${cliWording().problem(parsed.problem)}`);
    return [];
  });
  if (faults.length === 0) return urls;
  const shown = faults.slice(0, MAX_NAMED_FAULTS);
  const left = faults.length - shown.length;
  throw new UsageError([...shown, ...(left > 0 ? [`… and ${left} more`] : [])].join("\n"));
}

/** What is wrong with it may be that it holds a password. */
function showWrongUrl(url: string): string {
  return showUrl(url.slice(0, 200)).replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)?[^/?#]*@/i, "$1…@");
}

function readList(file: string): SourcedUrl[] {
  const { readFileSync } = require("node:fs") as typeof import("node:fs");
  const { sourcedUrlsFromText } =
    require("../../gate/url-sources/url-list") as typeof import("../../gate/url-sources/url-list");
  const { decodeText } =
    require("../../gate/url-sources/decode-text") as typeof import("../../gate/url-sources/decode-text");
  const isStdin = file === "-";
  const text = reading(isStdin ? "Standard input" : `The file ${file}`, () =>
    decodeText(readFileSync(isStdin ? 0 : file), isStdin ? "Standard input" : file),
  );
  return sourcedUrlsFromText(text, isStdin ? "standard input" : file);
}

function readSitemap(file: string): SourcedUrl[] {
  const sitemap =
    require("../../gate/url-sources/sitemap") as typeof import("../../gate/url-sources/sitemap");
  return reading(`The sitemap ${file}`, () => sitemap.sourcedUrlsFromSitemap(file));
}

function readFolders({ dir = [], base = [], include, exclude }: SourceOptions): SourcedUrl[] {
  return dir.flatMap((folder, index) => readFolder(folder, { base: base[index]!, include, exclude }));
}

function readFolder(
  dir: string,
  options: import("../../gate/url-sources/folder").FolderUrlOptions,
): SourcedUrl[] {
  const folder = require("../../gate/url-sources/folder") as typeof import("../../gate/url-sources/folder");
  const urls = reading(`The folder ${dir}`, () => folder.sourcedUrlsFromFolder(dir, options));
  if (urls.length > 0) return urls;
  throw new UsageError(`The folder ${dir} holds no file that --include and --exclude leave.`);
}

function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const isSystemError = cause instanceof Error && "code" in cause && "syscall" in cause;
    const reason = cliWording().thrown(cause);
    throw new UsageError(isSystemError ? `${what} cannot be read: ${reason}.` : reason, { cause });
  }
}
