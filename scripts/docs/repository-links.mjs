import { existsSync, statSync } from "node:fs";
import { join, posix } from "node:path";

/**
 * A link of a document, as the site needs it. Documents link to files as GitHub shows them. A link to a document that is
 * a page becomes one to the page, a picture is in the site, and any other file of the repository is shown there.
 *
 * @param {string} href
 * @param {string} page the page that has the link
 * @param {{ root: string, repository: string, pages: readonly import("./pages.mjs").Page[] }} site
 * @returns {string}
 */
export function siteLink(href, page, { root, repository, pages }) {
  const source = pages.find((candidate) => candidate.page === page)?.source;
  const [path = "", anchor] = href.split("#");
  if (source === undefined || path === "" || path.startsWith("/") || /^[a-z]+:/i.test(path)) return href;
  const target = posix.join(posix.dirname(source), decodeURI(path)).replace(/\/$/, "");
  const linked = pages.find((candidate) => candidate.source === target);
  const hash = anchor === undefined ? "" : `#${anchor}`;
  if (linked !== undefined) return `/${linked.page}${hash}`;
  if (isPicture(target)) return `/${target}`;
  // VitePress reports it as dead.
  if (target.startsWith("..") || !existsSync(join(root, target))) return href;
  const kind = statSync(join(root, target)).isDirectory() ? "tree" : "blob";
  return `${repository}/${kind}/main/${target}${hash}`;
}

/**
 * Whether a file of the repository is a picture of the documents, which the site holds by the same path.
 *
 * @param {string} path
 */
export function isPicture(path) {
  return /^docs\/.*\.(svg|png|jpg|gif|webp)$/.test(path);
}

/**
 * The anchor of a heading, as GitHub makes it: documents are read there too, and have one kind of link.
 *
 * @param {string} heading
 */
export function headingAnchor(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}
