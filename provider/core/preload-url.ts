import type { PlainProblem, Problem } from "./problems";
import { MAX_URL_CHARACTERS } from "./service-limits";

/**
 * One URL to preload. Its identity is host + path + query: the scheme does not count, since the POPs keep
 * one copy for both.
 */
export interface PreloadUrl {
  /** As the user wrote it, without surrounding white space. */
  readonly written: string;
  /** As it is sent to the service. */
  readonly sent: string;
  /** Lower case, punycode. */
  readonly host: string;
  /** Host, path and query: equal for all spellings of one URL. */
  readonly identity: string;
}

/** Either the URL, or why it cannot be preloaded (without the URL itself, which may be secret). */
export type ParsedUrl =
  | { readonly ok: true; readonly url: PreloadUrl }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Checks and normalizes one URL the way a browser would before it asks a POP for it, because only the
 * address that clients ask for is worth warming.
 *
 * - Surrounding white space is dropped; white space inside, a second URL, control and invisible characters, `*`,
 *   braces, angle brackets, quotation marks and a backslash are refused: they are a list, a pattern or a mistake.
 * - `http`, `https` or no scheme; upper-case and international host names become lower-case punycode.
 * - The scheme's own port is dropped; any other port, user names and passwords, fragments, wildcards, IP
 *   addresses and single-label hosts are refused.
 * - Non-ASCII characters are percent-encoded as UTF-8; what is already encoded is sent as it is, and
 *   compared without regard to the case of its digits: `%2f` and `%2F` are one URL (RFC 3986, 6.2.2.1). `.` and
 *   `..` segments are resolved. A missing path is `/`. A query string keeps its order and its encoding; an empty
 *   one (`?` alone) is dropped.
 * - At most 1,024 characters as sent.
 */
export function parsePreloadUrl(input: string): ParsedUrl {
  const written = input.trim();
  const problem = findProblemInText(written);
  if (problem) return { ok: false, problem };

  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(written)?.[1]?.toLowerCase();
  const parsed = parseAsBrowser(scheme ? written : `https://${written}`);
  if (!parsed) return { ok: false, problem: { kind: "urlNotAUrl" } };

  const hostProblem = findProblemInAddress(parsed, written);
  if (hostProblem) return { ok: false, problem: hostProblem };

  const address = addressOf(parsed);
  const sent = scheme ? `${scheme}://${address}` : address;
  if (sent.length > MAX_URL_CHARACTERS) {
    return {
      ok: false,
      problem: { kind: "urlTooLong", characters: sent.length, most: MAX_URL_CHARACTERS },
    };
  }
  return { ok: true, url: { written, sent, host: parsed.hostname, identity: identityOfAddress(address) } };
}

