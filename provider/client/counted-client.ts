import type { CallOptions, CdnClient } from "./cdn-client";
import { clientWith } from "./client-with";

/** The same client, whose `callCount` counts only the calls made through this one. */
export function countedClient(client: CdnClient): CdnClient {
  let calls = 0;
  const counting = (options: CallOptions | undefined): CallOptions => ({
    ...options,
    onAttempt: () => {
      calls += 1;
      options?.onAttempt?.();
    },
  });
  return { ...clientWith(client, counting), callCount: () => calls };
}
