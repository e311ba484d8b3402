import { GateError } from "../../core/errors";
import { flagName } from "../../core/options/names";
import { optionNamed } from "../../core/options/values";
import { type PreloadUrl, parsePreloadUrl, showUrl } from "../../core/preload-url";
import type { FolderUrlOptions, LeftOutFile, ServedFolder } from "../../gate/url-sources/folder";
import type { SourcedUrl } from "../../gate/url-sources/sourced-url";
import type { CommandLineNotice } from "../../wording/command-line-words";
import type { LeftOutCounts, SourceFault, UrlSource, UsageFault } from "../../wording/usage-faults";
import { UsageError } from "../usage-error";
import type { ManifestOptions, SourceOptions } from "./command-options";
import { OF_FOLDERS } from "./folder-options";

type WrongUrl = Extract<SourceFault, { readonly kind: "urlsNotValid" }>["urls"][number];

/** Faults that are named one by one. */
const MAX_NAMED_FAULTS = 10;

/** What the sources hold. */
export interface Sources {
  /** In the order of the options, each checked. */
  readonly urls: readonly CheckedUrl[];
  readonly folders: readonly ReadFolder[];
  /** What there is to tell of them. */
  readonly notices: readonly CommandLineNotice[];
}

/** A URL, and where it comes from. */
export interface CheckedUrl {
  readonly url: PreloadUrl;
  readonly source: SourcedUrl;
}

/**
 * Reads all sources.
 *
 * @throws UsageError naming each wrong URL by its place, or the source that cannot be read.
 */
export async function readSources(
  urls: readonly string[],
  options: SourceOptions & ManifestOptions & { readonly verbose?: boolean },
): Promise<Sources> {
  checkCombination(options);
  const folders = readFolders(options);
  const sourced = [
    ...urls.flatMap(readArgument),
    ...(options.urlsFile ?? []).flatMap(readList),
    ...(await readSitemaps(options.sitemap ?? [])),
    ...folders.flatMap(({ files }) => files).flatMap(sourcedUrlsOf),
  ];
  if (sourced.length === 0) {
    throw new UsageError({ kind: "noUrls" });
  }
  const notices = folders.flatMap(({ folder, leftOut }) =>
    leftOut.length > 0 ? [leftOutNotice(folder, leftOut, options.verbose ?? false)] : [],
  );
  return { urls: checked(sourced), folders, notices };
}

function checkCombination(options: SourceOptions & ManifestOptions): void {
  const { dir = [], base = [], directoryIndex } = options;
  const given = OF_FOLDERS.filter((name) => options[name] !== undefined);
  if (dir.length === 0 && given.length > 0) {
    throw new UsageError({
      kind: "folderMissing",
      options: given.map((name) => flagName(optionNamed(name))),
    });
  }
  if (dir.length > 0 && base.length === 0) {
    throw new UsageError({ kind: "baseMissing" });
  }
  if (directoryIndex !== undefined && /[\\/]|^\.{0,2}$/.test(directoryIndex)) {
    throw new UsageError({ kind: "notAFileName", option: "directory-index", found: directoryIndex });
  }
  if (dir.length !== base.length) {
    throw new UsageError({ kind: "basesDiffer", folders: dir.length, bases: base.length });
  }
}

/** One argument; a list that a shell has kept together is several URLs. */
function readArgument(argument: string, index: number): SourcedUrl[] {
  const { splitUrls } =
    require("../../gate/url-sources/url-list") as typeof import("../../gate/url-sources/url-list");
  checkIsNoFile(argument, index + 1);
  return splitUrls(argument).map((url) => ({ url, from: { kind: "argument", place: index + 1 } }));
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
  const is = found.isDirectory() ? "folder" : "file";
  throw new UsageError({ kind: "notAUrlButAFile", place, argument, is, meant });
}

