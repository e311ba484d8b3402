import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { zipSync } from "fflate";
import { create } from "tar";

/** The same content makes the same bytes; npm dates what it packs the same. */
const DATE_OF_EVERY_FILE = new Date("1985-10-26T08:15:00Z");

export const CHECKSUMS = "SHA256SUMS";
/** What a release offers for download. */
const OFFERED = /\.(tar\.gz|tgz|zip|json|rb)$/;

/**
 * @param {string} folder whose files lie at the archive's root
 * @param {string} archive
 */
export async function pack(folder, archive) {
  await packTar(folder, archive, { gzip: true });
}

/**
 * @param {string} folder whose files lie at the archive's root
 * @param {string} archive
 * @param {{ gzip: boolean }} options
 */
export async function packTar(folder, archive, { gzip }) {
  const files = (await readdir(folder)).toSorted();
  await create({ cwd: folder, file: archive, gzip, portable: true, mtime: DATE_OF_EVERY_FILE }, files);
}

/**
 * Packs what Windows' Explorer opens.
 *
 * @param {string} folder whose files lie at the archive's root; it has no folders
 * @param {string} archive
 */
export async function packZip(folder, archive) {
  const names = (await readdir(folder)).toSorted();
  const files = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))]));
  // A zip has local times: this one is another instant in each time zone, and the same bytes.
  const mtime = new Date(1985, 9, 26, 8, 15);
  await writeFile(archive, zipSync(Object.fromEntries(files), { mtime }));
}

/**
 * Writes one line for each file of a release in the folder, as `sha256sum --check` reads them.
 *
 * @param {string} folder
 */
export async function writeChecksums(folder) {
  const sums = await sumsOf(folder);
  if (sums.size === 0) return;
  const lines = [...sums].map(([name, sum]) => `${sum}  ${name}\n`);
  await writeFile(join(folder, CHECKSUMS), lines.join(""));
}

/**
 * @param {string} folder
 * @returns {Promise<Map<string, string>>} the SHA-256 of each file of a release in the folder, by its name
 */
export async function sumsOf(folder) {
  const names = (await readdir(folder)).filter((name) => OFFERED.test(name)).toSorted();
  const sums = new Map();
  for (const name of names) sums.set(name, await sumOf(join(folder, name)));
  return sums;
}

/**
 * @param {string} file
 * @returns {Promise<string>} its SHA-256
 */
export async function sumOf(file) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
