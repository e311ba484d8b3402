/**
 * Whether a path matches one of some globs: `*` stands for any characters but `/`, `**` for any; a glob without a slash
 * matches at every depth.
 *
 * @param options.wildcardsTakeDots whether `*` also stands for a name's first dot. Default `true`.
 */
export function globMatcher(
  globs: readonly string[],
  options: { readonly wildcardsTakeDots: boolean } = { wildcardsTakeDots: true },
): (path: string) => boolean {
  // Loaded here, so that a command without globs starts without it.
  const picomatch = require("picomatch") as typeof import("picomatch");
  const anywhere = globs.map((glob) => (glob.includes("/") ? glob.replace(/^\.?\//, "") : `**/${glob}`));
  return picomatch(anywhere, { dot: options.wildcardsTakeDots });
}
