import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Where the version stands: files, and folders whose files have it. */
const PLACES = [
  "package.json",
  "package-lock.json",
  "provider/core/version.ts",
  "schema/pulumi-schema.json",
  "README.md",
  "README.zh-CN.md",
  "docs",
  "examples",
  "sdk",
];
/** What others made has versions of its own. */
const OTHERS = /(^|\/)(node_modules|dist|\.venv|target|bin|obj)(\/|$)|\.sum$|(^|\/)sdk\/go\/alicdn\/go\.mod$/;
/** What precedes this version in places that also have the versions of others. */
const NAMED_BY = new Map([
  ["package-lock.json", /"name": "cdn-preload-gate",\s+"version": "$/],
  [
    "examples",
    /(?:cdn-preload-gate": "\^|cdn-preload-gate\/sdk\/go\/alicdn v|<artifactId>alicdn<\/artifactId>\s+<version>)$/,
  ],
]);

/**
 * Writes another version in place of the one that the files have.
 *
 * @param {string} root
 * @param {{ from: string, to: string }} versions
 * @returns {Promise<string[]>} the files that have changed
 */
export async function replaceVersion(root, { from, to }) {
  const changed = [];
  for (const place of PLACES) {
    for (const file of await filesOf(root, place)) {
      const text = await readFile(join(root, file), "utf8");
      const replaced = withVersion(text, { from, to, namedBy: NAMED_BY.get(place) });
      if (replaced === text) continue;
      await writeFile(join(root, file), replaced);
      changed.push(file);
    }
  }
  return changed;
}

/**
 * @param {string} text
 * @param {{ from: string, to: string, namedBy: RegExp | undefined }} options
 */
function withVersion(text, { from, to, namedBy }) {
  const version = new RegExp(`(?<![\\d.])${from.replaceAll(".", "\\.")}(?![\\d.]*\\d)`, "g");
  return text.replace(version, (found, offset) => {
    const isOurs = namedBy === undefined || namedBy.test(text.slice(Math.max(0, offset - 200), offset));
    return isOurs ? to : found;
  });
}

/**
 * @param {string} root
 * @param {string} place
 * @returns {Promise<string[]>}
 */
async function filesOf(root, place) {
  if (OTHERS.test(place)) return [];
  const entries = await readdir(join(root, place), { withFileTypes: true }).catch((error) => {
    if (error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (entries === undefined) return [place];
  const files = await Promise.all(entries.map(({ name }) => filesOf(root, `${place}/${name}`)));
  return files.flat();
}
