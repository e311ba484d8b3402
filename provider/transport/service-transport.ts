import { randomUUID } from "node:crypto";
import type { Dispatcher } from "undici";
import type { Clock } from "../core/clock";
import { type ErrorCode, GateError } from "../core/errors";
import { API_VERSION, type OperationName } from "../wire/limits";
import { type Credentials, formBody, signRequestV3 } from "../wire/signature-v3";
import type { CallBudget, CallPermit, CallPriority } from "./call-budget";
import type { CredentialSource } from "./credentials";
import type { Endpoint } from "./endpoint";
import {
  type AnswerHeaders,
  type Connections,
  createConnections,
  type ExchangeTimeouts,
  exchange,
  headerOf,
  isFromCache,
  isFromProxy,
} from "./http-exchange";
import { redactWords } from "./redact";
import { ServerClock, type TimeGuess } from "./server-clock";
import {
  type AttemptFailure,
  type CallContext,
  type CallKind,
  readAnswer,
  readFailure,
  type ServiceAnswer,
} from "./service-answer";

/** What one attempt was, for tracing; holds no parameter and no secret. */
export interface CallTrace {
  readonly operation: OperationName;
  /** From 1. */
  readonly attempt: number;
  /** By the local clock, in milliseconds since 1970: when the request was sent. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** `ok`, or the code of the error that the attempt ended in. */
  readonly outcome: "ok" | ErrorCode;
  readonly requestId: string | undefined;
  readonly httpStatus: number | undefined;
}

export interface TransportOptions {
  readonly endpoint: Endpoint;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
  /** The process's one budget. */
  readonly budget: CallBudget;
  /** From 0 to less than 1; spreads retries. */
  readonly random: () => number;
  readonly userAgent: string;
  /**
   * Defaults: 5 s to connect, 15 s from the first byte sent to the last one received; a connection that has lain
   * idle for half a second takes no submission.
   */
  readonly timeouts?: Partial<ExchangeTimeouts> | undefined;
  /** Takes the place of our own connections; stays the caller's to close. */
  readonly dispatcher?: Dispatcher | undefined;
  /** Called after each attempt. What it throws is ignored: it must not cost a submission its task ids. */
  readonly onCall?: ((trace: CallTrace) => void) | undefined;
  /** Attempts in all where a call may be repeated; default 4. */
  readonly maxAttempts?: number | undefined;
  /** Where HTTPS_PROXY and NO_PROXY are read; default `process.env`. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

export interface TransportCallOptions {
  /** A submission is repeated only where it was certainly refused or never sent. */
  readonly kind: CallKind;
  readonly signal?: AbortSignal | undefined;
  readonly priority?: CallPriority | undefined;
  /** Absolute, by the local clock: a call that the service asks to hold back for longer fails at once. */
  readonly waitUntilMs?: number | undefined;
  /** Called before each request that is sent for this call. */
  readonly onAttempt?: (() => void) | undefined;
}

/** Signed calls to the service, paced, retried where that is safe, with errors fit to show. */
export interface Transport {
  /**
   * Calls one operation.
   *
   * @throws GateError for every failure. For a submission, `mayHaveBeenAccepted` is `false` only where the
   * service certainly did not accept it.
   */
  call(
    operation: OperationName,
    parameters: Readonly<Record<string, string>>,
    options: TransportCallOptions,
  ): Promise<ServiceAnswer>;
  /** The service's clock, in milliseconds since 1970; the local clock until it answered. */
  serverNowMs(guess?: TimeGuess): number;
  /** Whether answers have told the service's time, and the last one did not contradict. */
  knowsServerTime(): boolean;
  /** Requests sent so far, retries included. */
  callCount(): number;
  /** Keeps values, such as those of the headers of a preload, out of what is shown from here on. */
  hide?(values: readonly string[]): void;
  /** A text of the service's without what must not be shown. */
  redact?(text: string): string;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/** How long the parts of an exchange may take by default. */
export const DEFAULT_TIMEOUTS: ExchangeTimeouts = {
  connectMs: 5_000,
  answerMs: 15_000,
  // Far below what a server or a load balancer keeps an idle connection for, which is five seconds and more.
  submissionIdleMs: 500,
};
const DEFAULT_MAX_ATTEMPTS = 4;
const BACKOFF_BASE_MS = 200;
const BACKOFF_CAP_MS = 5_000;
const MAX_CLOCK_CORRECTIONS = 2;
const CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8";

/**
 * Creates a transport. It opens no connection before the first call.
 *
 * @throws GateError `usage` when HTTPS_PROXY is not a URL.
 */
export function createTransport(options: TransportOptions): Transport {
  return new ServiceTransport(options);
}

/** One call with what its attempts have used up. */
interface CallState {
  readonly operation: OperationName;
  readonly body: string;
  readonly options: TransportCallOptions;
  attempts: number;
  /** Attempts that followed a failure which may pass; corrections of clock and token do not count. */
  repetitions: number;
  clockCorrections: number;
  renewals: number;
}

class ServiceTransport implements Transport {
  readonly #options: TransportOptions;
  readonly #timeouts: ExchangeTimeouts;
  readonly #connections: Connections;
  readonly #serverClock: ServerClock;
  #callCount = 0;
  /** What must not be shown, beside the credentials of the call at hand. */
  readonly #hidden = new Set<string>();
  /** Of the last call. */
  #secrets: readonly string[] = [];

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
    this.#serverClock = new ServerClock(options.clock);
    const { dispatcher } = options;
    this.#connections = dispatcher
      ? { forQueries: dispatcher, forSubmissions: dispatcher, close: async () => {} }
      : createConnections(options.endpoint, this.#timeouts, options.env ?? process.env);
  }

