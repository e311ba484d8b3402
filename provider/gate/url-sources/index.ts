/** Where the URLs of a release come from: `cdn-preload-gate/urls`. Nothing here makes a request. */
export { type FolderUrlOptions, urlsFromFolder, urlsOfFiles } from "./folder";
export { readSitemap, type Sitemap, urlsFromSitemap } from "./sitemap";
export { urlsFromText } from "./url-list";
