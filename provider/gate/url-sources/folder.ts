import { join } from "node:path";
import { GateError } from "../../core/errors";
import { filesUnder, hasReadableName } from "../files-under";
import type { SourcedUrl } from "./sourced-url";

export interface FolderUrlOptions {
  /** What the folder is on the CDN: `https://cdn.example.com/` or with a path. */
  readonly base: string;
  /** Globs of the paths to take, relative to the folder, with slashes. Default: all. */
  readonly include?: readonly string[] | undefined;
  /** Globs of the paths to leave out; they win over `include`. Default: none. */
  readonly exclude?: readonly string[] | undefined;
}

/**
 * The URLs under which files are served: the base, then the path, encoded as a browser that follows a link
 * to it would. In globs `*` stands for any characters but `/`, `**` for any; a glob without a slash matches
 * at every depth (`*.map`). Names that begin with a dot are files like any other.
 *
 * @param paths relative, with slashes.
 */
export function urlsOfFiles(paths: readonly string[], options: FolderUrlOptions): string[] {
  const isWanted = filterOf(options);
  const base = options.base.endsWith("/") ? options.base : `${options.base}/`;
  return paths.filter(isWanted).map((path) => base + encodePath(path));
}

/**
 * The URLs of all files under a folder, in the order of their paths. A link to a file is a file; one to a
 * folder is not followed.
 *
 * @throws Error when the folder cannot be read; GateError `usage` when a file's name is not UTF-8.
 */
export function urlsFromFolder(folder: string, options: FolderUrlOptions): string[] {
  return sourcedUrlsFromFolder(folder, options).map(({ url }) => url);
}

/** As {@link urlsFromFolder}, each with its file. */
export function sourcedUrlsFromFolder(folder: string, options: FolderUrlOptions): SourcedUrl[] {
  const isWanted = filterOf(options);
  const files = filesUnder(folder).filter(({ path }) => isWanted(path));
  const unreadable = files.find((file) => !hasReadableName(file));
  if (unreadable) {
    const name = unreadable.path.replaceAll("\uFFFD", "�");
    throw new GateError({ kind: "fileNameNotUtf8", file: join(folder, name) });
  }
  const paths = files.map(({ path }) => path);
  const urls = urlsOfFiles(paths, { base: options.base });
  return urls.map((url, index) => ({ url, from: { kind: "file", file: join(folder, paths[index]!) } }));
}

function filterOf({ include = [], exclude = [] }: FolderUrlOptions): (path: string) => boolean {
  const isIncluded = include.length > 0 ? matcherOf(include) : () => true;
  const isExcluded = exclude.length > 0 ? matcherOf(exclude) : () => false;
  return (path) => isIncluded(path) && !isExcluded(path);
}

function matcherOf(globs: readonly string[]): (path: string) => boolean {
  // Loaded here, so that a command without globs starts without it.
  const picomatch = require("picomatch") as typeof import("picomatch");
  const anywhere = globs.map((glob) => (glob.includes("/") ? glob.replace(/^\.?\//, "") : `**/${glob}`));
  return picomatch(anywhere, { dot: true });
}

/** What a URL would read as something else; what parsing the URL encodes anyway is left to it. */
function encodePath(path: string): string {
  return path
    .replace(/[%?#\\*{}<>"\s\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\uFFFD]/gu, (character) =>
      character === "*" ? "%2A" : encodeURIComponent(character),
    )
    .replace(/[,;]$/, encodeURIComponent);
}
