import type { ShownUrls } from "../output/shown-urls";
import { escapeMarkup } from "./markup";

/** A link where that is the whole address: a query string, which may hold a token, is left out of reports. */
export function urlLink(url: string, urls: ShownUrls): string {
  const text = escapeMarkup(urls.show(url));
  const address = URL.parse(/^https?:\/\//i.test(url) ? url : `https://${url}`);
  if (url.includes("?") || address === null) return text;
  return link(address.href, text);
}

/** A link to another page, with a markup of its own in it. */
export function link(address: string, markup: string): string {
  return `<a href="${escapeMarkup(address)}" rel="noopener noreferrer">${markup}</a>`;
}

/** A request id, whole; the page's script adds a button that copies it. */
export function requestIdCode(id: string | null | undefined): string {
  if (!id) return "–";
  // What does not look like one may be of any length, and has to wrap.
  const isUsual = /^[\w-]{1,40}$/.test(id);
  return `<code class="${isUsual ? "request-id whole" : "request-id"}">${escapeMarkup(id)}</code>`;
}
