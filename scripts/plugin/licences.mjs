import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";

/** The innermost package that a file belongs to: the last `node_modules/NAME` or `node_modules/@SCOPE/NAME`. */
const FOLDER_OF_PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/**
 * @param {readonly string[]} files that went into a bundle
 * @returns {Promise<string>} the licences that they came under, as these ask to be passed on
 */
export async function licencesOf(files) {
  const texts = await Promise.all(packageFoldersOf(files).map(licenceOf));
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

/**
 * @param {readonly string[]} files that went into a bundle
 * @returns {string[]} the folders of the packages that they belong to
 */
export function packageFoldersOf(files) {
  const folders = files.flatMap((file) => FOLDER_OF_PACKAGE.exec(file.split(sep).join("/"))?.[0] ?? []);
  return [...new Set(folders)].toSorted();
}

/** @param {string} folder */
async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return [`${name} ${version} (${license})\n`, ...texts.map((text) => `${text.trim()}\n`)].join("\n");
}
