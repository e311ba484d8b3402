import type { PreloadUrl } from "../preload-url";
import type { Option, OptionField, OptionTexts, OptionType } from "./option";
import type { OptionName } from "./settings";
import { OPTIONS } from "./table";

export type Part = Options[OptionName]["part"];
export type Resource = "Preload" | "PreloadGate";
/** The options that are settings of the stack's config, or of the plugin's provider. */
export type ConfigSetting = {
  [Name in OptionName]: Options[Name]["setBy"] extends { readonly config: string } ? Name : never;
}[OptionName];
type Options = typeof OPTIONS;

/** A value as users write it, by its kind. */
interface Written {
  readonly flag: boolean;
  readonly number: number;
  readonly count: number;
  readonly rate: number;
  readonly duration: string;
  readonly text: string;
  readonly language: string;
  readonly secret: string;
  readonly texts: readonly string[];
  readonly filesByKind: readonly string[];
  readonly reason: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly urls: readonly string[];
  readonly taskIds: string | readonly string[];
  readonly values: readonly unknown[];
}

/** A value once it is checked, where it is another than what was written. */
interface Checked extends Omit<Written, "duration" | "urls" | "taskIds"> {
  /** In milliseconds. */
  readonly duration: number;
  readonly urls: readonly PreloadUrl[];
  readonly taskIds: readonly string[];
}

/** An object with these fields: those that are required, and others. */
type ValuesOfFields<Fields extends Readonly<Record<string, OptionField>>> = {
  readonly [Name in keyof Fields as Fields[Name] extends { readonly isRequired: true }
    ? Name
    : never]: Written[Fields[Name]["type"]["kind"]];
} & {
  readonly [Name in keyof Fields as Fields[Name] extends { readonly isRequired: true } ? never : Name]?:
    | Written[Fields[Name]["type"]["kind"]]
    | undefined;
};

type In<Values, Type extends OptionType> = Type extends {
  readonly kind: "choice";
  readonly of: readonly (infer Choice)[];
}
  ? Choice
  : Type extends {
        readonly kind: "fields";
        readonly of: infer Fields extends Readonly<Record<string, OptionField>>;
      }
    ? ValuesOfFields<Fields>
    : Values[Type["kind"] & keyof Values];

export type WrittenValue<Row extends Option> = In<Written, Row["type"]>;
export type CheckedValue<Row extends Option> = In<Checked, Row["type"]>;

/** The options of a part, each as it is in the table. */
export type OptionsIn<Of extends Part> = {
  [Name in OptionName as Options[Name]["part"] extends Of ? Name : never]: Options[Name];
};

/** The options of a resource, but for those of its `gate`. */
export type InputsOf<Of extends Resource> = {
  [Name in OptionName as Options[Name] extends { part: "gate" }
    ? never
    : Options[Name]["setBy"] extends { resource: { [Key in Of]: string } }
      ? Name
      : never]: Options[Name];
};

/** What the options of a part are set to by users; any may be left out. `settings.ts` has the same in plain words. */
export type Settings<Of extends Part> = {
  readonly [Name in keyof OptionsIn<Of>]?: WrittenValue<OptionsIn<Of>[Name]> | undefined;
};

/** The values of a part's options once they are checked: one that has a default is always there. */
export type CheckedIn<Of extends Part> = {
  readonly [Name in keyof OptionsIn<Of> as OptionsIn<Of>[Name] extends { readonly default: unknown }
    ? Name
    : never]: CheckedValue<OptionsIn<Of>[Name]>;
} & {
  readonly [Name in keyof OptionsIn<Of> as OptionsIn<Of>[Name] extends { readonly default: unknown }
    ? never
    : Name]?: CheckedValue<OptionsIn<Of>[Name]> | undefined;
};

/** A row of the table as any row, with its name. */
export interface NamedOption extends Option {
  readonly name: OptionName;
}

/** A row of a setting of the stack's config. */
export interface NamedSetting extends NamedOption {
  readonly name: ConfigSetting;
}

/** The options in the table's order. */
export function allOptions(): readonly NamedOption[] {
  return Object.entries<Option>(OPTIONS).map(([name, option]) => ({ ...option, name: name as OptionName }));
}

export function optionNamed(name: OptionName): NamedOption {
  const option: Option = OPTIONS[name];
  return { ...option, name };
}

export function settingNamed(name: ConfigSetting): NamedSetting {
  return optionNamed(name) as NamedSetting;
}

/** The options of one or several parts: the parts in the order given, their options in the table's. */
export function optionsIn(...parts: readonly Part[]): readonly NamedOption[] {
  return parts.flatMap((part) => allOptions().filter((option) => option.part === part));
}

/** The settings of the stack's config, or of the plugin's provider. */
export function configSettings(): readonly NamedSetting[] {
  return allOptions().filter(isSetting);
}

export function isSetting(option: NamedOption): option is NamedSetting {
  return option.setBy.config !== undefined;
}

/** The inputs whose change starts the preload again for all URLs, in the table's order. */
export function inputsThatStartAgain(): readonly NamedOption[] {
  return allOptions().filter(({ startsAgain }) => startsAgain);
}

/** Of an object that holds more, what the options of these parts are set to. */
export function pickOptions<Of extends Part, Values extends object>(
  values: Values,
  ...parts: readonly Of[]
): Pick<Values, keyof OptionsIn<Of> & keyof Values> {
  const names = new Set<string>(optionsIn(...parts).map(({ name }) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name))) as never;
}

/** English, which stands in the table itself. A second language is a second object of this type. */
export const ENGLISH: OptionTexts = OPTIONS;
