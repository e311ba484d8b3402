import { GateError } from "../../core/errors";
import { showUrl } from "../../core/preload-url";
import { createDownloader, type Downloader, type DownloadLimits } from "../../transport/download";
import { MAX_DEPTH, MAX_SITEMAP_BYTES, readNamedSitemap } from "./sitemap";
import type { SourcedUrl } from "./sourced-url";

/** How much of a site's sitemaps is downloaded at most. */
export interface SitemapLimits extends DownloadLimits {
  /** Sitemaps and indexes together. */
  readonly mostSitemaps: number;
}

const LIMITS: SitemapLimits = {
  mostBytes: MAX_SITEMAP_BYTES,
  withinMs: 2 * 60_000,
  mostRedirects: 5,
  mostSitemaps: 500,
};

/**
 * The URLs of a sitemap at an https address, or of the sitemaps that the index there names.
 *
 * @throws GateError `usage` with the address of what cannot be downloaded or read.
 */
export async function sourcedUrlsFromRemoteSitemap(
  address: string,
  options: { readonly env: NodeJS.ProcessEnv; readonly limits?: Partial<SitemapLimits> },
): Promise<SourcedUrl[]> {
  const limits = { ...LIMITS, ...options.limits };
  const downloader = createDownloader({ env: options.env, limits });
  try {
    return await new RemoteSitemaps(downloader, limits.mostSitemaps).urlsOf(address, []);
  } finally {
    await downloader.close();
  }
}

class RemoteSitemaps {
  readonly #downloader: Downloader;
  readonly #most: number;
  readonly #seen = new Set<string>();

  constructor(downloader: Downloader, most: number) {
    this.#downloader = downloader;
    this.#most = most;
  }

  /** @param above the indexes that have led here, the first one first. */
  async urlsOf(url: string, above: readonly string[]): Promise<SourcedUrl[]> {
    const file = showUrl(url);
    if (above.includes(url) || above.length >= MAX_DEPTH) {
      throw new GateError({ kind: "sitemapLoop", file, deepest: MAX_DEPTH });
    }
    // Two indexes may name one sitemap.
    if (this.#seen.has(url)) return [];
    this.#seen.add(url);
    if (this.#seen.size > this.#most) {
      throw new GateError({ kind: "tooManySitemaps", index: showUrl(above[0] ?? url), most: this.#most });
    }
    const { kind, locations } = readNamedSitemap(file, await this.#download(url));
    if (kind === "urlset") {
      return locations.map((location, index) => ({
        url: location,
        from: { kind: "sitemap", file, place: index + 1 },
      }));
    }
    const urls: SourcedUrl[] = [];
    // One after the other: a site's owner has not asked for a rush.
    for (const location of locations) {
      urls.push(...(await this.urlsOf(URL.parse(location, url)?.href ?? location, [...above, url])));
    }
    return urls;
  }

  async #download(url: string): Promise<Uint8Array> {
    const answer = await this.#downloader.get(url);
    if (answer.kind === "document") return answer.bytes;
    const { why, redirectedTo } = answer;
    throw new GateError({ kind: "sitemapNotFetched", url: withoutUser(url), redirectedTo, why });
  }
}

function withoutUser(url: string): string {
  return url.replace(/^(https?:\/\/)[^/?#]*@/i, "$1");
}
