import { SIGNATURE_VALIDITY_MS } from "../provider/wire/limits";
import type { Call } from "./call";
import { requiredParameter } from "./parameters";
import type { Service } from "./service";
import { isSignedV2 } from "./signature-v2-check";
import { isSignedV3, parseAuthorizationV3 } from "./signature-v3-check";
import { wireError } from "./wire-error";

/** What a request says about its signer, for both kinds of signature. */
interface SignatureClaim {
  readonly accessKeyId: string;
  readonly securityToken: string | undefined;
  readonly date: string | undefined;
  readonly nonce: string | undefined;
  isSignedWith(accessKeySecret: string): boolean;
}

/**
 * Checks key, token, date, signature and nonce, in this order. A client with a wrong clock is then told about the
 * clock and not about the signature.
 *
 * @throws WireError `MissingParameter`, `InvalidAccessKeyId.NotFound`, `InvalidSecurityToken.*`,
 * `InvalidTimeStamp.Expired`, `SignatureDoesNotMatch` or `SignatureNonceUsed`.
 */
export function authenticate(call: Call, service: Service): void {
  const claim = call.received.headers.authorization === undefined ? claimV2(call) : claimV3(call);
  const nowMs = service.clock.nowMs();
  const { accessKeyId, securityToken } = claim;
  const secret = service.credentials.secretOf(accessKeyId, { securityToken, nowMs });
  const skewMs = Math.abs(nowMs - parseDate(claim.date));
  if (!(skewMs <= SIGNATURE_VALIDITY_MS)) throw wireError("InvalidTimeStamp.Expired");
  if (!claim.isSignedWith(secret)) throw wireError("SignatureDoesNotMatch");
  if (!claim.nonce) throw wireError("MissingParameter", "SignatureNonce is mandatory for this action.");
  service.credentials.useNonce(claim.nonce, nowMs);
}

function claimV3(call: Call): SignatureClaim {
  const { headers } = call.received;
  const authorization = parseAuthorizationV3(headers.authorization ?? "");
  if (!authorization) throw wireError("SignatureDoesNotMatch");
  return {
    accessKeyId: authorization.accessKeyId,
    securityToken: headers["x-acs-security-token"],
    date: headers["x-acs-date"],
    nonce: headers["x-acs-signature-nonce"],
    isSignedWith: (secret) => isSignedV3(call.received, secret),
  };
}

function claimV2({ received, allParameters }: Call): SignatureClaim {
  return {
    accessKeyId: requiredParameter(allParameters, "AccessKeyId"),
    securityToken: allParameters.SecurityToken,
    date: requiredParameter(allParameters, "Timestamp"),
    nonce: allParameters.SignatureNonce,
    isSignedWith: (secret) => isSignedV2({ method: received.method, parameters: allParameters }, secret),
  };
}

/** Milliseconds, or NaN if the date does not have the form that both signatures require. */
function parseDate(date: string | undefined): number {
  return date && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) ? Date.parse(date) : Number.NaN;
}
