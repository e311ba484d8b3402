import { withNames } from "../core/options/names";
import type { OptionField } from "../core/options/option";
import { configSettings, ENGLISH, type NamedSetting } from "../core/options/values";
import { capitalized, specOf } from "./schema-inputs";
import type { Properties, PropertySpec } from "./schema-types";

/** The provider's own settings, made from the table of options. */
export const SETTINGS: Properties = Object.fromEntries(
  configSettings().map((setting) => [setting.name, propertyOf(setting)]),
);

/** The types of those settings that are objects, by name. */
export function objectTypes(): Record<
  string,
  { readonly description: string; readonly properties: Properties; readonly required: readonly string[] }
> {
  const objects = configSettings().flatMap(({ name, type }) =>
    type.kind === "fields" ? [{ name, fields: Object.entries(type.of) }] : [],
  );
  return Object.fromEntries(
    objects.map(({ name, fields }) => [
      capitalized(name),
      {
        description: asSentence(ENGLISH[name].sentence),
        properties: Object.fromEntries(fields.map(([key, field]) => [key, fieldProperty(field)])),
        required: fields.filter(([, { isRequired }]) => isRequired).map(([key]) => key),
      },
    ]),
  );
}

function propertyOf(setting: NamedSetting): PropertySpec {
  const { sentence, otherwise } = ENGLISH[setting.name];
  const told = asSentence(withNames(sentence, ({ name }) => `\`${name}\``));
  // In words alone: a default of the schema would be sent by each SDK as if the user had set it.
  const byDefault = setting.default === undefined ? otherwise : `\`${setting.default}\``;
  return {
    ...specOf(setting),
    ...(setting.type.kind === "secret" && { secret: true }),
    description: byDefault === undefined ? told : `${told} Default: ${byDefault}.`,
  };
}

function fieldProperty({ type, sentence }: OptionField): PropertySpec {
  return { type: type.kind === "count" ? "integer" : "string", description: asSentence(sentence) };
}

function asSentence(text: string): string {
  return `${capitalized(text)}.`;
}
