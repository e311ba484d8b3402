import type { OptionName } from "../../core/options/settings";

/** Options that say which files of a folder are taken, and how: without a folder they mean nothing. */
export const OF_FOLDERS = [
  "base",
  "include",
  "exclude",
  "sourceMaps",
  "directoryIndex",
  "changedSince",
  "writeManifest",
] as const satisfies OptionName[];
