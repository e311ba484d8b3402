import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, posix, sep } from "node:path";

/**
 * What is wrong with a built site: links to pages or headings that are not there (VitePress looks for pages only, and not
 * at what its own navigation links to), and files that a browser would fetch from elsewhere.
 *
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
export async function faultsInSite(folder) {
  const files = (await readdir(folder, { recursive: true }))
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(".html"));
  const pages = new Map(
    await Promise.all(files.map(async (file) => /** @type {const} */ ([file, await pageIn(folder, file)]))),
  );
  return [...pages].flatMap(([file, { links, fetched }]) => [
    ...links
      .filter((link) => isDead(link, file, { folder, pages }))
      .map((link) => `${file}: dead link ${link}`),
    ...fetched.map((address) => `${file}: fetches ${address}`),
  ]);
}

/**
 * @param {string} folder
 * @param {string} file
 */
async function pageIn(folder, file) {
  const html = await readFile(join(folder, file), "utf8");
  const attributes = (/** @type {RegExp} */ pattern) =>
    [...html.matchAll(pattern)].map(([, value = ""]) => value.replaceAll("&amp;", "&"));
  return {
    anchors: new Set(attributes(/\sid="([^"]*)"/g)),
    links: attributes(/<(?:a\s[^>]*?href|img\s[^>]*?src)="([^"]*)"/g).filter(
      (link) => !/^([a-z]+:|\/\/)/i.test(link),
    ),
    fetched: attributes(/<(?:link|script|img|iframe|source)\s[^>]*?(?:href|src)="((?:https?:)?\/\/[^"]*)"/g),
  };
}

/**
 * @param {string} link
 * @param {string} file
 * @param {{ folder: string, pages: ReadonlyMap<string, { anchors: ReadonlySet<string> }> }} site
 */
function isDead(link, file, { folder, pages }) {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? file : posix.join(posix.dirname(`/${file}`), path);
  const absolute = path.startsWith("/") ? path : target;
  const relative = decodeURI(absolute)
    .replace(/^\//, "")
    .replace(/(^|\/)$/, "$1index.html");
  const page = pages.get(relative);
  if (page === undefined) return anchor !== undefined || !existsSync(join(folder, relative));
  return anchor !== undefined && anchor !== "" && !page.anchors.has(decodeURIComponent(anchor));
}
