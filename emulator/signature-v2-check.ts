import { createHmac, timingSafeEqual } from "node:crypto";
import type { Parameters } from "./call-record";
import { encodeRfc3986 } from "./signature-v3-check";

/** The parameters of the signature. Operations do not see them. */
export const ENVELOPE_PARAMETERS: readonly string[] = [
  "Action",
  "Version",
  "Format",
  "RegionId",
  "AccessKeyId",
  "SecurityToken",
  "SignatureMethod",
  "SignatureVersion",
  "SignatureType",
  "SignatureNonce",
  "Signature",
  "Timestamp",
];

/**
 * Whether the older signature of the request was made with this secret: HMAC-SHA1 over all parameters in the query
 * string and the form body. Written only from Alibaba Cloud's description.
 */
export function isSignedV2(
  request: { readonly method: string; readonly parameters: Parameters },
  accessKeySecret: string,
): boolean {
  const { Signature, SignatureMethod, SignatureVersion } = request.parameters;
  if (!Signature || SignatureMethod !== "HMAC-SHA1" || SignatureVersion !== "1.0") return false;
  const expected = createHmac("sha1", `${accessKeySecret}&`).update(stringToSign(request)).digest();
  const given = Buffer.from(Signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function stringToSign(request: { readonly method: string; readonly parameters: Parameters }): string {
  const canonicalQuery = Object.entries(request.parameters)
    .filter(([name]) => name !== "Signature")
    .map(([name, value]) => [encodeRfc3986(name), encodeRfc3986(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return `${request.method}&${encodeRfc3986("/")}&${encodeRfc3986(canonicalQuery)}`;
}
