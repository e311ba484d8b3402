import type { LeftOutCounts } from "../usage-faults";
import { allOf } from "./lists";

/** What was left out of a folder, and what takes it: `1 个点文件和 2 个 source map（可用 --source-maps 纳入）`. */
export function leftOutOf({ systemFiles, dotFiles, sourceMaps }: LeftOutCounts): string {
  return allOf([
    ...(systemFiles > 0 ? [`${systemFiles} 个操作系统文件`] : []),
    ...(dotFiles > 0 ? [`${dotFiles} 个以点开头的文件`] : []),
    ...(sourceMaps > 0 ? [`${sourceMaps} 个 source map（可用 --source-maps 纳入）`] : []),
  ]);
}
