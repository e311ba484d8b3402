import type { Language } from "../core/language";
import { oldNode as chinese } from "./chinese/old-node";
import { oldNode as english } from "./english/old-node";
import type { OldNodeWords } from "./old-node-words";

/** The oldest Node that this package runs on; package.json's `engines` says the same, and a test compares them. */
export const OLDEST_NODE = "22.19.0";

const WORDS: Readonly<Record<Language, OldNodeWords>> = { en: english, zh: chinese };

/** What goes with the complaint about an old Node. */
export function oldNodeWords(language: Language): OldNodeWords {
  return WORDS[language];
}

/**
 * What to say where Node is too old; `undefined` where it is not. The module that loads first calls it before it loads
 * anything else, so this file is written for any Node that there may be.
 *
 * @param version such as `20.11.0`.
 */
export function explainOldNode(version: string, language: Language): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split(".").map(Number);
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return isOld ? WORDS[language].sentence(`${oldestMajor}.${oldestMinor}`, version) : undefined;
}
