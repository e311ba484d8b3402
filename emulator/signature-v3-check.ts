import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** The parts of a request that its signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query of the request line. */
  readonly target: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** The content of an `Authorization` header of signature V3. */
export interface AuthorizationV3 {
  readonly accessKeyId: string;
  /** Lower-case names, as listed. */
  readonly signedHeaders: readonly string[];
  /** Hex. */
  readonly signature: string;
}

const ALGORITHM = "ACS3-HMAC-SHA256";
const FORM =
  /^ACS3-HMAC-SHA256\s+Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([0-9a-f]{64})$/;

/** Reads an `Authorization` header. Returns `undefined` if it is not of signature V3. */
export function parseAuthorizationV3(header: string): AuthorizationV3 | undefined {
  const [, accessKeyId, signedHeaders, signature] = FORM.exec(header) ?? [];
  if (!accessKeyId || !signedHeaders || !signature) return undefined;
  return { accessKeyId, signedHeaders: signedHeaders.split(";"), signature };
}

/**
 * Whether the request was signed with this secret. The signature has to cover `host`, every `x-acs-*` header and a
 * `content-type`, the body must have the signed hash, and the signature must be right. Written only from Alibaba
 * Cloud's description, so that it cannot share a mistake with a client.
 */
export function isSignedV3(request: SignedRequest, accessKeySecret: string): boolean {
  const authorization = parseAuthorizationV3(request.headers.authorization ?? "");
  if (!authorization) return false;
  const listed = new Set(authorization.signedHeaders);
  const covered = Object.keys(request.headers).every((name) => listed.has(name) || !mustBeSigned(name));
  const bodyHash = sha256Hex(request.body);
  if (!covered || request.headers["x-acs-content-sha256"] !== bodyHash) return false;
  const canonical = canonicalRequest(request, { signedHeaders: authorization.signedHeaders, bodyHash });
  const expected = createHmac("sha256", accessKeySecret)
    .update(`${ALGORITHM}\n${sha256Hex(canonical)}`)
    .digest();
  return timingSafeEqual(expected, Buffer.from(authorization.signature, "hex"));
}

function mustBeSigned(headerName: string): boolean {
  return headerName === "host" || headerName === "content-type" || headerName.startsWith("x-acs-");
}

function canonicalRequest(
  request: SignedRequest,
  signed: { signedHeaders: readonly string[]; bodyHash: string },
): string {
  const [path = "/", query = ""] = splitOnce(request.target, "?");
  const names = [...signed.signedHeaders].sort();
  return [
    request.method,
    path,
    canonicalQuery(query),
    names.map((name) => `${name}:${(request.headers[name] ?? "").trim()}\n`).join(""),
    names.join(";"),
    signed.bodyHash,
  ].join("\n");
}

function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${encodeRfc3986(name)}=${encodeRfc3986(value)}`)
    .sort()
    .join("&");
}

/** Percent-encodes everything except the unreserved characters of RFC 3986. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function sha256Hex(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}
