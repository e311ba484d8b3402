import { type Language, languageOfLocale } from "../core/language";
import { catalogueOf } from "../wording/languages";
import type { FrontNames } from "../wording/reader";
import { Wording } from "../wording/wording";

/**
 * The words of a deployment: the engine keeps the state by itself.
 *
 * @param front what the host calls its inputs and settings.
 */
export function pulumiWording(
  front: FrontNames,
  { urlsAreSecret }: { readonly urlsAreSecret: boolean } = { urlsAreSecret: false },
): Wording {
  return new Wording(catalogueOf(pulumiLanguage()), { front, memory: { kind: "state" }, urlsAreSecret });
}

/** English, as the engine's own messages are, unless the user asks for another language: not by the locale. */
export function pulumiLanguage(): Language {
  return languageOfLocale(process.env.ALICDN_LANG);
}