  serverNowMs(guess?: TimeGuess): number {
    return this.#serverClock.nowMs(guess);
  }

  knowsServerTime(): boolean {
    return this.#serverClock.hasObserved;
  }

  callCount(): number {
    return this.#callCount;
  }

  hide(values: readonly string[]): void {
    for (const value of values) this.#hidden.add(value);
  }

  redact(text: string): string {
    return redactWords(text, [...this.#secrets, ...this.#hidden]);
  }

  close(): Promise<void> {
    return this.#connections.close();
  }

  async call(
    operation: OperationName,
    parameters: Readonly<Record<string, string>>,
    options: TransportCallOptions,
  ): Promise<ServiceAnswer> {
    const body = formBody(parameters);
    const state: CallState = {
      operation,
      body,
      options,
      attempts: 0,
      repetitions: 0,
      clockCorrections: 0,
      renewals: 0,
    };
    for (;;) {
      const outcome = await this.#attempt(state);
      if (!isFailure(outcome)) {
        return outcome;
      }
      await this.#remedy(outcome, state);
    }
  }

  async #attempt(state: CallState): Promise<ServiceAnswer | AttemptFailure> {
    const { operation, options } = state;
    const { clock, endpoint, budget, credentials: source } = this.#options;
    const { credentials, permit } = await beforeSending(state, async () => ({
      credentials: await source.get(options.signal),
      permit: await budget.acquire(operation, options),
    }));
    // Signed last, so that a request that waited for its turn is not stale.
    const signedAtMs = this.serverNowMs();
    const headers = this.#signedHeaders(state, { credentials, signedAtMs });
    const sentAtMs = clock.nowMs();
    state.attempts += 1;
    this.#callCount += 1;
    state.options.onAttempt?.();
    const result = await exchange({
      dispatcher: this.#connections[options.kind === "query" ? "forQueries" : "forSubmissions"],
      request: { origin: endpoint.origin, headers, body: state.body },
      timeouts: this.#timeouts,
      signal: options.signal,
    });
    const call: CallContext = {
      operation,
      kind: options.kind,
      host: endpoint.host,
      credentialsFrom: source.origin(),
      accessKeyId: credentials.accessKeyId,
      serverNowMs: this.serverNowMs(),
      secrets: [...secretsOf(credentials, headers), ...this.#hidden],
    };
    this.#secrets = call.secrets;
    const outcome = result.kind === "answer" ? readAnswer(result, call) : readFailure(result, call);
    const receivedAtMs = clock.nowMs();
    if (result.kind === "answer") {
      this.#learnTime(result.headers, { outcome, signedAtMs, sentAtMs, receivedAtMs });
    }
    this.#reportThrottling(permit, outcome);
    this.#trace(state, { sentAtMs, receivedAtMs, outcome });
    return outcome;
  }

  #learnTime(
    headers: AnswerHeaders,
    call: {
      readonly outcome: ServiceAnswer | AttemptFailure;
      readonly signedAtMs: number;
      readonly sentAtMs: number;
      readonly receivedAtMs: number;
    },
  ): void {
    const { outcome, signedAtMs, ...times } = call;
    // A proxy's page tells the proxy's time.
    if (isFailure(outcome) && outcome.error.serviceCode === undefined) return;
    const isRefusedForTime = isFailure(outcome) && outcome.error.code === "skew";
    if (isFromCache(headers) || (isFromProxy(headers) && !isRefusedForTime)) return;
    const dateHeader = headerOf(headers, "date");
    this.#serverClock.observe({
      ...times,
      dateHeader,
      isRefusedForTime,
      ...(isRefusedForTime ? {} : { signedAtMs }),
    });
  }

