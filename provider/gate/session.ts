import { createHash } from "node:crypto";
import type { CdnClient } from "../client/cdn-client";
import { countedClient } from "../client/counted-client";
import { createCdnClient } from "../client/create-cdn-client";
import type { Clock } from "../core/clock";
import type { ConnectionSettings } from "../core/options/settings";
import { OPTIONS } from "../core/options/table";
import { VERSION } from "../core/version";
import { createCallBudget } from "../transport/call-budget";
import { type CredentialSource, type Credentials, defaultCredentials } from "../transport/credentials";
import { resolveEndpoint } from "../transport/endpoint";
import type { IdentitySettings } from "../transport/identity";
import { createTransport } from "../transport/service-transport";
import { systemClock } from "../transport/system-clock";
import type { EventSink } from "./events";
import { PollScheduler } from "./poll-scheduler";
import { QuotaLedger } from "./quota-ledger";
import type { RunContext } from "./run-context";

/**
 * How to reach the account. Who calls is the identity that is given (an access key that is known already, and where
 * from, for messages; a profile; a role), else the one that the environment names, else the vendor's default chain.
 */
export interface SessionOptions extends IdentitySettings, ConnectionSettings {}

/**
 * What all runs of a process share: one account, one budget of calls, one schedule of polls, one pool of
 * connections. Open one a process.
 */
export interface Session {
  readonly client: CdnClient;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
  readonly scheduler: PollScheduler;
  readonly quotaLedger: QuotaLedger;
  /** What one run needs; its client counts that run's calls. */
  context(run: { readonly signal: AbortSignal; readonly emit: EventSink }): RunContext;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/**
 * Opens a session; no call is made before a run needs one.
 *
 * @throws GateError `usage` where an option is not valid.
 */
export function openSession(options: SessionOptions = {}): Session {
  const clock = systemClock;
  const credentials = defaultCredentials(options);
  const budget = createCallBudget({ clock, callsPerSecond: options.callsPerSecond });
  const variables = OPTIONS.region.setBy.environment;
  const region = options.region || process.env[variables.vendor] || process.env[variables.alicloud];
  const endpoint = resolveEndpoint({ endpoint: options.endpoint, region });
  const transport = createTransport({
    endpoint,
    credentials,
    clock,
    budget,
    random: Math.random,
    userAgent: `cdn-preload-gate/${VERSION}`,
  });
  const client = createCdnClient(transport);
  const account = async () =>
    accountOf(await credentials.get(), credentials.accountNumber?.(), endpoint.origin);
  const callsPerSecond = () => budget.currentCallsPerSecond("DescribeRefreshTaskById");
  const scheduler = new PollScheduler({
    clock,
    callsPerSecond,
    minPollIntervalFactor: options.pollIntervalFactor,
  });
  const quotaLedger = new QuotaLedger();
  return {
    client,
    credentials,
    clock,
    scheduler,
    quotaLedger,
    context: (run) => ({ ...run, client: countedClient(client), clock, scheduler, quotaLedger, account }),
    close: () => transport.close(),
  };
}

/**
 * What tells one account from another. Without its number it is the key, which is replaced from time to time, a temporary
 * one soon: another key has to prove that it is of the same account.
 */
function accountOf({ accessKeyId }: Credentials, accountNumber: string | undefined, origin: string): string {
  const who = accountNumber === undefined ? accessKeyId : `account ${accountNumber}`;
  return createHash("sha256").update(`${origin} ${who}`).digest("hex").slice(0, 16);
}
