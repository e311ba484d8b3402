import type { CdnClient } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import { GateError } from "../core/errors";
import type { TimeGuess } from "../transport/server-clock";
import { asFailure } from "./failure";
import type { QuotaLedger } from "./quota-ledger";

/** How often the service is asked in all where an answer contradicts what was known of its time, or tells none. */
const MAX_QUESTIONS = 3;

/**
 * Makes sure that the service's time is known before anything is decided by it: with a clock that is wrong by
 * a day a running task would count as expired, and a search of what was submitted would search another day.
 *
 * An answer that contradicts what was known, or at first the local clock, is asked again before it is believed.
 *
 * @returns why it is not known. An answer of the service that tells no time is no reason: the local clock
 *   then has to do.
 */
export async function learnServerTime(options: {
  readonly client: CdnClient;
  readonly quotaLedger: QuotaLedger;
  readonly signal: AbortSignal;
}): Promise<GateError | undefined> {
  const { client, quotaLedger, signal } = options;
  if (client.knowsServerTime()) return undefined;
  try {
    await quotaLedger.ask({ client, options: { signal } });
    for (let asked = 1; asked < MAX_QUESTIONS && !client.knowsServerTime(); asked += 1) {
      await client.describeRefreshQuota({ signal });
    }
    return undefined;
  } catch (error) {
    const isAnswered = error instanceof GateError && error.serviceCode !== undefined;
    return isAnswered || client.knowsServerTime() ? undefined : asFailure(error, signal);
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
