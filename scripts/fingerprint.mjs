import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";

/**
 * @param {string} root
 * @param {readonly string[]} paths files, and folders with all that is in them, relative to the root; what does
 *   not exist counts as such
 * @returns {Promise<string>} changes when a name or a content does
 */
export async function fingerprint(root, paths) {
  const hash = createHash("sha256");
  for (const file of await filesIn(root, paths)) {
    const content = await readFile(join(root, file));
    hash.update(`${file.split(sep).join("/")}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @param {readonly string[]} paths as above
 * @returns {Promise<string[]>} sorted, relative to the root
 */
export async function filesIn(root, paths) {
  const found = [];
  for (const path of paths) {
    const full = join(root, path);
    const kind = await stat(full).catch(() => undefined);
    if (kind?.isFile()) found.push(path);
    if (!kind?.isDirectory()) continue;
    for (const entry of await readdir(full, { recursive: true })) {
      if ((await stat(join(full, entry))).isFile()) found.push(join(path, entry));
    }
  }
  return found.sort();
}
