/**
 * A glob as an anchored regular expression: `*` stands for any characters but `/`, `**` for any at all.
 * A question mark stands for itself, since it begins a URL's query.
 */
export function globToRegExp(glob: string, options: { starCrossesSlash?: boolean } = {}): RegExp {
  const star = options.starCrossesSlash ? ".*" : "[^/]*";
  const source = glob
    .split(/(\*\*|\*)/)
    .map((part) => (part === "**" ? ".*" : part === "*" ? star : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  return new RegExp(`^${source}$`, "s");
}
