import type { Dispatcher } from "undici";
import type { FetchFault } from "../core/failure-facts";
import { VERSION } from "../core/version";
import { isLoopbackHost } from "./endpoint";
import { createDispatcher } from "./proxy";

/** How much a run downloads at most. */
export interface DownloadLimits {
  /** Of one document, in bytes as sent. */
  readonly mostBytes: number;
  /** For all documents together, in milliseconds. */
  readonly withinMs: number;
  readonly mostRedirects: number;
}

/** A document, or why there is none. */
export type Downloaded =
  | { readonly kind: "document"; readonly bytes: Uint8Array }
  | { readonly kind: "failure"; readonly why: FetchFault; readonly redirectedTo: string | undefined };

/** Downloads documents for one purpose, within limits of its own. */
export interface Downloader {
  get(url: string): Promise<Downloaded>;
  close(): Promise<void>;
}

/** As much of an answer that is no document is waited for, so that its connection can be used again. */
const MAX_PAGE_BYTES = 16 * 1024;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Downloads over https, through the proxy that the environment names. Plain http is for this machine alone, where tests
 * and previews are, and a redirect never leads there: a site could otherwise have this machine's own services asked.
 */
export function createDownloader(options: {
  readonly env: NodeJS.ProcessEnv;
  readonly limits: DownloadLimits;
}): Downloader {
  const { env, limits } = options;
  const signal = AbortSignal.timeout(limits.withinMs);
  const dispatchers = new Map<boolean, Dispatcher>();
  const dispatcherFor = (isDirect: boolean): Dispatcher => {
    const known = dispatchers.get(isDirect);
    const dispatcher = known ?? createDispatcher({ isDirect, env, settings: {} });
    dispatchers.set(isDirect, dispatcher);
    return dispatcher;
  };
  return {
    get: (url) => follow(url, { limits, signal, dispatcherFor }),
    close: async () => {
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

interface Following {
  readonly limits: DownloadLimits;
  readonly signal: AbortSignal;
  readonly dispatcherFor: (isDirect: boolean) => Dispatcher;
}

async function follow(first: string, following: Following): Promise<Downloaded> {
  const { limits, dispatcherFor } = following;
  const start = URL.parse(first);
  const mayStayHere = start !== null && isHere(start);
  let url = start;
  for (let redirects = 0; ; redirects += 1) {
    const redirectedTo = redirects === 0 || url === null ? undefined : url.href;
    const failed = (why: FetchFault): Downloaded => ({ kind: "failure", why, redirectedTo });
    if (url === null || !isSafe(url, mayStayHere)) {
      const origin = url === null ? "" : `${url.protocol}//${url.host}`;
      // The address itself may hold a password.
      return { kind: "failure", why: { kind: "addressNotSafe", origin }, redirectedTo: undefined };
    }
    if (redirects > limits.mostRedirects) {
      return failed({ kind: "tooManyRedirects", most: limits.mostRedirects });
    }
    const answer = await ask(url, dispatcherFor(isHere(url)), following);
    if (answer.kind === "failure") return failed(answer.why);
    if (answer.kind === "document") return answer;
    url = URL.parse(answer.location, url.href);
  }
}

function isHere({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && isLoopbackHost(hostname);
}

function isSafe(url: URL, mayStayHere: boolean): boolean {
  const isKnown = url.protocol === "https:" || (mayStayHere && isHere(url));
  return isKnown && url.username === "" && url.password === "";
}

type Asked =
  | { readonly kind: "document"; readonly bytes: Uint8Array }
  | { readonly kind: "redirect"; readonly location: string }
  | { readonly kind: "failure"; readonly why: FetchFault };

async function ask(url: URL, dispatcher: Dispatcher, { limits, signal }: Following): Promise<Asked> {
  try {
    const { statusCode, headers, body } = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: "GET",
      headers: { "user-agent": `cdn-preload-gate/${VERSION}`, "accept-encoding": "identity" },
      signal,
    });
    const { location } = headers;
    if (REDIRECTS.includes(statusCode) && typeof location === "string") {
      await body.dump({ limit: MAX_PAGE_BYTES, signal });
      return { kind: "redirect", location };
    }
    if (statusCode !== 200) {
      await body.dump({ limit: MAX_PAGE_BYTES, signal });
      return { kind: "failure", why: { kind: "status", httpStatus: statusCode } };
    }
    const bytes = await readAtMost(limits.mostBytes, body);
    if (bytes) return { kind: "document", bytes };
    return network({ kind: "tooLong", mostBytes: limits.mostBytes });
  } catch (error) {
    if (signal.aborted) return network({ kind: "noAnswer", withinMs: limits.withinMs });
    const words = error instanceof Error ? error.message || error.name : String(error);
    return network({ kind: "words", words });
  }
}

function network(why: Extract<FetchFault, { readonly kind: "network" }>["why"]): Asked {
  return { kind: "failure", why: { kind: "network", why } };
}

/** @returns `undefined` where there is more. */
async function readAtMost(mostBytes: number, body: AsyncIterable<Buffer>): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let received = 0;
  // Returning from the loop closes the connection, even if more data follows.
  for await (const chunk of body) {
    received += chunk.length;
    if (received > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
