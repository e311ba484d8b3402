import { GateError } from "../core/errors";
import type { CredentialsOrigin, NetworkFault } from "../core/failure-facts";
import { keyFaultOf, meaningOfRefusal } from "../wire/error-codes";
import { parseWireJson } from "../wire/json";
import type { OperationName } from "../wire/limits";
import { readRefusal } from "../wire/operations";
import { MAX_RETRY_AFTER_MS } from "./call-budget";
import { type AnswerHeaders, type HttpAnswer, type HttpFailure, headerOf } from "./http-exchange";
import { redactError, redactWords } from "./redact";

/** Whether a call only asks, or starts something that must not be started twice. */
export type CallKind = "query" | "submission";

/** The service's answer to a call that it accepted. */
export interface ServiceAnswer {
  /** Parsed JSON, not yet checked against a schema. */
  readonly body: unknown;
  readonly requestId: string | undefined;
  readonly httpStatus: number;
}

/** What can be done about a failed attempt. */
export type Remedy =
  /** Nothing: it is final, or a repetition could start something twice. */
  | "none"
  /** Wait a moment and send it again. */
  | "repeat"
  /** Sign it again with the service's time. */
  | "correctClock"
  /** Sign it again with renewed credentials. */
  | "renewCredentials";

/** A failed attempt: what to tell, and what to do. */
export interface AttemptFailure {
  readonly error: GateError;
  readonly remedy: Remedy;
}

/** What a reader of answers needs to know of the call. */
export interface CallContext {
  readonly operation: OperationName;
  readonly kind: CallKind;
  /** The endpoint's host, for messages. */
  readonly host: string;
  /** Where the credentials came from, for messages. */
  readonly credentialsFrom: CredentialsOrigin;
  readonly accessKeyId: string;
  /** The service's time as far as it is known, in milliseconds since 1970. */
  readonly serverNowMs: number;
  /** Values that must not be shown. */
  readonly secrets: readonly string[];
}

/** Reads an HTTP answer as the service's: its JSON, or the error that it means. */
export function readAnswer(answer: HttpAnswer, call: CallContext): ServiceAnswer | AttemptFailure {
  const body = parseObject(answer.body);
  if (body === undefined) {
    return foreignAnswer(answer, call);
  }
  const isAccepted = answer.status >= 200 && answer.status < 300;
  const refused = readRefusal(body, { isOnlyThat: isAccepted });
  if (isAccepted && refused === undefined) {
    const requestId = "RequestId" in body && typeof body.RequestId === "string" ? body.RequestId : undefined;
    return { body, requestId: requestId && showRequestId(requestId, call), httpStatus: answer.status };
  }
  if (refused === undefined || (!isAccepted && answer.status < 400)) {
    return foreignAnswer(answer, call);
  }
  const { Code, Message, RequestId } = refused;
  return refusal({ code: Code, message: Message, requestId: RequestId }, answer, call);
}

/** The failure that means that no whole answer came. */
export function readFailure(failure: HttpFailure, call: CallContext): AttemptFailure {
  const { mayHaveBeenSent } = failure;
  const cause = redactError(failure.cause, call.secrets);
  const details = {
    operation: call.operation,
    cause,
    mayHaveBeenAccepted: mayHaveBeenSent && call.kind === "submission",
  };
  if (failure.reason === "aborted") {
    const error = new GateError({ kind: "callInterrupted", wasSent: mayHaveBeenSent }, details);
    return { error, remedy: "none" };
  }
  const { host } = call;
  const why = failure.fault ?? { kind: "words", words: causeText(cause) };
  if (!mayHaveBeenSent && isArgumentError(cause)) {
    return { error: argumentError(cause, call), remedy: "none" };
  }
  if (!mayHaveBeenSent) {
    return { error: new GateError({ kind: "notSent", host, why }, details), remedy: "repeat" };
  }
  const code = failure.reason === "tooLarge" ? "malformedAnswer" : "transient";
  const error = new GateError({ kind: "noCompleteAnswer", code, host, why }, details);
  return { error, remedy: repeatIfQuery(call) };
}

/** Whether the HTTP library did not take the request: no network was asked. */
function isArgumentError(cause: Error): boolean {
  const code = "code" in cause ? cause.code : undefined;
  return code === "UND_ERR_INVALID_ARG" || code === "ERR_INVALID_CHAR" || code === "ERR_INVALID_ARG_TYPE";
}

function argumentError(cause: Error, call: CallContext): GateError {
  const details = { operation: call.operation, cause, mayHaveBeenAccepted: false };
  const why: NetworkFault = { kind: "words", words: causeText(cause) };
  return /\b(?:authorization|x-acs-security-token)\b/i.test(cause.message)
    ? new GateError({ kind: "requestKeyNotValid", why, from: call.credentialsFrom }, details)
    : new GateError({ kind: "requestNotValid", why }, details);
}

