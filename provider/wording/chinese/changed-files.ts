import type { FilesChanged } from "../command-line-words";

/** What a manifest says of the files of a run. */
export function changesText({ manifest, basis, changed, unchanged, deleted }: FilesChanged): string {
  const files = changed + unchanged;
  if (basis === "missing") return `清单 ${manifest} 尚不存在：将预热全部 ${files} 个文件。`;
  if (basis === "otherSettings") return `清单 ${manifest} 对应其他设置：将预热全部 ${files} 个文件。`;
  const gone = deleted === 0 ? "" : `清单中有 ${deleted} 个文件已不存在。`;
  return changed === 0
    ? `自清单 ${manifest} 以来没有变化：${files} 个文件此前已按现有内容通过，目录中没有需要预热的文件。${gone}`
    : `根据清单 ${manifest}，${files} 个文件中有 ${changed} 个是新的或已更改。${gone}`;
}
