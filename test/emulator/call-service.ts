import { createHash, createHmac, randomUUID } from "node:crypto";
import type { Emulator } from "../../emulator";
import { ManualClock, startEmulator } from "../../emulator";
import type { EmulatorOptions } from "../../emulator/emulator";

/** How a test's call differs from a well-formed one. */
export interface CallOptions {
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
  readonly nowMs?: number;
  readonly nonce?: string;
  readonly version?: string;
  readonly method?: string;
  /** Sends the parameters as a form body rather than in the query string. */
  readonly asForm?: boolean;
  readonly signal?: AbortSignal;
  /** Headers to add after signing. */
  readonly unsignedHeaders?: Record<string, string>;
}

/** What a test sees of an answer. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly json: any;
}

/** Starts emulators on a clock that only the test moves, and closes them after each test. */
export function emulatorPerTest() {
  const running: Emulator[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((emulator) => emulator.close()));
  });
  return async (options: EmulatorOptions = {}) => {
    const clock = new ManualClock();
    const emulator = await startEmulator({ clock, ...options });
    running.push(emulator);
    const call = (
      operation: string,
      parameters: Record<string, string> = {},
      callOptions: CallOptions = {},
    ) => callService(emulator, { operation, parameters }, { nowMs: clock.nowMs(), ...callOptions });
    /** Submits URLs and returns the ids of their tasks. */
    const push = async (...urls: readonly string[]): Promise<readonly string[]> => {
      const answer = await call("PushObjectCache", { ObjectPath: urls.join("\n") }, { asForm: true });
      if (answer.status !== 200) throw new Error(`PushObjectCache was refused: ${answer.text}`);
      return answer.json.PushTaskId.split(",");
    };
    return { clock, emulator, call, push };
  };
}

/** Sends one call with signature V3. */
export async function callService(
  emulator: Emulator,
  request: { operation: string; parameters: Record<string, string> },
  options: CallOptions,
): Promise<TestAnswer> {
  const encoded = Object.entries(request.parameters)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
  const query = options.asForm ? "" : encoded;
  const body = options.asForm ? encoded : "";
  const method = options.method ?? "POST";
  const response = await fetch(`${emulator.endpoint}/${query && `?${query}`}`, {
    method,
    signal: options.signal,
    headers: signedHeaders(emulator, { operation: request.operation, method, query, body }, options),
    // Bytes, since fetch gives a string a content-type of its own, after signing.
    body: method === "GET" ? undefined : Buffer.from(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function signedHeaders(
  emulator: Emulator,
  request: { operation: string; method: string; query: string; body: string },
  options: CallOptions,
): Record<string, string> {
  const headers: Record<string, string> = {
    host: new URL(emulator.endpoint).host,
    "x-acs-action": request.operation,
    "x-acs-version": options.version ?? "2018-05-10",
    "x-acs-date": new Date(options.nowMs ?? Date.now()).toISOString().replace(/\.\d+Z/, "Z"),
    "x-acs-signature-nonce": options.nonce ?? randomUUID(),
    "x-acs-content-sha256": sha256(request.body),
    ...(options.asForm && { "content-type": "application/x-www-form-urlencoded" }),
    ...(options.securityToken && { "x-acs-security-token": options.securityToken }),
  };
  const names = Object.keys(headers).sort();
  const canonicalHeaders = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const canonical = [
    request.method,
    "/",
    request.query,
    canonicalHeaders,
    names.join(";"),
    headers["x-acs-content-sha256"],
  ].join("\n");
  const signature = createHmac("sha256", options.accessKeySecret ?? emulator.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest("hex");
  const credential = options.accessKeyId ?? emulator.accessKeyId;
  return {
    ...headers,
    authorization: `ACS3-HMAC-SHA256 Credential=${credential},SignedHeaders=${names.join(";")},Signature=${signature}`,
    ...options.unsignedHeaders,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
