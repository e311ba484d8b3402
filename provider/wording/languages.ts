import type { Language } from "../core/language";
import type { Catalogue } from "./catalogue";
import { ENGLISH } from "./english/english";

/** The catalogue of a language; one but English is loaded where it is asked for, so that the others start without it. */
const CATALOGUES: Readonly<Record<Language, () => Catalogue>> = {
  en: () => ENGLISH,
  zh: () => (require("./chinese/chinese") as typeof import("./chinese/chinese")).CHINESE,
};

export function catalogueOf(language: Language): Catalogue {
  return CATALOGUES[language]();
}
