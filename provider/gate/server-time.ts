import type { CdnClient } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import { GateError } from "../core/errors";
import type { TimeGuess } from "../transport/server-clock";
import type { QuotaLedger } from "./quota-ledger";

/** How often the service is asked in all where an answer contradicts what was known of its time, or tells none. */
const MAX_QUESTIONS = 3;

export interface ServerTimeOptions {
  readonly client: CdnClient;
  readonly quotaLedger: QuotaLedger;
  readonly signal: AbortSignal;
}

/**
 * Makes sure that the service's time is known before anything is decided by it: with a clock that is wrong by
 * a day a running task would count as expired, and a search of what was submitted would search another day.
 *
 * An answer that contradicts what was known, or at first the local clock, is asked again before it is believed.
 *
 * An answer of the service that tells no time is no failure: the local clock then has to do.
 *
 * @throws GateError where the service could not be asked.
 */
export async function learnServerTime({ client, quotaLedger, signal }: ServerTimeOptions): Promise<void> {
  if (client.knowsServerTime()) return;
  try {
    await quotaLedger.ask({ client, options: { signal } });
    for (let asked = 1; asked < MAX_QUESTIONS && !client.knowsServerTime(); asked += 1) {
      await client.describeRefreshQuota({ signal });
    }
  } catch (error) {
    const isAnswered = error instanceof GateError && error.serviceCode !== undefined;
    if (!isAnswered && !client.knowsServerTime()) throw error;
  }
}

/** The service's time at an instant by the local clock, as it is known now; both in milliseconds since 1970. */
export function serverTimeAt(
  localMs: number,
  guess: TimeGuess,
  { client, clock }: { readonly client: CdnClient; readonly clock: Clock },
): number {
  return client.serverNowMs(guess) - (clock.nowMs() - localMs);
}
