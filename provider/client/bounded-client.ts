import type { CdnClient } from "./cdn-client";
import { clientWith } from "./client-with";

/**
 * The same client, whose calls wait for the service no longer than until an instant.
 *
 * @param bound.waitUntilMs absolute, by the local clock: a call that the service asks to hold back for longer
 *   (`Retry-After`) fails at once.
 * @param bound.signal ends every call that has none of its own.
 */
export function boundedClient(
  client: CdnClient,
  bound: { readonly waitUntilMs: number; readonly signal?: AbortSignal | undefined },
): CdnClient {
  return clientWith(client, (options) => ({ ...bound, ...options }));
}
