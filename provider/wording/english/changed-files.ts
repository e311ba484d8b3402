import type { FilesChanged } from "../command-line-words";
import { countOf } from "./lists";

/** What a manifest says of the files of a run. */
export function changesText({ manifest, basis, changed, unchanged, deleted }: FilesChanged): string {
  const files = changed + unchanged;
  if (basis === "missing") return `There is no manifest ${manifest} yet: ${allFiles(files)} preloaded.`;
  if (basis === "otherSettings")
    return `The manifest ${manifest} is about other settings: ${allFiles(files)} preloaded.`;
  const gone =
    deleted === 0
      ? ""
      : ` ${countOf(deleted, "file")} of the manifest ${deleted === 1 ? "is" : "are"} not there any more.`;
  return changed === 0
    ? `Nothing has changed since the manifest ${manifest}: ${countOf(files, "file")} passed before as ${files === 1 ? "it is" : "they are"}. No file of a folder is preloaded.${gone}`
    : `By the manifest ${manifest}, ${changed} of ${countOf(files, "file")} ${changed === 1 ? "is" : "are"} new or changed.${gone}`;
}

function allFiles(files: number): string {
  return files === 1 ? "the file is" : `all ${files} files are`;
}