/** The URL that a text is when parsing changes nothing of it but the scheme that its identity leaves out. */
export function plainUrl(written: string): PreloadUrl {
  const identity = written.replace(/^https?:\/\//, "");
  return { written, sent: written, host: domainOfIdentity(identity), identity };
}

/** The URL of which an answer tells only the identity. */
export function urlOfIdentity(identity: string, host: string): PreloadUrl {
  return { written: identity, sent: identity, host, identity };
}

/** What of a URL cannot be had from its text alone: nothing, mostly. */
export function isPlainUrl(url: PreloadUrl): boolean {
  const plain = plainUrl(url.written);
  return url.sent === plain.sent && url.identity === plain.identity && url.host === plain.host;
}

/** The identities that are known already: an answer that names one of them as it is needs no parsing. */
export type KnownIdentities = Pick<ReadonlySet<string>, "has">;

const NONE_KNOWN: KnownIdentities = new Set();

/** An identity with a space is a text that could not be parsed: only the same answer makes it again. */
function isKnown(identity: string, known: KnownIdentities): boolean {
  return known.has(identity) && !identity.includes(" ");
}

/**
 * The identity of a URL that an answer names by domain and path. Matched exactly, never by path alone: a
 * task shared with a neighbour holds other domains' files of the same name. What a browser would drop or turn
 * into something else (a fragment, a port, a backslash) is another URL's, and stays so.
 */
export function identityOfAnswer(domain: string, path: string, known: KnownIdentities = NONE_KNOWN): string {
  const text = path.replace(/[\r\n]+$/, "");
  if (text.startsWith("/") && isKnown(`${domain}${text}`, known)) return `${domain}${text}`;
  const host = domain.replace(/:(80|443)$/, "");
  const whole = /^https?:\/\//i.test(text) ? parseAsBrowser(text.replace(/#/g, "%23")) : undefined;
  if (whole) {
    // A whole URL counts only where it is of the entry's own domain.
    const isOwn = whole.hostname === hostOfAnswer(host) && whole.port === "";
    return identityOfAddress(isOwn ? addressOf(whole) : `${domain} ${text}`);
  }
  const literally = text.replace(/[#\\\s\p{Cc}]/gu, encodeURIComponent);
  const parsed = isHostAlone(host)
    ? parseAsBrowser(`https://${host}${text.startsWith("/") ? "" : "/"}${literally}`)
    : undefined;
  return identityOfAddress(parsed ? addressOf(parsed) : `${domain} ${text}`);
}

/**
 * What is left of an identity in every spelling of a URL: percent-encoding undone, entities and `+` too. Two
 * URLs can share it, so that it never takes one for the other; it only keeps one from being ruled out.
 */
export function looseIdentity(identity: string): string {
  let text = identity.trim();
  // Encoded twice is seen too; what begins no encoding stays.
  for (let round = 0; round < 2; round += 1) text = text.replace(/(?:%[0-9a-f]{2})+/gi, decoded);
  return text.replaceAll("&amp;", "&").replaceAll("+", " ").normalize("NFC");
}

function decoded(octets: string): string {
  try {
    return decodeURIComponent(octets);
  } catch {
    return octets.toUpperCase();
  }
}

function addressOf({ hostname, pathname, search }: URL): string {
  return `${hostname}${pathname}${search}`;
}

/** The digits of a percent-encoding have no case. */
function identityOfAddress(address: string): string {
  return address.replace(/%[0-9a-f]{2}/gi, (octet) => octet.toUpperCase());
}

/** The host that an answer's domain stands for: lower case, punycode. */
export function hostOfAnswer(domain: string, known: KnownIdentities = NONE_KNOWN): string {
  if (known.has(domain)) return domain;
  return (isHostAlone(domain) ? parseAsBrowser(`https://${domain}`)?.hostname : undefined) ?? domain;
}

/** The identity of a URL that an answer names as a whole (`ObjectPath`). */
export function identityOfObjectPath(objectPath: string, known: KnownIdentities = NONE_KNOWN): string {
  const withoutScheme = objectPath.replace(/[\r\n]+$/, "").replace(/^https?:\/\//i, "");
  if (isKnown(withoutScheme, known)) return withoutScheme;
  const slash = withoutScheme.search(/[/?]/);
  return slash < 0
    ? identityOfAnswer(withoutScheme, "/")
    : identityOfAnswer(withoutScheme.slice(0, slash), withoutScheme.slice(slash));
}

/** The domain that an identity begins with. */
export function domainOfIdentity(identity: string): string {
  return identity.slice(0, identity.search(/[/?]|$/));
}

/** A URL as logs and reasons show it: a query string may hold a token, so it is shortened to `?…`. */
export function showUrl(url: string): string {
  const query = url.indexOf("?");
  return query < 0 ? url : `${url.slice(0, query)}?…`;
}

/** Merges spellings of one identity; the first one is kept. */
export function mergeSpellings(urls: readonly PreloadUrl[]): PreloadUrl[] {
  return positionsOfDistinct(urls).map((position) => urls[position]!);
}

/** Where each URL that {@link mergeSpellings} keeps stands in the list. */
export function positionsOfDistinct(urls: readonly PreloadUrl[]): number[] {
  const seen = new Set<string>();
  return urls.flatMap((url, position) => {
    if (seen.has(url.identity)) return [];
    seen.add(url.identity);
    return [position];
  });
}

/** Whether a string holds what Pulumi makes of an Output in a template string: the same text for any value. */
export function holdsOutputText(text: string): boolean {
  return /Calling \[?to(String|JSON)\]? on an \[?Output/i.test(text);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** White space, and what looks like none: a URL that holds it was two, or is not the one that was meant. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u3164]/u;

function findProblemInText(text: string): Problem | undefined {
  return findProblemAtPosition(text) ?? asProblem(findPlainProblem(text)) ?? findProblemInForm(text);
}

function asProblem(kind: PlainProblem | undefined): Problem | undefined {
  return kind && { kind };
}

/** What is told with where it is, and what has to be seen before that. */
function findProblemAtPosition(text: string): Problem | undefined {
  if (text === "") return { kind: "empty" };
  if (holdsOutputText(text)) return { kind: "urlHoldsOutput" };
  const control = text.search(CONTROL);
  if (control >= 0) {
    return { kind: "urlControlCharacter", codePoint: codePointAt(text, control), position: control + 1 };
  }
  const second = findSecondUrl(text);
  if (second !== undefined) return { kind: "urlSecondUrl", position: second };
  const column = findSecondColumn(text);
  if (column !== undefined) return { kind: "urlSecondColumn", position: column };
  const invisible = text.search(INVISIBLE);
  if (invisible >= 0) {
    return { kind: "urlInvisible", codePoint: codePointAt(text, invisible), position: invisible + 1 };
  }
  const space = text.search(/\s/u);
  if (space >= 0) return { kind: "urlWhiteSpace", position: space + 1 };
  const lost = text.indexOf("\uFFFD");
  return lost >= 0 ? { kind: "urlLostCharacter", position: lost + 1 } : undefined;
}

function findPlainProblem(text: string): PlainProblem | undefined {
  if (text.includes("*")) return "urlWildcard";
  if (/[{}<>"]/.test(text)) return "urlPattern";
  if (/[,;]\??$/.test(text)) return "urlEndsInSeparator";
  if (text.includes("\\")) return "urlBackslash";
  return text.includes("#") ? "urlFragment" : undefined;
}

function findProblemInForm(text: string): Problem | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme && scheme !== "http" && scheme !== "https") return { kind: "urlScheme", scheme };
  if (!scheme && text.startsWith("/")) return { kind: "urlNoHostOrScheme" };
  if (/^https?:\/{3,}/i.test(text)) return { kind: "urlNoHost" };
  return /%(?![0-9a-f]{2})/i.test(text) ? { kind: "urlPercent" } : undefined;
}

/** Where a second URL begins, counted from 1: after white space or a separator, or with nothing between. */
function findSecondUrl(text: string): number | undefined {
  const further = /[\s,;|\uFF0C\uFF1B\u3001]+https?:\/\//i.exec(text);
  if (further) return further.index + further[0].search(/https?:/i) + 1;
  // Two lines without a line end between them. After a slash or a colon it is a path that an image proxy takes.
  const glued = /^[^?]*[\w%-](?=https?:\/\/)/i.exec(text);
  if (glued) return glued[0].length + 1;
  // Without a scheme any host tells; with one, the same host again.
  const bare = /^(?![a-z][a-z0-9+.-]*:\/\/)[^?]*?[,;|](?=(?:[a-z0-9-]+\.)+[a-z]{2,}\/)/i.exec(text);
  if (bare) return bare[0].length + 1;
  const host = /^(?:https?:\/\/)?([^/?\s,;]+\.[^/?\s,;]+)\//i.exec(text)?.[1];
  if (host === undefined) return undefined;
  const lower = text.toLowerCase();
  const again = [",", ";"]
    .map((mark) => lower.indexOf(`${mark}${host.toLowerCase()}/`))
    .find((at) => at >= 0);
  return again === undefined ? undefined : again + 2;
}

/** After a separator a date, a sitemap's priority or how often it changes. */
const SECOND_COLUMN =
  /[,;|](?=(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}[^,;|]*|[01]\.\d+|always|hourly|daily|weekly|monthly|yearly|never)(?:[,;|]|$))/i;

/**
 * After the name of a file with its ending, and a separator: a number (a rank, a status, a size, a share), a digest, or a
 * yes or no. After a name without an ending a number belongs to it, as in `/tiles/3,4`.
 */
const COLUMN_AFTER_FILE =
  /\.[a-z][a-z0-9]{0,7}[,;|]+(?=(?:[+-]?\d+(?:\.\d+)?(?:[kmgt]?i?b|ms|s|%)?|[0-9a-f]{16,}|true|false|yes|no)(?:[,;|]|$))/i;

/** Where a second column of a table begins, counted from 1. In a query string a comma is the query's own. */
function findSecondColumn(text: string): number | undefined {
  const [beforeQuery = ""] = text.split("?");
  const begins = [SECOND_COLUMN, COLUMN_AFTER_FILE].flatMap((pattern) => {
    const found = pattern.exec(beforeQuery);
    return found ? [found.index + found[0].length + 1] : [];
  });
  return begins.length === 0 ? undefined : Math.min(...begins);
}

function codePointAt(text: string, index: number): string {
  return `U+${text.codePointAt(index)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

function findProblemInAddress(parsed: URL, written: string): Problem | undefined {
  if (parsed.username !== "" || parsed.password !== "" || /^(https?:\/\/)?[^/?]*@/i.test(written)) {
    return { kind: "urlUser" };
  }
  // A URL without a scheme is read as https; its :80 is the other standard port all the same.
  const standardPort = parsed.port === "" || (parsed.port === "80" && !/^https:/i.test(written));
  if (!standardPort) return { kind: "urlPort", port: parsed.port };
  const host = parsed.hostname;
  if (host.includes("*")) return { kind: "urlWildcardHost" };
  if (host.startsWith("[") || /^\d+(\.\d+){3}$/.test(host)) return { kind: "urlIpAddress" };
  return /^(?!-)[a-z0-9_-]+(\.[a-z0-9_-]+)+$/.test(host) ? undefined : { kind: "urlHostNotFull" };
}

function isHostAlone(text: string): boolean {
  return !/[/?#@:\\\s]/.test(text);
}

function parseAsBrowser(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
