import { createHash } from "node:crypto";
import { showUrl } from "../../core/preload-url";
import type { GateDocument } from "../document/schema";

/** How URLs are shown to people. */
export interface ShownUrls {
  show(url: string): string;
}

const DIGEST_CHARACTERS = 6;

/**
 * Queries may hold a token, so they are not shown. Where URLs differ in nothing else, a digest of the query tells them
 * apart.
 *
 * @param urls all that may be shown.
 * @param showsQueries whether to show queries as they are: only where the user has asked for it.
 */
export function shownUrls(urls: readonly string[], showsQueries: boolean): ShownUrls {
  if (showsQueries) return { show: (url) => url };
  const byShown = Map.groupBy(new Set(urls), showUrl);
  return {
    show: (url) => {
      const shown = showUrl(url);
      return (byShown.get(shown)?.length ?? 0) > 1 ? `${shown}#${digestOf(url)}` : shown;
    },
  };
}

const urlsOfDocuments = new WeakMap<GateDocument, ShownUrls>();

/** How a document's reports show its URLs: never with their queries, since a report is handed on. */
export function reportedUrls(document: GateDocument): ShownUrls {
  let urls = urlsOfDocuments.get(document);
  if (!urls) {
    urls = shownUrls(
      document.results.map(({ url }) => url),
      false,
    );
    urlsOfDocuments.set(document, urls);
  }
  return urls;
}

function digestOf(url: string): string {
  return createHash("sha256").update(url).digest("hex").slice(0, DIGEST_CHARACTERS);
}
