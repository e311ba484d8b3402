import type { Dispatcher } from "undici";
import type { NetworkFault } from "../core/failure-facts";
import type { Endpoint } from "./endpoint";
import { createDispatcher } from "./proxy";

/** How long the parts of one exchange may take. */
export interface ExchangeTimeouts {
  /** Until a connection stands. */
  readonly connectMs: number;
  /** From the first byte sent until the last one received. */
  readonly answerMs: number;
  /** For which a connection may lie idle and still be used for a submission. */
  readonly submissionIdleMs: number;
}

/** Connections to the service. */
export interface Connections {
  /** Kept alive between calls for as long as the server allows. */
  readonly forQueries: Dispatcher;
  /**
   * Used again only within a moment of its last answer: on a kept connection that the server is just closing, a
   * request is lost without anyone knowing whether it was read, and a submission must not end that way without
   * need. One after the other, as a long list of URLs is submitted, they share one.
   */
  readonly forSubmissions: Dispatcher;
  close(): Promise<void>;
}

/** One request, signed and ready. */
export interface HttpRequest {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Headers by their lower-case names. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** An HTTP answer, from the service or from what is on the way to it. */
export interface HttpAnswer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: string;
}

/** No whole answer came. */
export interface HttpFailure {
  readonly kind: "failure";
  readonly reason: "aborted" | "timeout" | "tooLarge" | "network";
  /** `false` only when certainly not one byte of the request left. */
  readonly mayHaveBeenSent: boolean;
  readonly cause: Error;
  /** Where it is one of our own bounds that ended it; else the cause says why. */
  readonly fault?: NetworkFault | undefined;
}

/** The longest answer that is read: 100 tasks of 100 long URLs are a tenth of it. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/**
 * Opens nothing yet; connections are made when they are needed. `HTTPS_PROXY` and `NO_PROXY` (or their
 * lower-case forms, which win unless they are empty) are honoured, except for an endpoint on this machine.
 *
 * @throws GateError `usage` when HTTPS_PROXY is not a URL; its value, which may hold a password, is not shown.
 */
export function createConnections(
  endpoint: Endpoint,
  timeouts: ExchangeTimeouts,
  env: NodeJS.ProcessEnv,
): Connections {
  // HTTP/2 is off: after a GOAWAY undici may send a request a second time, and a submission must not be.
  const settings = { allowH2: false, pipelining: 1, connectTimeout: timeouts.connectMs };
  const create = (keepAlive: { keepAliveTimeout?: number; keepAliveMaxTimeout?: number }): Dispatcher =>
    createDispatcher({ isDirect: endpoint.isLoopback, env, settings: { ...settings, ...keepAlive } });
  const forQueries = create({});
  const forSubmissions = create({
    keepAliveTimeout: timeouts.submissionIdleMs,
    // What the server offers beyond it is not taken.
    keepAliveMaxTimeout: timeouts.submissionIdleMs,
  });
  return {
    forQueries,
    forSubmissions,
    close: async () => {
      await Promise.all([forQueries.destroy(), forSubmissions.destroy()]);
    },
  };
}

