import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesUnder } from "../gate/files-under";

/**
 * A digest of all files under a folder, their names and contents: a trigger that changes with what is
 * deployed, and not with the build's number or time, so that a retried build resumes. A link to a file is a
 * file; one to a folder is not followed.
 *
 * @param folder relative to the working directory.
 * @throws Error when the folder cannot be read.
 */
export function hashFiles(folder: string): string {
  const hash = createHash("sha256");
  for (const path of filesUnder(folder)) {
    const content = createHash("sha256")
      .update(readFileSync(join(folder, path)))
      .digest("hex");
    hash.update(`${path}\0${content}\n`);
  }
  return hash.digest("hex");
}
