import { type CdnClient, createCdnClient } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import { GateError } from "../core/errors";
import { VERSION } from "../core/version";
import { QuotaBook, TaskReader } from "../gate";
import { type CallBudget, createCallBudget } from "../transport/call-budget";
import { type CredentialSource, defaultCredentials, staticCredentials } from "../transport/credentials";
import { resolveEndpoint } from "../transport/endpoint";
import { createTransport } from "../transport/service-transport";
import { systemClock } from "../transport/system-clock";

/** Reads one key of the stack's config; the key names its namespace. */
export type ReadConfig = (key: string) => string | undefined;

/** What all resources of one engine operation share: one account, one budget of calls, one connection pool. */
export interface Session {
  readonly client: CdnClient;
  readonly reader: TaskReader;
  readonly quotaBook: QuotaBook;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
}

/**
 * Opens the session that the stack's config describes: `alicloud:accessKey`, `alicloud:secretKey`,
 * `alicloud:securityToken`, `alicloud:region`, `alicloud:profile` (those of the Alibaba Cloud provider),
 * `alicdn:endpoint` and `alicdn:callsPerSecond`; then the environment and the default credential chain.
 *
 * @throws GateError `usage` or `credentials` that names the key that is wrong.
 */
export function openSession(readConfig: ReadConfig): Session {
  const credentials = credentialsOf(readConfig);
  const transport = createTransport({
    endpoint: resolveEndpoint({
      endpoint: readConfig("alicdn:endpoint"),
      region: readConfig("alicloud:region"),
    }),
    credentials,
    clock: systemClock,
    budget: budgetOf(readConfig),
    random: Math.random,
    userAgent: `cdn-preload-gate/${VERSION}`,
  });
  const client = createCdnClient(transport);
  return { client, reader: new TaskReader(), quotaBook: new QuotaBook(), credentials, clock: systemClock };
}

function budgetOf(readConfig: ReadConfig): CallBudget {
  const text = readConfig("alicdn:callsPerSecond");
  if (text === undefined) return createCallBudget({ clock: systemClock });
  const callsPerSecond = Number(text);
  if (!(callsPerSecond > 0)) {
    throw new GateError("usage", "The stack's config alicdn:callsPerSecond must be a number above 0.");
  }
  return createCallBudget({ clock: systemClock, callsPerSecond });
}

function credentialsOf(readConfig: ReadConfig): CredentialSource {
  const accessKeyId = readConfig("alicloud:accessKey");
  const accessKeySecret = readConfig("alicloud:secretKey");
  const securityToken = readConfig("alicloud:securityToken");
  if (accessKeyId && accessKeySecret) {
    return staticCredentials(
      { accessKeyId, accessKeySecret, securityToken },
      "alicloud:accessKey in the stack's config",
    );
  }
  if (accessKeyId || accessKeySecret) {
    const missing = accessKeyId ? "alicloud:secretKey" : "alicloud:accessKey";
    throw new GateError(
      "credentials",
      `The stack's config has half of the credentials: ${missing} is missing.`,
    );
  }
  return defaultCredentials({ profile: readConfig("alicloud:profile") });
}
