import { AsyncLocalStorage } from "node:async_hooks";
import { GateError } from "../core/errors";
import type { CredentialsFault } from "../core/failure-facts";
import { meaningOfRefusal } from "../wire/error-codes";
import { createDispatcher } from "./proxy";
import { redactError, redactWords } from "./redact";

/**
 * How the vendor's library asks for credentials (STS, OIDC, CloudSSO, a credentials URI, the metadata service). Its own
 * requests know no proxy, and its chain drops what was answered.
 */

/** One search for credentials: where the proxy is read, and what went wrong on the way. */
export interface CredentialsSearch {
  readonly env: NodeJS.ProcessEnv;
  /** Refusals and failures of services that were configured; not of the metadata service, which often is not there. */
  readonly failures: GateError[];
}

/** A source that gives no credentials, told apart from what the library throws. */
export class NoCredentials extends Error {
  override readonly name = "NoCredentials";
  readonly fault: CredentialsFault;

  constructor(fault: CredentialsFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

/** The library's request and answer, as far as they are used. */
interface VendorRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly bodyForm?: Readonly<Record<string, string>> | undefined;
  readonly readTimeout?: number | undefined;
  readonly connectTimeout?: number | undefined;
  toRequestURL(): string;
}
interface VendorAnswer {
  readonly statusCode: number;
  readonly headers: object;
  readonly body: Buffer;
}

const DEFAULT_TIMEOUT_MS = 5_000;
const METADATA_HOST = "100.100.100.200";
const SECRET_FIELD = /token|authorization|secret|signature/i;

const searches = new AsyncLocalStorage<CredentialsSearch>();

/** Runs a search; the library's requests in it are made here. */
export function searchCredentials<T>(search: CredentialsSearch, work: () => Promise<T>): Promise<T> {
  const vendorHttp: { doRequest: unknown } = require("@alicloud/credentials/dist/src/providers/http");
  vendorHttp.doRequest = askForCredentials;
  return searches.run(search, work);
}

/** @throws GateError for every failure and every refusal. */
export async function askForCredentials(request: VendorRequest): Promise<VendorAnswer> {
  const search = searches.getStore();
  const url = new URL(request.toRequestURL());
  // What the library asks where no credentials URI is set.
  if (url.hostname === "undefined") throw new NoCredentials({ kind: "noUri" });
  try {
    return await ask(url, request, search?.env ?? process.env);
  } catch (error) {
    if (error instanceof GateError && url.hostname !== METADATA_HOST) search?.failures.push(error);
    throw error;
  }
}

async function ask(url: URL, request: VendorRequest, env: NodeJS.ProcessEnv): Promise<VendorAnswer> {
  const timeoutMs = request.readTimeout ?? DEFAULT_TIMEOUT_MS;
  const secrets = secretsOf(request);
  const dispatcher = createDispatcher({
    isDirect: isNeverProxied(url),
    env,
    settings: { connectTimeout: request.connectTimeout ?? DEFAULT_TIMEOUT_MS },
  });
  try {
    const answer = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method as "GET",
      headers: { ...request.headers },
      body: request.bodyForm && Object.keys(request.bodyForm).length > 0 ? formOf(request.bodyForm) : null,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = Buffer.from(await answer.body.arrayBuffer());
    if (answer.statusCode !== 200) throw refusal({ url, status: answer.statusCode, body, secrets });
    return { statusCode: answer.statusCode, headers: answer.headers, body };
  } catch (error) {
    if (error instanceof GateError) throw error;
    const cause = redactError(error, secrets);
    const why = { kind: "words", words: oneLine(cause.message || cause.name) } as const;
    throw new GateError({ kind: "credentialsHostUnreachable", host: url.host, why }, { cause });
  } finally {
    await dispatcher.destroy();
  }
}

/** Addresses of this machine and of its link, such as a metadata service's: a proxy stands elsewhere. */
function isNeverProxied({ hostname, protocol }: URL): boolean {
  return (
    protocol === "http:" ||
    hostname === METADATA_HOST ||
    hostname === "localhost" ||
    hostname === "[::1]" ||
    /^(?:127|169\.254)\.[\d.]+$/.test(hostname) ||
    /^\[fe80:/.test(hostname)
  );
}

function formOf(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
}

function refusal(answer: { url: URL; status: number; body: Buffer; secrets: readonly string[] }): GateError {
  const { url, status, secrets } = answer;
  const said = parseRefusal(answer.body.toString("utf8"));
  const show = (value: string) => oneLine(redactWords(value, secrets));
  const serviceCode = said.Code && show(said.Code);
  const requestId = (said.RequestId && show(said.RequestId)) || undefined;
  const family = meaningOfRefusal(said.Code ?? "", status)?.family;
  const isMomentary = family === "throttled" || family === "transient";
  return new GateError(
    {
      kind: "credentialsRefused",
      code: isMomentary ? family : status >= 500 ? "transient" : "credentials",
      host: url.host,
      words: (said.Message && show(said.Message).replace(/\.$/, "")) || undefined,
    },
    { serviceCode: serviceCode || undefined, httpStatus: status, requestId },
  );
}

function parseRefusal(text: string): Readonly<Record<"Code" | "Message" | "RequestId", string | undefined>> {
  let parsed: Record<string, unknown> = {};
  try {
    parsed = Object(JSON.parse(text));
  } catch {
    // A page of a proxy: its status says all that is safe to show.
  }
  const field = (...names: string[]) =>
    names.map((name) => parsed[name]).find((value) => typeof value === "string" && value !== "") as
      | string
      | undefined;
  return {
    Code: field("Code", "code", "error"),
    Message: field("Message", "message", "error_description"),
    RequestId: field("RequestId", "requestId"),
  };
}

function secretsOf({ headers, bodyForm }: VendorRequest): string[] {
  return Object.entries({ ...headers, ...bodyForm })
    .filter(([name]) => SECRET_FIELD.test(name))
    .flatMap(([, value]) => [value, value.replace(/^Bearer /i, "")]);
}

function oneLine(text: string): string {
  return text
    .replace(/[\s\p{C}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, 300);
}
