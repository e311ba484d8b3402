/** The languages that messages and reports exist in, by their ISO 639 codes; the first is that of documents for machines. */
export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

/** What programs read is always in this one. */
export const MACHINE_LANGUAGE: Language = "en";

/**
 * The language that a tag or a locale names: `zh`, `zh-CN`, `zh_CN.UTF-8`. `undefined` where there is no such catalogue.
 * It is written for any Node that there may be.
 */
export function languageOfTag(tag: string): Language | undefined {
  const code = tag
    .trim()
    .toLowerCase()
    .split(/[-_.@]/)[0];
  return LANGUAGES.find((language) => language === code);
}

/** The language of a locale; English where there is no catalogue of it. */
export function languageOfLocale(locale: string | undefined): Language {
  return languageOfTag(locale ?? "") ?? MACHINE_LANGUAGE;
}
