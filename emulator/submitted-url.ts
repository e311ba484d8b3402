import { MAX_URL_CHARACTERS } from "../provider/wire/limits";

/** One URL of a call, as the service reads it. */
export interface SubmittedUrl {
  /** As it was sent. */
  readonly url: string;
  /** The accelerated domain, in lower case. */
  readonly domain: string;
  /** Path and query, as they were sent. */
  readonly path: string;
}

const FORM = /^(?:https?:\/\/)?([^/?#\s:@]+)(\/.*)$/i;
const HOST = /^\.?(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?\.)+[\p{L}\p{N}-]{2,}$/u;

/** Reads `domain/path` or `http(s)://domain/path`. Returns `undefined` if it is neither, or too long. */
export function parseSubmittedUrl(text: string): SubmittedUrl | undefined {
  const [, host, path] = FORM.exec(text) ?? [];
  if (!host || !path || !HOST.test(host) || text.length > MAX_URL_CHARACTERS) return undefined;
  return { url: text, domain: host.toLowerCase(), path };
}

/** The identity of a URL: domain and path, without the scheme. */
export function urlIdentity(url: { domain: string; path: string }): string {
  return `${url.domain}${url.path}`;
}
