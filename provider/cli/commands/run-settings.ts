import type { RunOptions } from "../options/command-options";
import { headersOf } from "../options/gate-options";

/** What is submitted beside the URLs: it makes another preload of the same URLs. */
export type RunSettings = ReturnType<typeof settingsOf>;

export function settingsOf(options: RunOptions) {
  const headers = headersOf(options.header);
  return {
    ...(options.area && { area: options.area }),
    ...(options.l2Preload && { l2Preload: true }),
    ...(options.queryHashKey && { queryHashKey: true }),
    ...(headers && { headers }),
    purgeFirst: options.purgeFirst ?? false,
  };
}
