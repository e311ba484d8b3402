import { Help, type HelpConfiguration, type Option } from "commander";
import type { HelpWords } from "../../wording/help-words";
import { displayWidth, wrapTo } from "./display-width";

/** The help in a language: its headings, and what it adds to the sentences of options. */
export function helpFormat({ headings, notes }: HelpWords): HelpConfiguration {
  const byName: Readonly<Record<string, string>> = {
    "Usage:": headings.usage,
    "Arguments:": headings.arguments,
    "Options:": headings.options,
    "Global Options:": headings.globalOptions,
    "Commands:": headings.commands,
  };
  return {
    showGlobalOptions: true,
    displayWidth,
    // The library's own ends a line at spaces, of which a Chinese sentence has few.
    boxWrap(this: Help, text: string, columns: number): string {
      return /\p{Script=Han}/u.test(text)
        ? wrapTo(columns, text)
        : Help.prototype.boxWrap.call(this, text, columns);
    },
    styleTitle: (title: string) => byName[title] ?? title,
    optionDescription: (option: Option) => {
      const { argChoices, defaultValue, envVar, description } = option;
      // A yes or no is off where it is not given; no default says more.
      const showsDefault = defaultValue !== undefined && (option.required || option.optional);
      const told = [
        ...(argChoices ? [notes.choices(argChoices.map((choice) => JSON.stringify(choice)).join(", "))] : []),
        ...(showsDefault ? [notes.default(JSON.stringify(defaultValue))] : []),
        ...(envVar === undefined ? [] : [notes.variable(envVar)]),
      ];
      return told.length > 0 ? `${description} (${told.join(", ")})` : description;
    },
  };
}
