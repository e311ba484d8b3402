import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { filesUnder, pathOf } from "../gate/files-under";
import { isSystemFile } from "../gate/url-sources/left-out";
import { PULUMI_NAMES } from "../wording/front-names";
import { pulumiWording } from "./pulumi-wording";

/**
 * A digest of all files under a folder, their names and contents: a trigger that changes with what is
 * deployed, and not with the build's number or time, so that a retried build resumes. A link to a file is a
 * file; one to a folder is not followed. The operating system's own files (`.DS_Store`, `Thumbs.db`, `desktop.ini`) do
 * not count: looking at the folder would start the preload again for all URLs.
 *
 * @param folder relative to the working directory.
 * @throws Error when the folder cannot be read, or holds no file: a build that wrote nothing is no release.
 */
export function hashFiles(folder: string): string {
  const files = filesUnder(folder).filter(({ path }) => !isSystemFile(path));
  if (files.length === 0)
    throw new Error(pulumiWording(PULUMI_NAMES).pulumiFault({ kind: "noFiles", folder }));
  const hash = createHash("sha256");
  for (const file of files) {
    const content = createHash("sha256")
      .update(readFileSync(pathOf(folder, file)))
      .digest("hex");
    hash.update(file.bytes).update(`\0${content}\n`);
  }
  return hash.digest("hex");
}
