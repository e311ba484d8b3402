import { types } from "node:util";
import { GateError } from "../core/errors";
import type { CredentialsFault, CredentialsOrigin } from "../core/failure-facts";
import { OPTIONS } from "../core/options/table";
import type { Credentials } from "../wire/signature-v3";
import { unlessAborted, withTimeout } from "./abort";
import { cleanAccessKey } from "./clean-access-key";
import { accountNumberOf, chooseIdentity, type Identity, type IdentitySettings, originOf } from "./identity";
import { redactText } from "./redact";
import { systemClock } from "./system-clock";
import { type CredentialsProvider, createVendorProvider } from "./vendor-credentials";
import { type CredentialsSearch, NoCredentials, searchCredentials } from "./vendor-http";

export type { Credentials } from "../wire/signature-v3";

/** Where credentials come from; asked before each request, so that temporary ones can be renewed. */
export interface CredentialSource {
  /** Where they come from, for messages: never a value. */
  origin(): CredentialsOrigin;
  /**
   * The credentials to sign the next request with.
   *
   * @throws GateError `credentials` that says what was tried, `transient` where a source that has given some out
   *   fails, `interrupted` when the signal aborts.
   */
  get(signal?: AbortSignal): Promise<Credentials>;
  /** The number of the account that they are of, where that is known without a call. */
  accountNumber?(): string | undefined;
  /** Forgets what it holds, since the service called it expired: the next `get` asks afresh. */
  invalidate?(): void;
}

/** How long the search for credentials may take by default: its last step asks a metadata service that may never answer. */
export const DEFAULT_CREDENTIALS_TIMEOUT_MS = 10_000;

/** Credentials that are known already; `where` says from where, such as "the stack's config". */
export function staticCredentials(credentials: Credentials, where: string): CredentialSource {
  return { origin: () => ({ kind: "named", name: where }), get: async () => credentials };
}

/** Options of {@link defaultCredentials}. */
export interface DefaultCredentialsOptions extends IdentitySettings {
  /** How long the search may take, in milliseconds; default {@link DEFAULT_CREDENTIALS_TIMEOUT_MS}. */
  readonly timeoutMs?: number | undefined;
  /** Default `process.env`. The variables of an identity are read from it; the vendor's library reads its own. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/**
 * The identity that is given by name; else the one that the environment names; else the vendor's default chain (OIDC
 * token, CLI profile, credentials file, ECS metadata service unless ALIBABA_CLOUD_ECS_METADATA_DISABLED is `true`,
 * credentials URI). The vendor's library is loaded only when it is needed.
 */
export function defaultCredentials(options: DefaultCredentialsOptions = {}): CredentialSource {
  return new DefaultSource(options);
}

class DefaultSource implements CredentialSource {
  readonly #options: DefaultCredentialsOptions;
  #provider: CredentialsProvider | undefined;
  /** Whether this source has given credentials out: a failure after that is one of renewing them. */
  #hasFound = false;
  /** The search under way: calls at the same time share it, since the vendor's chain cannot be searched twice at once. */
  #search: Promise<Credentials> | undefined;

  constructor(options: DefaultCredentialsOptions) {
    this.#options = options;
  }