  #signedHeaders(
    state: CallState,
    { credentials, signedAtMs }: { readonly credentials: Credentials; readonly signedAtMs: number },
  ): Record<string, string> {
    return signRequestV3({
      method: "POST",
      path: "/",
      headers: {
        host: this.#options.endpoint.host,
        "content-type": CONTENT_TYPE,
        accept: "application/json",
        "user-agent": this.#options.userAgent,
        "x-acs-action": state.operation,
        "x-acs-version": API_VERSION,
      },
      body: state.body,
      credentials,
      dateMs: signedAtMs,
      nonce: randomUUID(),
    });
  }

  #reportThrottling(permit: CallPermit, outcome: ServiceAnswer | AttemptFailure): void {
    if (isFailure(outcome) && (outcome.error.code === "throttled" || outcome.error.httpStatus === 429)) {
      this.#options.budget.reportThrottled(permit, outcome.error.retryAfterMs);
    }
  }

  #trace(
    state: CallState,
    call: { sentAtMs: number; receivedAtMs: number; outcome: ServiceAnswer | AttemptFailure },
  ): void {
    const { outcome } = call;
    const seen = isFailure(outcome) ? outcome.error : outcome;
    try {
      this.#options.onCall?.({
        operation: state.operation,
        attempt: state.attempts,
        startedAtMs: call.sentAtMs,
        durationMs: call.receivedAtMs - call.sentAtMs,
        outcome: isFailure(outcome) ? outcome.error.code : "ok",
        requestId: seen.requestId,
        httpStatus: seen.httpStatus,
      });
    } catch {
      // A fault of the listener is not the call's.
    }
  }

  /** Makes another attempt possible, or throws the error of the one that failed. */
  async #remedy({ error, remedy }: AttemptFailure, state: CallState): Promise<void> {
    const { credentials } = this.#options;
    if (remedy === "repeat") {
      return this.#backOff(error, state);
    }
    if (remedy === "correctClock" && state.clockCorrections < MAX_CLOCK_CORRECTIONS) {
      // The refusal's own Date header has corrected the clock that the next attempt is signed by.
      state.clockCorrections += 1;
      return;
    }
    if (remedy === "renewCredentials" && state.renewals === 0 && credentials.invalidate) {
      state.renewals += 1;
      credentials.invalidate();
      return;
    }
    throw afterAttempts(error, state);
  }

  /** Full jitter: many processes that failed together do not come back together. */
  async #backOff(error: GateError, state: CallState): Promise<void> {
    const { clock, random, maxAttempts = DEFAULT_MAX_ATTEMPTS } = this.#options;
    const ceilingMs = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** state.repetitions);
    const waitMs = Math.max(random() * ceilingMs, error.retryAfterMs ?? 0);
    state.repetitions += 1;
    if (state.repetitions >= maxAttempts || isBeyond(state, clock.nowMs() + (error.retryAfterMs ?? 0))) {
      throw afterAttempts(error, state);
    }
    await beforeSending(state, () => clock.sleep(waitMs, state.options.signal));
  }
}

function isFailure(outcome: ServiceAnswer | AttemptFailure): outcome is AttemptFailure {
  return "remedy" in outcome;
}

function secretsOf(credentials: Credentials, headers: Readonly<Record<string, string>>): string[] {
  const authorization = headers.authorization ?? "";
  const signature = /Signature=(\w+)/.exec(authorization)?.[1] ?? "";
  return [authorization, signature, credentials.accessKeySecret, credentials.securityToken ?? ""];
}

/** Runs a step before an attempt is sent; an abort meanwhile is an interruption of the call, of which nothing is under way. */
async function beforeSending<T>(state: CallState, step: () => Promise<T>): Promise<T> {
  const { signal } = state.options;
  try {
    signal?.throwIfAborted();
    return await step();
  } catch (error) {
    if (!signal?.aborted) {
      throw error;
    }
    throw new GateError({ kind: "callInterrupted", wasSent: false }, { operation: state.operation });
  }
}

/** Whether an instant that the service asks to wait for is past what the caller waits for. */
function isBeyond({ options: { waitUntilMs } }: CallState, instantMs: number): boolean {
  return waitUntilMs !== undefined && instantMs > waitUntilMs;
}

function afterAttempts(error: GateError, state: CallState): GateError {
  if (state.attempts === 1) {
    return error;
  }
  return new GateError(error.facts, { ...error, cause: error.cause, attempts: state.attempts });
}
