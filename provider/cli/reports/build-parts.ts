import type { GateWords } from "../../wording/report-words";
import type { Build } from "../document/schema";

export interface BuildPart {
  readonly text: string;
  /** `null`: it is not known where to look. */
  readonly address: string | null;
}

/** What was released and the CI run that did, as far as they are known. */
export function buildParts(build: Build | null | undefined, words: GateWords): BuildPart[] {
  if (!build) return [];
  const { commit, commitUrl, runUrl } = build;
  const run = secureAddress(runUrl);
  return [
    ...(commit === null
      ? []
      : [{ text: words.commit(commit.slice(0, 7)), address: secureAddress(commitUrl) }]),
    ...(run === null ? [] : [{ text: words.ciRun, address: run }]),
  ];
}

/** A document may come from elsewhere: only an address that is https becomes a link, written as a browser reads it. */
function secureAddress(text: string | null): string | null {
  const address = text === null ? null : URL.parse(text);
  return address?.protocol === "https:" ? address.href : null;
}
