import { GateError } from "../core/errors";
import type { Credentials } from "../wire/signature-v3";
import { redactText } from "./redact";

export type { Credentials } from "../wire/signature-v3";

/** Where credentials come from; asked before each request, so that temporary ones can be renewed. */
export interface CredentialSource {
  /** Where they come from, for messages: never a value. */
  describe(): string;
  /**
   * The credentials to sign the next request with.
   *
   * @throws GateError `credentials` that says what was tried, `transient` where a source that has given some out
   *   fails, `interrupted` when the signal aborts.
   */
  get(signal?: AbortSignal): Promise<Credentials>;
  /** Forgets what it holds, since the service called it expired: the next `get` asks afresh. */
  invalidate?(): void;
}

/** How long the search for credentials may take by default: its last step asks a metadata service that may never answer. */
export const DEFAULT_CREDENTIALS_TIMEOUT_MS = 10_000;

/** Credentials that are known already; `where` says from where, such as "the stack's config". */
export function staticCredentials(credentials: Credentials, where: string): CredentialSource {
  return { describe: () => where, get: async () => credentials };
}

/** Options of {@link defaultCredentials}. */
export interface DefaultCredentialsOptions {
  /** A profile of the Alibaba Cloud CLI, or of the credentials file; then nothing else is tried. */
  readonly profile?: string | undefined;
  /** How long the search may take, in milliseconds; default {@link DEFAULT_CREDENTIALS_TIMEOUT_MS}. */
  readonly timeoutMs?: number | undefined;
  /** Default `process.env`. Only the access key variables are read from it; the vendor's library reads its own. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/**
 * The named profile; else the access key in the environment; else the vendor's default chain (OIDC token, CLI
 * profile, credentials file, ECS metadata service unless ALIBABA_CLOUD_ECS_METADATA_DISABLED is `true`,
 * credentials URI). The vendor's library is loaded only when it is needed.
 */
export function defaultCredentials(options: DefaultCredentialsOptions = {}): CredentialSource {
  return new DefaultSource(options);
}

/** What is used of the vendor's providers. */
interface VendorProvider {
  getCredentials(): Promise<{ accessKeyId?: string; accessKeySecret?: string; securityToken?: string }>;
}

class DefaultSource implements CredentialSource {
  readonly #options: DefaultCredentialsOptions;
  #provider: VendorProvider | undefined;
  /** Whether this source has given credentials out: a failure after that is one of renewing them. */
  #hasFound = false;
  /** The search under way: calls at the same time share it, since the vendor's chain cannot be searched twice at once. */
  #search: Promise<Credentials> | undefined;

  constructor(options: DefaultCredentialsOptions) {
    this.#options = options;
  }

  describe(): string {
    if (this.#options.profile !== undefined) {
      return `the profile ${JSON.stringify(this.#options.profile)}`;
    }
    return this.#fromEnvironment() === undefined
      ? "the default credential chain"
      : "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment";
  }

  async get(signal?: AbortSignal): Promise<Credentials> {
    const fromEnvironment = this.#options.profile === undefined ? this.#fromEnvironment() : undefined;
    if (fromEnvironment !== undefined) {
      return fromEnvironment;
    }
    this.#search ??= this.#searchOnce().finally(() => {
      this.#search = undefined;
    });
    return orAborted(this.#search, signal);
  }

  invalidate(): void {
    this.#provider = undefined;
  }

  #fromEnvironment(): Credentials | undefined {
    const env = this.#options.env ?? process.env;
    const accessKeyId = env.ALIBABA_CLOUD_ACCESS_KEY_ID;
    const accessKeySecret = env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
    return accessKeyId && accessKeySecret
      ? { accessKeyId, accessKeySecret, securityToken: env.ALIBABA_CLOUD_SECURITY_TOKEN || undefined }
      : undefined;
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
    try {
      this.#provider ??= createVendorProvider(this.#options.profile);
      const found = await orTimeout(this.#provider.getCredentials(), timeoutMs);
      if (!found.accessKeyId || !found.accessKeySecret) throw new Error("the access key is empty");
      this.#hasFound = true;
      return {
        accessKeyId: found.accessKeyId,
        accessKeySecret: found.accessKeySecret,
        securityToken: found.securityToken || undefined,
      };
    } catch (error) {
      // After a failure the vendor's chain would only ask its last provider again.
      this.#provider = undefined;
      throw error;
    }
  }

  /** What gave credentials out a moment ago fails for a moment: no reason to give a wait of many minutes up. */
  #notRenewed(error: unknown): GateError {
    return new GateError(
      "transient",
      `The credentials could not be renewed from ${this.describe()}${safeReason(error)}.`,
    );
  }

  #notFound(error: unknown): GateError {
    const reason = safeReason(error);
    if (this.#options.profile !== undefined) {
      return new GateError(
        "credentials",
        `No credentials in ${this.describe()}${reason}. Tried ~/.aliyun/config.json and the credentials file (~/.alibabacloud/credentials, or the one ALIBABA_CLOUD_CREDENTIALS_FILE names).`,
      );
    }
    const env = this.#options.env ?? process.env;
    const metadata =
      env.ALIBABA_CLOUD_ECS_METADATA_DISABLED?.toLowerCase() === "true"
        ? "the ECS metadata service (disabled)"
        : "the ECS metadata service";
    return new GateError(
      "credentials",
      `No credentials were found${reason}. Tried: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (${presence(env)}), an OIDC token, ~/.aliyun/config.json, the credentials file, ${metadata}, and ALIBABA_CLOUD_CREDENTIALS_URI.`,
    );
  }
}

function presence(env: NodeJS.ProcessEnv): string {
  const missing = ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"].filter(
    (name) => !env[name],
  );
  return missing.length === 2 ? "neither is set" : `${missing.join(", ")} is not set`;
}

function createVendorProvider(profile: string | undefined): VendorProvider {
  // Loaded here and not at the top: it takes longer than all the rest, and most runs have static credentials.
  const vendor = require("@alicloud/credentials") as typeof import("@alicloud/credentials");
  if (profile === undefined) {
    return vendor.DefaultCredentialsProvider.builder().build();
  }
  return {
    getCredentials: async () => {
      try {
        return await vendor.CLIProfileCredentialsProvider.builder()
          .withProfileName(profile)
          .build()
          .getCredentials();
      } catch (cliError) {
        return await vendor.ProfileCredentialsProvider.builder()
          .withProfileName(profile)
          .build()
          .getCredentials()
          .catch(() => {
            throw cliError;
          });
      }
    },
  };
}

/** The library's messages that hold no content of a file or an answer; it quotes whole files in others. */
const SAFE_REASONS: readonly RegExp[] = [
  /^unable to get profile with '[^']*'$/,
  /^reading aliyun cli config from '[^']*' failed\.$/,
  /^no any configured profiles in '[^']*'$/,
  /^unsupported profile mode '[\w-]*'$/,
  /^no answer within \d+ ms$/,
  /^the access key is empty$/,
];

function safeReason(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  return SAFE_REASONS.some((pattern) => pattern.test(message)) ? ` (${redactText(message)})` : "";
}

async function orTimeout<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, timedOut]);
  } finally {
    clearTimeout(timer);
  }
}

async function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(new GateError("interrupted", "The search for credentials was interrupted."));
  });
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    if (signal?.aborted) {
      onAbort();
    }
    return await Promise.race([promise, aborted]);
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}
