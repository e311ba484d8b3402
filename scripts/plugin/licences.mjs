import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { SetUpError } from "../set-up-error.mjs";

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

/**
 * @param {string} folder of a package
 * @returns {Promise<string>} its name, its version and the text of its licence
 */
export async function licenceOf(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  if (texts.length === 0) texts.push(usualText(name, license, author?.name ?? author));
  return [`${name} ${version} (${license})\n`, ...texts.map((text) => `${text.trim()}\n`)].join("\n");
}

/**
 * The text of the licence that a package names, for one that does not bring it.
 *
 * @param {string} name
 * @param {string} license as SPDX names it
 * @param {string | undefined} holder
 */
function usualText(name, license, holder) {
  const text = USUAL_TEXTS[license];
  if (text === undefined)
    throw new SetUpError(`${name} brings no text of its licence, and that of ${license} is not known here.`);
  return `Copyright (c) ${holder ?? `the authors of ${name}`}\n\n${text}`;
}

/** @type {Readonly<Record<string, string>>} */
const USUAL_TEXTS = {
  ISC: `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby
granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`,
  MIT: `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
};
