import { globMatcher } from "./globs";

/** Why a file of a folder is left out where it is not asked for. */
export type LeftOutKind = "systemFile" | "dotFile" | "sourceMap";

/** Files that an operating system puts into folders that people look at; in lower case. */
const SYSTEM_FILES: readonly string[] = [".ds_store", "thumbs.db", "desktop.ini"];
/** A dot folder that is there to be served (RFC 8615). */
const WELL_KNOWN = ".well-known";

/** Whether the operating system wrote a file for itself. */
export function isSystemFile(path: string): boolean {
  return SYSTEM_FILES.includes(nameOf(path).toLowerCase());
}

/**
 * What of a folder is not part of a release, so that no one has to think of it: nothing links to these files, and some
 * of them should not be public.
 *
 * @param options.include names what is asked for: a glob that writes the dot (`.htaccess`, `.hidden/**`) or the ending
 * (`*.map`) itself. A wildcard alone does not.
 * @returns why a path is left out; `undefined` where it is not.
 */
export function leftOutRule(options: {
  readonly include?: readonly string[] | undefined;
  readonly sourceMaps?: boolean | undefined;
}): (path: string) => LeftOutKind | undefined {
  const { include = [], sourceMaps = false } = options;
  const isAskedFor: Readonly<Record<LeftOutKind, (path: string) => boolean>> = {
    systemFile: (path) => include.some((glob) => nameOf(glob) === nameOf(path)),
    dotFile: matcherOf(include, { wildcardsTakeDots: false }),
    sourceMap: sourceMaps ? () => true : matcherOf(include.filter((glob) => /\.map$/i.test(glob))),
  };
  return (path) => kindsOf(path).find((kind) => !isAskedFor[kind](path));
}

function kindsOf(path: string): LeftOutKind[] {
  const isDotted = path.split("/").some((name) => name.startsWith(".") && name !== WELL_KNOWN);
  return [
    ...(isSystemFile(path) ? (["systemFile"] as const) : []),
    ...(isDotted ? (["dotFile"] as const) : []),
    ...(/\.map$/i.test(path) ? (["sourceMap"] as const) : []),
  ];
}

function matcherOf(
  globs: readonly string[],
  options?: { readonly wildcardsTakeDots: boolean },
): (path: string) => boolean {
  return globs.length > 0 ? globMatcher(globs, options) : () => false;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
