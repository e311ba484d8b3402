import { randomBytes } from "node:crypto";
import { SIGNATURE_VALIDITY_MS } from "../provider/wire/limits";
import { wireError } from "./wire-error";

/** The key that signs requests. */
export interface Credential {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** A temporary credential, like those of Alibaba Cloud's STS. */
export interface StsCredential extends Credential {
  readonly securityToken: string;
  readonly expiresAtMs: number;
}

/** The keys of the account and the nonces that they used. */
export class CredentialStore {
  readonly #accountKey: Credential;
  #stsByKeyId = new Map<string, StsCredential>();
  #nonceExpiryMs = new Map<string, number>();

  constructor(accountKey: Credential) {
    this.#accountKey = accountKey;
  }

  /** Issues a temporary credential of the same account. */
  issueSts(validity: { nowMs: number; durationMs: number }): StsCredential {
    const credential: StsCredential = {
      accessKeyId: `STS.${randomBytes(12).toString("hex")}`,
      accessKeySecret: randomBytes(22).toString("base64url"),
      securityToken: randomBytes(96).toString("base64"),
      expiresAtMs: validity.nowMs + validity.durationMs,
    };
    this.#stsByKeyId.set(credential.accessKeyId, credential);
    return credential;
  }

  /**
   * The secret of an access key id.
   *
   * @throws WireError if the id is unknown, or its security token is missing, wrong or expired.
   */
  secretOf(accessKeyId: string, token: { securityToken: string | undefined; nowMs: number }): string {
    if (accessKeyId === this.#accountKey.accessKeyId) {
      if (token.securityToken) throw wireError("InvalidSecurityToken.Malformed");
      return this.#accountKey.accessKeySecret;
    }
    const sts = this.#stsByKeyId.get(accessKeyId);
    if (!sts) throw wireError("InvalidAccessKeyId.NotFound");
    if (token.securityToken !== sts.securityToken) throw wireError("InvalidSecurityToken.Malformed");
    if (token.nowMs >= sts.expiresAtMs) throw wireError("InvalidSecurityToken.Expired");
    return sts.accessKeySecret;
  }

  /**
   * Remembers a nonce for as long as a date can be valid.
   *
   * @throws WireError `SignatureNonceUsed`.
   */
  useNonce(nonce: string, nowMs: number): void {
    for (const [used, expiryMs] of this.#nonceExpiryMs) {
      if (expiryMs > nowMs) break;
      this.#nonceExpiryMs.delete(used);
    }
    if (this.#nonceExpiryMs.has(nonce)) throw wireError("SignatureNonceUsed");
    this.#nonceExpiryMs.set(nonce, nowMs + 2 * SIGNATURE_VALIDITY_MS);
  }

  /** Forgets nonces and temporary credentials. */
  reset(): void {
    this.#stsByKeyId = new Map();
    this.#nonceExpiryMs = new Map();
  }
}
