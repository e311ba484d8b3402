import type { LeftOutCounts } from "../usage-faults";
import { allOf, countOf } from "./lists";

/** What was left out of a folder, and what takes it: `1 dot file, 2 source maps (--source-maps takes them)`. */
export function leftOutOf({ systemFiles, dotFiles, sourceMaps }: LeftOutCounts): string {
  return allOf([
    ...(systemFiles > 0 ? [`${countOf(systemFiles, "file")} of the operating system`] : []),
    ...(dotFiles > 0 ? [countOf(dotFiles, "dot file")] : []),
    ...(sourceMaps > 0 ? [`${countOf(sourceMaps, "source map")} (take them with --source-maps)`] : []),
  ]);
}
