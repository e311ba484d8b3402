import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { create } from "tar";

/** The same content makes the same bytes; npm dates what it packs the same. */
const DATE_OF_EVERY_FILE = new Date("1985-10-26T08:15:00Z");

export const CHECKSUMS = "SHA256SUMS";

/**
 * @param {string} folder whose files lie at the archive's root
 * @param {string} archive
 */
export async function pack(folder, archive) {
  const files = (await readdir(folder)).toSorted();
  await create({ cwd: folder, file: archive, gzip: true, portable: true, mtime: DATE_OF_EVERY_FILE }, files);
}

/**
 * Writes one line for each archive in the folder, as `sha256sum --check` reads them.
 *
 * @param {string} folder
 */
export async function writeChecksums(folder) {
  const archives = (await readdir(folder)).filter((name) => name.endsWith(".tar.gz")).toSorted();
  if (archives.length === 0) return;
  const lines = [];
  for (const name of archives) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(join(folder, name)), hash);
    lines.push(`${hash.digest("hex")}  ${name}\n`);
  }
  await writeFile(join(folder, CHECKSUMS), lines.join(""));
}
