import type { Language } from "../core/language";
import type { Catalogue } from "./catalogue";
import { ENGLISH } from "./english/english";

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en: ENGLISH };

/** The catalogue of a language. */
export function catalogueOf(language: Language): Catalogue {
  return CATALOGUES[language];
}
