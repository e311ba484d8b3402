import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { isPicture } from "./repository-links.mjs";

/**
 * A page of the documentation site.
 *
 * @typedef {object} Page
 * @property {string} page its path in the site, with slashes: `design/index.md`
 * @property {string} source its document, from the root of the repository
 */

/** The folder of the pages in Chinese, in docs/ and in the site. English is at the root of both. */
export const CHINESE = "zh";

/** Pages whose documents are outside docs/, because GitHub and npm look for them in the root. */
const IN_ROOT = {
  "index.md": "README.md",
  "zh/index.md": "README.zh-CN.md",
  "contributing.md": "CONTRIBUTING.md",
  "changelog.md": "CHANGELOG.md",
};

/** What the site is built of: from the root of the repository. Git ignores it. */
export const STAGED = ".cache/docs/pages";

/** The TypeDoc modules, by the name that a program imports. */
export const API_MODULES = {
  "cdn-preload-gate": "provider/index.ts",
  "cdn-preload-gate/gate": "provider/code/index.ts",
  "cdn-preload-gate/urls": "provider/code/urls.ts",
  "cdn-preload-gate/emulator": "emulator/index.ts",
};

/** @param {string} module a name in `API_MODULES` */
export function apiPage(module) {
  return `api/${module}.md`;
}

/**
 * All pages that are written by hand, in both languages.
 *
 * @param {string} root
 * @returns {Promise<Page[]>}
 */
export async function handwrittenPages(root) {
  const documents = await markdownUnder(join(root, "docs"));
  return [
    ...Object.entries(IN_ROOT).map(([page, source]) => ({ page, source })),
    ...documents.map((file) => ({
      page: file.replace(/(^|\/)README\.md$/, "$1index.md"),
      source: `docs/${file}`,
    })),
  ];
}

/**
 * The first heading of a document, without its markup.
 *
 * @param {string} file
 */
export function titleOf(file) {
  const [, title] = /^# (.+)$/m.exec(readFileSync(file, "utf8")) ?? [];
  if (title === undefined) throw new Error(`${file} has no heading of the first level.`);
  return title.replaceAll("`", "");
}

/**
 * Lays the pages as the site has them, so that VitePress finds those that are outside docs/ too.
 *
 * @param {string} root
 */
export async function stagePages(root) {
  const staged = join(root, STAGED);
  await rm(staged, { recursive: true, force: true });
  for (const { page, source } of await handwrittenPages(root)) {
    const target = join(staged, page);
    await mkdir(dirname(target), { recursive: true });
    await cp(join(root, source), target);
  }
  // What is under public/ is in the site as it is.
  for (const picture of (await filesUnder(join(root, "docs")))
    .map((file) => `docs/${file}`)
    .filter(isPicture))
    await cp(join(root, picture), join(staged, "public", picture), { recursive: true });
}

/**
 * Gives each page that is there in English only one in Chinese that says so: a reader who changes the language gets it.
 *
 * @param {string} root
 */
export async function stageUntranslated(root) {
  const staged = join(root, STAGED);
  const pages = (await markdownUnder(staged)).filter((page) => !page.startsWith(`${CHINESE}/`));
  for (const page of pages) {
    const target = join(staged, CHINESE, page);
    if (existsSync(target)) continue;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, untranslated(page, titleOf(join(staged, page))));
  }
}

/**
 * @param {string} page
 * @param {string} title
 */
function untranslated(page, title) {
  // It is no result of a search in Chinese.
  return `---\nsearch: false\n---\n\n# ${title}\n\n本页尚无中文版，请阅读[英文版](/${page})。\n`;
}

/** @param {string} folder */
async function markdownUnder(folder) {
  return (await filesUnder(folder)).filter((file) => file.endsWith(".md")).toSorted();
}

/** @param {string} folder */
async function filesUnder(folder) {
  const files = (await readdir(folder, { recursive: true })).map((file) => file.split(sep).join("/"));
  return files.filter((file) => !file.startsWith(".vitepress/"));
}