/** Sends one request and reads its answer; never throws, and never sends twice. */
export function exchange(options: {
  readonly dispatcher: Dispatcher;
  readonly request: HttpRequest;
  readonly timeouts: ExchangeTimeouts;
  readonly signal: AbortSignal | undefined;
}): Promise<HttpAnswer | HttpFailure> {
  const { dispatcher, request, timeouts, signal } = options;
  if (signal?.aborted) {
    // Between the permission to call and the call; no listener would be told of it any more.
    const cause = new Error("aborted");
    return Promise.resolve({ kind: "failure", reason: "aborted", mayHaveBeenSent: false, cause });
  }
  return new Promise((resolve) => {
    const handler = new ExchangeHandler({ timeouts, signal, settle: resolve });
    try {
      dispatcher.dispatch(
        {
          origin: request.origin,
          path: "/",
          method: "POST",
          headers: request.headers,
          body: request.body,
          // The handler's own timer covers the answer as a whole.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        handler,
      );
    } catch (error) {
      handler.onResponseError(undefined, error instanceof Error ? error : new Error(String(error)));
    }
  });
}

const utf8 = new TextDecoder();

/** Undici reports its own connect timeout, with a better message, a little late; a proxy that hangs it does not notice. */
const CONNECT_GRACE = 1.2;

/**
 * Follows one request through undici. `onRequestStart` is the last moment before bytes go out on a connection
 * that stands: what fails before it was certainly not sent.
 */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #timeouts: ExchangeTimeouts;
  readonly #signal: AbortSignal | undefined;
  readonly #settle: (result: HttpAnswer | HttpFailure) => void;
  readonly #onAbort = () => this.#fail("aborted", new Error("aborted"));
  #timer: NodeJS.Timeout | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #isStarted = false;
  #hasEnded = false;
  #status = 0;
  #headers: AnswerHeaders = {};
  readonly #chunks: Buffer[] = [];
  #receivedBytes = 0;

  constructor(options: {
    timeouts: ExchangeTimeouts;
    signal: AbortSignal | undefined;
    settle: (result: HttpAnswer | HttpFailure) => void;
  }) {
    this.#timeouts = options.timeouts;
    this.#signal = options.signal;
    this.#settle = options.settle;
    options.signal?.addEventListener("abort", this.#onAbort, { once: true });
    this.#giveUpAfter(options.timeouts.connectMs * CONNECT_GRACE, "noConnection");
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#hasEnded || this.#isStarted) {
      controller.abort(new Error("superseded"));
      return;
    }
    this.#isStarted = true;
    this.#controller = controller;
    this.#giveUpAfter(this.#timeouts.answerMs, "noAnswer");
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: AnswerHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes > MAX_ANSWER_BYTES) {
      this.#fail("tooLarge", new Error("tooLong"), { kind: "tooLong", mostBytes: MAX_ANSWER_BYTES });
      return;
    }
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const answer: HttpAnswer = {
      kind: "answer",
      status: this.#status,
      headers: this.#headers,
      body: utf8.decode(this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks)),
    };
    // Undici takes the connection back in the next turn of the event loop: a call that goes on sooner gets another one.
    if (this.#end()) setImmediate(() => setImmediate(this.#settle, answer));
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#fail("network", error);
  }

  #giveUpAfter(withinMs: number, kind: "noConnection" | "noAnswer"): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail("timeout", new Error(kind), { kind, withinMs }), withinMs);
  }

  #fail(reason: HttpFailure["reason"], cause: Error, fault?: NetworkFault): void {
    const controller = this.#controller;
    const mayHaveBeenSent = this.#isStarted;
    if (this.#end()) this.#settle({ kind: "failure", reason, mayHaveBeenSent, cause, fault });
    if (reason !== "network") {
      controller?.abort(cause);
    }
  }

  /** @returns whether it had not ended before. */
  #end(): boolean {
    if (this.#hasEnded) return false;
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
    return true;
  }
}

/** Headers by which a cache says that it has answered, or was asked. */
const CACHE_MARKS = ["age", "x-cache", "x-cache-hits", "x-cache-lookup", "x-proxy-cache", "cf-cache-status"];
/** Headers by which a proxy says that the answer went through it: it may have written the date. */
const PROXY_MARKS = ["via", "proxy-agent", "x-forwarded-server"];

/** Whether a cache has a part in the answer: what it is dated says nothing of now. */
export function isFromCache(headers: AnswerHeaders): boolean {
  return CACHE_MARKS.some((name) => headers[name] !== undefined);
}

/** Whether the answer went through a proxy. */
export function isFromProxy(headers: AnswerHeaders): boolean {
  return PROXY_MARKS.some((name) => headers[name] !== undefined);
}

/** The first value of a header, by its lower-case name. */
export function headerOf(headers: AnswerHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "object" ? value[0] : value;
}