  origin(): CredentialsOrigin {
    try {
      return originOf(this.#identity());
    } catch {
      // `get` says what is wrong with it.
      return { kind: "unclear" };
    }
  }

  accountNumber(): string | undefined {
    return accountNumberOf(this.#identity());
  }

  async get(signal?: AbortSignal): Promise<Credentials> {
    const { base, assumeRole } = this.#identity();
    if (base.kind === "accessKey" && !assumeRole) {
      return cleanAccessKey(base.accessKey, this.origin());
    }
    this.#search ??= this.#searchOnce().finally(() => {
      this.#search = undefined;
    });
    const interrupted = () => new GateError({ kind: "searchInterrupted" });
    return unlessAborted(this.#search, signal, interrupted);
  }

  invalidate(): void {
    this.#provider = undefined;
  }

  #identity(): Identity {
    return chooseIdentity(this.#options, this.#options.env ?? process.env);
  }

  async #searchOnce(): Promise<Credentials> {
    try {
      return await this.#askProvider();
    } catch (error) {
      if (!this.#hasFound) throw this.#notFound(error);
    }
    // Asked again at once: the library keeps connections, and the first question may only have met a closed one.
    try {
      return await this.#askProvider();
    } catch (error) {
      throw this.#notRenewed(error);
    }
  }

  async #askProvider(): Promise<Credentials> {
    const timeoutMs = this.#options.timeoutMs ?? DEFAULT_CREDENTIALS_TIMEOUT_MS;
    const search: CredentialsSearch = { env: this.#options.env ?? process.env, failures: [] };
    try {
      const found = await searchCredentials(search, () => {
        const isFirst = this.#provider === undefined;
        this.#provider ??= createVendorProvider(this.#identity());
        const asked = this.#provider.getCredentials();
        const answered = isFirst ? asked.then((key) => unlessRefused(key, search)) : asked;
        const reason = new NoCredentials({ kind: "timeout", timeoutMs });
        return withTimeout({ clock: systemClock, durationMs: timeoutMs, reason }, (signal) =>
          unlessAborted(answered, signal),
        );
      });
      if (!found.accessKeyId || !found.accessKeySecret) throw new NoCredentials({ kind: "emptyKey" });
      const { accessKeyId, accessKeySecret, securityToken } = found;
      const key = cleanAccessKey({ accessKeyId, accessKeySecret, securityToken }, this.origin());
      this.#hasFound = true;
      return key;
    } catch (error) {
      // After a failure the vendor's chain would only ask its last provider again.
      this.#provider = undefined;
      // The library's own words do not say which service refused, and why.
      throw search.failures[0] ?? error;
    }
  }

  /** What gave credentials out a moment ago fails for a moment: no reason to give a wait of many minutes up. */
  #notRenewed(error: unknown): GateError {
    return new GateError({ kind: "notRenewed", from: this.origin(), why: faultOf(error) });
  }

  #notFound(error: unknown): GateError {
    const from = this.origin();
    if (error instanceof GateError) {
      return new GateError({ kind: "notGiven", code: error.code, failure: error, from }, error);
    }
    const why = faultOf(error);
    const { base, assumeRole } = this.#identity();
    if (base.kind === "profile" && base.file === undefined && !assumeRole) {
      return new GateError({ kind: "noneInProfile", from, why });
    }
    if (base.kind !== "defaultChain" || assumeRole) return new GateError({ kind: "noneFrom", from, why });
    const env = this.#options.env ?? process.env;
    return new GateError({
      kind: "noneFound",
      why,
      unsetVariables: KEY_VARIABLES.filter((name) => !env[name]),
      isMetadataDisabled: env.ALIBABA_CLOUD_ECS_METADATA_DISABLED?.toLowerCase() === "true",
    });
  }
}

const KEY_VARIABLES = [OPTIONS.accessKey, OPTIONS.secretKey].map(({ setBy }) => setBy.environment.vendor);

/** What comes from the next provider of the chain is another identity's: it must not take the place of one that was refused. */
function unlessRefused<Key>(key: Key, { failures: [failure] }: CredentialsSearch): Key {
  if (failure) throw failure;
  return key;
}

/** The library's messages that hold no content of a file or an answer; it quotes whole files in others. */
const SAFE_REASONS: readonly RegExp[] = [
  /^unable to get profile with '[^']*'$/,
  /^reading aliyun cli config from '[^']*' failed\.$/,
  /^no any configured profiles in '[^']*'$/,
  /^unsupported profile mode '[\w-]*'$/,
  /^IMDS credentials is disabled$/,
  /^E[A-Z]+: [\w ]+, open '[^']*'$/,
];

function faultOf(error: unknown): CredentialsFault {
  if (error instanceof GateError) return { kind: "failure", failure: error };
  if (error instanceof NoCredentials) return error.fault;
  // `instanceof` does not know the errors of another realm, such as Node's own inside a sandbox.
  const message = types.isNativeError(error) ? error.message : "";
  return SAFE_REASONS.some((pattern) => pattern.test(message))
    ? { kind: "words", words: redactText(message) }
    : { kind: "unknown" };
}
