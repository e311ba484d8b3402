/** Where the URLs of a release come from: `cdn-preload-gate/urls`. Nothing here makes a request. */
import * as folder from "../gate/url-sources/folder";
import * as sitemap from "../gate/url-sources/sitemap";
import { inWordsNow } from "./in-words";

export { type FileUrlOptions, type FolderUrlOptions, urlsOfFiles } from "../gate/url-sources/folder";
export type { Sitemap } from "../gate/url-sources/sitemap";
export { urlsFromText } from "../gate/url-sources/url-list";

/**
 * The URLs of the files under a folder, in the order of their paths. A link to a file is a file; one to a
 * folder is not followed. Left out are the operating system's own files (`.DS_Store`, `Thumbs.db`, `desktop.ini`), dot
 * files and dot folders but for `.well-known`, and source maps, unless `include` names them (`.htaccess`, `*.map`).
 *
 * @throws Error when the folder cannot be read, or a file's name is not UTF-8.
 */
export function urlsFromFolder(path: string, options: folder.FolderUrlOptions): string[] {
  return inWordsNow(() => folder.urlsFromFolder(path, options));
}

/**
 * Reads a sitemap or an index of sitemaps, plain or gzipped. Only `<loc>` of the sitemap protocol counts:
 * those of its image and video extensions are other files.
 *
 * @throws Error saying what is wrong with it, and where.
 */
export function readSitemap(bytes: Uint8Array): sitemap.Sitemap {
  return inWordsNow(() => sitemap.readSitemap(bytes));
}

/**
 * The URLs of a sitemap file. The sitemaps that an index names are looked for beside it, by the end of their
 * address: nothing is fetched.
 *
 * @throws Error naming the file that cannot be read.
 */
export function urlsFromSitemap(file: string): string[] {
  return inWordsNow(() => sitemap.urlsFromSitemap(file));
}
