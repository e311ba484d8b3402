import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * The files under a folder, relative to it, with slashes, in an order that does not depend on the machine.
 * A link to a file is a file; one to a folder is not followed.
 *
 * @throws Error when the folder cannot be read.
 */
export function filesUnder(folder: string): string[] {
  // By code unit, so that the order does not depend on the machine's language.
  return pathsIn(folder, "").sort((a, b) => (a < b ? -1 : 1));
}

/** Not the runtime's own recursion, which goes round in a folder that links to itself. */
function pathsIn(folder: string, path: string): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const below = path === "" ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) return pathsIn(folder, below);
    return isFile(entry) ? [below] : [];
  });
}

function isFile(entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.isFile() ?? false;
}