/**
 * A `Retry-After` header in milliseconds, at most {@link MAX_RETRY_AFTER_MS}; one that names a date counts from the
 * answer's own `Date`, or from what is known of the service's time. What is neither is no such header.
 */
function retryAfterMs(headers: AnswerHeaders, serverNowMs: number): number | undefined {
  const text = headerOf(headers, "retry-after")?.trim() ?? "";
  const answeredMs = Date.parse(headerOf(headers, "date") ?? "");
  const delayMs = /^\d+$/.test(text)
    ? Number(text) * 1_000
    : parseHttpDate(text) - (Number.isNaN(answeredMs) ? serverNowMs : answeredMs);
  return Number.isNaN(delayMs) ? undefined : Math.min(Math.max(delayMs, 0), MAX_RETRY_AFTER_MS);
}

/** Not by `Date.parse` alone, which takes `-5` for a date. */
function parseHttpDate(text: string): number {
  return /^[a-z]{3,9},? .*\d\d:\d\d:\d\d/i.test(text) ? Date.parse(text) : Number.NaN;
}

function refusal(
  refused: { code: string; message: string | undefined; requestId: string | undefined },
  answer: HttpAnswer,
  call: CallContext,
): AttemptFailure {
  const known = meaningOfRefusal(refused.code, answer.status);
  const family = known?.family ?? "unknownServiceCode";
  const mayHaveBeenAccepted = call.kind === "submission" && !known?.certainRefusal;
  const serviceCode = oneLine(refused.code, 80, call);
  const requestId = refused.requestId && oneLine(refused.requestId, 80, call);
  const words = refused.message === undefined ? undefined : oneLine(refused.message, 300, call);
  const fault = family === "credentials" ? keyFaultOf(refused.code) : undefined;
  const error = new GateError(
    {
      kind: "refused",
      code: family,
      words,
      from: call.credentialsFrom,
      ...(fault && { key: { kind: fault, shortId: shortened(call.accessKeyId) } }),
    },
    {
      operation: call.operation,
      serviceCode,
      httpStatus: answer.status,
      requestId,
      retryAfterMs: retryAfterMs(answer.headers, call.serverNowMs),
      mayHaveBeenAccepted,
    },
  );
  return { error, remedy: remedyFor(error) };
}

/** The ends of a key's id, as consoles show it. */
function shortened(accessKeyId: string): string {
  const isLong = accessKeyId.length > 10;
  return isLong ? `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}` : `${accessKeyId.slice(0, 3)}…`;
}

function remedyFor(error: GateError): Remedy {
  if (error.code === "skew") {
    return "correctClock";
  }
  if (error.serviceCode === "InvalidSecurityToken.Expired") {
    return "renewCredentials";
  }
  const isMomentary = error.code === "throttled" || error.code === "transient";
  return isMomentary && !error.mayHaveBeenAccepted ? "repeat" : "none";
}

/** An answer that is not the service's: a proxy's or a load balancer's page, or one that was cut short. */
function foreignAnswer(answer: HttpAnswer, call: CallContext): AttemptFailure {
  const isMomentary = answer.status >= 500 || answer.status === 408 || answer.status === 429;
  const mayHaveBeenAccepted = call.kind === "submission";
  const contentType = headerOf(answer.headers, "content-type");
  const error = new GateError(
    {
      kind: "foreignAnswer",
      code: isMomentary ? "transient" : "malformedAnswer",
      contentType: contentType === undefined ? undefined : oneLine(contentType, 80, call),
      start: oneLine(answer.body, 80, call),
    },
    {
      operation: call.operation,
      httpStatus: answer.status,
      retryAfterMs: retryAfterMs(answer.headers, call.serverNowMs),
      mayHaveBeenAccepted,
    },
  );
  return { error, remedy: repeatIfQuery(call) };
}

function repeatIfQuery(call: CallContext): Remedy {
  return call.kind === "query" ? "repeat" : "none";
}

function parseObject(text: string): object | undefined {
  try {
    const value = parseWireJson(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const PLAIN_REQUEST_ID = /^[\dA-F]{8}(?:-[\dA-F]{4}){3}-[\dA-F]{12}$/;

/** Every answer has one, and it nearly always is what it should be: searching it for secrets takes longer than reading the answer. */
function showRequestId(requestId: string, call: CallContext): string {
  const isPlain = PLAIN_REQUEST_ID.test(requestId) && !call.secrets.includes(requestId);
  return isPlain ? requestId : oneLine(requestId, 80, call);
}

/** Redacts before it cuts: a secret cut in two would not be recognised. */
function oneLine(text: string, maxCharacters: number, call: CallContext): string {
  const line = redactWords(text, call.secrets)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  const cut = line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line;
  return cut.replace(/\.$/, "");
}

function causeText(cause: Error): string {
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const message = cause.message.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return code === undefined || message.includes(code) ? message : [code, message].filter(Boolean).join(": ");
}
