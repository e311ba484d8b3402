/**
 * A glob as an anchored regular expression: `*` matches any characters except `/`, and `**` matches any characters.
 * A question mark matches itself, because it starts a URL's query.
 */
export function globToRegExp(glob: string, options: { starCrossesSlash?: boolean } = {}): RegExp {
  const star = options.starCrossesSlash ? ".*" : "[^/]*";
  const source = glob
    .split(/(\*\*|\*)/)
    .map((part) => (part === "**" ? ".*" : part === "*" ? star : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  return new RegExp(`^${source}$`, "s");
}
