import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/**
 * A digest of all files under a folder, their names and contents: a trigger that changes with what is
 * deployed, and not with the build's number or time, so that a retried build resumes.
 *
 * @param folder relative to the working directory.
 * @throws Error when the folder cannot be read.
 */
export function hashFiles(folder: string): string {
  const hash = createHash("sha256");
  for (const file of filesUnder(folder)) {
    const content = createHash("sha256").update(readFileSync(file)).digest("hex");
    hash.update(`${relative(folder, file).split(sep).join("/")}\0${content}\n`);
  }
  return hash.digest("hex");
}

function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  // By code unit, so that the order does not depend on the machine's language.
  return files.sort((a, b) => (a < b ? -1 : 1));
}
