import { join } from "node:path";
import { GateError } from "../../core/errors";
import { type FoundFile, filesUnder, hasReadableName } from "../files-under";
import { globMatcher } from "./globs";
import { type LeftOutKind, leftOutRule } from "./left-out";

/** What paths become as URLs, and which of them are wanted. */
export interface FileUrlOptions {
  /** What the folder is on the CDN: `https://cdn.example.com/` or with a path. */
  readonly base: string;
  /** Globs of the paths to take, relative to the folder, with slashes. Default: all. */
  readonly include?: readonly string[] | undefined;
  /** Globs of the paths to leave out; they win over `include`. Default: none. */
  readonly exclude?: readonly string[] | undefined;
  /** A file's name: each file of that name also gives the address of its folder. Default: none. */
  readonly directoryIndex?: string | undefined;
}

export interface FolderUrlOptions extends FileUrlOptions {
  /** Whether source maps (`*.map`) are taken. Default `false`. */
  readonly sourceMaps?: boolean | undefined;
}

/** A file of a folder, and what it is on the CDN. */
export interface ServedFile {
  readonly found: FoundFile;
  /** For messages. */
  readonly file: string;
  /** Its own address, and as a directory index its folder's. */
  readonly urls: readonly string[];
}

/** A file that is not served, unless it is asked for. */
export interface LeftOutFile {
  /** Relative to the folder, with slashes. */
  readonly path: string;
  readonly kind: LeftOutKind;
}

/** What a folder holds, each in the order of the paths. */
export interface ServedFolder {
  readonly files: readonly ServedFile[];
  readonly leftOut: readonly LeftOutFile[];
}

/**
 * The URLs under which files are served: the base, then the path, encoded as a browser that follows a link
 * to it would. In globs `*` stands for any characters but `/`, `**` for any; a glob without a slash matches
 * at every depth (`*.map`). Every path that is given is taken: names that begin with a dot and source maps, too.
 *
 * @param paths relative, with slashes.
 */
export function urlsOfFiles(paths: readonly string[], options: FileUrlOptions): string[] {
  return paths.filter(filterOf(options)).flatMap((path) => urlsOf(path, options));
}

/**
 * The URLs of the files under a folder, in the order of their paths. A link to a file is a file; one to a
 * folder is not followed. Left out are the operating system's own files (`.DS_Store`, `Thumbs.db`, `desktop.ini`), dot
 * files and dot folders but for `.well-known`, and source maps, unless `include` names them (`.htaccess`, `*.map`).
 *
 * @throws Error when the folder cannot be read; GateError `usage` when a file's name is not UTF-8.
 */
export function urlsFromFolder(folder: string, options: FolderUrlOptions): string[] {
  return readFolder(folder, options).files.flatMap(({ urls }) => urls);
}

/** As {@link urlsFromFolder}, each with its file, and what was left out. */
export function readFolder(folder: string, options: FolderUrlOptions): ServedFolder {
  const isWanted = filterOf(options);
  const whyLeftOut = leftOutRule(options);
  const wanted = filesUnder(folder)
    .filter(({ path }) => isWanted(path))
    .map((found) => ({ found, kind: whyLeftOut(found.path) }));
  return {
    files: wanted
      .filter(({ kind }) => kind === undefined)
      .map(({ found }) => ({
        found,
        file: join(folder, found.path),
        urls: urlsOf(readablePath(folder, found), options),
      })),
    leftOut: wanted.flatMap(({ found, kind }) => (kind === undefined ? [] : [{ path: found.path, kind }])),
  };
}

/** @throws GateError `usage` where the name is not UTF-8. */
function readablePath(folder: string, found: FoundFile): string {
  if (hasReadableName(found)) return found.path;
  throw new GateError({ kind: "fileNameNotUtf8", file: join(folder, found.path) });
}

function urlsOf(path: string, { base, directoryIndex }: FileUrlOptions): string[] {
  const root = base.endsWith("/") ? base : `${base}/`;
  const own = root + encodePath(path);
  const directory = path.slice(0, path.lastIndexOf("/") + 1);
  const isIndex = directoryIndex !== undefined && path === directory + directoryIndex;
  return isIndex ? [root + encodePath(directory), own] : [own];
}

function filterOf({ include = [], exclude = [] }: FileUrlOptions): (path: string) => boolean {
  const isIncluded = include.length > 0 ? globMatcher(include) : () => true;
  const isExcluded = exclude.length > 0 ? globMatcher(exclude) : () => false;
  return (path) => isIncluded(path) && !isExcluded(path);
}

/** What a URL would read as something else; what parsing the URL encodes anyway is left to it. */
function encodePath(path: string): string {
  return path
    .replace(/[%?#\\*{}<>"\s\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\uFFFD]/gu, (character) =>
      character === "*" ? "%2A" : encodeURIComponent(character),
    )
    .replace(/[,;]$/, encodeURIComponent);
}
