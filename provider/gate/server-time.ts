import type { CdnClient } from "../client/cdn-client";
import { GateError } from "../core/errors";
import type { QuotaBook } from "./quota-book";
import { asStop } from "./stop";

/**
 * Makes sure that the service's time is known before anything is decided by it: with a clock that is wrong by
 * a day a running task would count as expired, and a look-up of what was submitted would search another day.
 *
 * @returns why it is not known. An answer of the service that tells no time is no reason: the local clock
 *   then has to do.
 */
export async function learnServerTime(options: {
  readonly client: CdnClient;
  readonly quotaBook: QuotaBook;
  readonly signal: AbortSignal;
}): Promise<GateError | undefined> {
  const { client, quotaBook, signal } = options;
  if (client.knowsServerTime()) return undefined;
  try {
    await quotaBook.ask({ client, options: { signal } });
    return undefined;
  } catch (error) {
    const isAnswered = error instanceof GateError && error.serviceCode !== undefined;
    return isAnswered || client.knowsServerTime() ? undefined : asStop(error, signal);
  }
}