function statOf(path: string): import("node:fs").Stats | undefined {
  const { statSync } = require("node:fs") as typeof import("node:fs");
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function checked(sourced: readonly SourcedUrl[]): CheckedUrl[] {
  const faults: WrongUrl[] = [];
  const urls = sourced.flatMap((source) => {
    const { url, from } = source;
    const parsed = parsePreloadUrl(url);
    if (parsed.ok) return [{ url: parsed.url, source }];
    faults.push({ from, url: showWrongUrl(url), problem: parsed.problem });
    return [];
  });
  if (faults.length === 0) return urls;
  const shown = faults.slice(0, MAX_NAMED_FAULTS);
  throw new UsageError({ kind: "urlsNotValid", urls: shown, more: faults.length - shown.length });
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
  const name = isStdin ? undefined : file;
  const source: UrlSource = isStdin ? { kind: "standardInput" } : { kind: "list", path: file };
  const text = reading(source, () => decodeText(readFileSync(isStdin ? 0 : file), name));
  return sourcedUrlsFromText(text, name);
}

async function readSitemaps(sitemaps: readonly string[]): Promise<SourcedUrl[]> {
  const urls: SourcedUrl[] = [];
  for (const sitemap of sitemaps) urls.push(...(await readSitemap(sitemap)));
  return urls;
}

async function readSitemap(sitemap: string): Promise<SourcedUrl[]> {
  const source: UrlSource = { kind: "sitemap", path: sitemap };
  const local = require("../../gate/url-sources/sitemap") as typeof import("../../gate/url-sources/sitemap");
  if (!isRemote(sitemap)) return reading(source, () => local.sourcedUrlsFromSitemap(sitemap));
  const remote =
    require("../../gate/url-sources/remote-sitemap") as typeof import("../../gate/url-sources/remote-sitemap");
  try {
    return await remote.sourcedUrlsFromRemoteSitemap(sitemap, { env: process.env });
  } catch (cause) {
    throw new UsageError(faultOfReading(source, cause), { cause });
  }
}

/** Whether a sitemap is named by its address, and is no file. */
function isRemote(sitemap: string): boolean {
  return /^https?:\/\//i.test(sitemap);
}

/** A folder that was read. */
export interface ReadFolder extends ServedFolder {
  readonly folder: string;
  /** What it is on the CDN. */
  readonly base: string;
}

function readFolders({ dir = [], base = [], ...options }: SourceOptions): ReadFolder[] {
  const { include, exclude, sourceMaps, directoryIndex } = options;
  return dir.map((folder, index) =>
    readFolder(folder, { base: base[index]!, include, exclude, sourceMaps, directoryIndex }),
  );
}

function readFolder(folder: string, options: FolderUrlOptions): ReadFolder {
  const source = require("../../gate/url-sources/folder") as typeof import("../../gate/url-sources/folder");
  const served = reading({ kind: "folder", path: folder }, () => source.readFolder(folder, options));
  if (served.files.length > 0) return { folder, base: options.base, ...served };
  throw new UsageError({ kind: "folderEmpty", folder, leftOut: countsOf(served.leftOut) });
}

function sourcedUrlsOf({ file, urls }: ServedFolder["files"][number]): SourcedUrl[] {
  return urls.map((url) => ({ url, from: { kind: "file", file } }));
}

function leftOutNotice(
  folder: string,
  leftOut: readonly LeftOutFile[],
  isVerbose: boolean,
): CommandLineNotice {
  const paths = isVerbose ? leftOut.map(({ path }) => path) : [];
  return { kind: "filesLeftOut", folder, counts: countsOf(leftOut), paths };
}

function countsOf(leftOut: readonly LeftOutFile[]): LeftOutCounts {
  const countOf = (wanted: LeftOutFile["kind"]) => leftOut.filter(({ kind }) => kind === wanted).length;
  return {
    systemFiles: countOf("systemFile"),
    dotFiles: countOf("dotFile"),
    sourceMaps: countOf("sourceMap"),
  };
}

function reading<T>(source: UrlSource, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new UsageError(faultOfReading(source, cause), { cause });
  }
}

function faultOfReading(source: UrlSource, cause: unknown): UsageFault {
  if (cause instanceof GateError) return { kind: "failure", failure: cause };
  const why = cause instanceof Error ? cause.message : String(cause);
  const isSystemError = cause instanceof Error && "code" in cause && "syscall" in cause;
  return isSystemError ? { kind: "sourceNotReadable", source, why } : { kind: "said", words: why };
}
