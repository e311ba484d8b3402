import { type Command, Help, type HelpConfiguration, type Option } from "commander";
import type { HelpWords } from "../../wording/help-words";
import { isForCalls, makesCalls } from "../options/for-calls";
import { DEFAULT_COLUMNS, displayWidth, indented, wrapTo } from "./display-width";

/** Before an item, and between it and its text, as in the library. */
const ITEM_INDENT = "  ";
const GAP_COLUMNS = 2;
/** Before a text that stands below its item. */
const TEXT_INDENT = " ".repeat(6);

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
    // What says nothing to a command is not among its options.
    visibleGlobalOptions(this: Help, command: Command): Option[] {
      const all = Help.prototype.visibleGlobalOptions.call(this, command);
      return makesCalls(command) ? all : all.filter((option) => !isForCalls(option));
    },
    // Beside a long name a narrow terminal has no room for a text, and the library would let it run on.
    formatItem(this: Help, term: string, termWidth: number, description: string, helper: Help): string {
      const columns = this.helpWidth ?? DEFAULT_COLUMNS;
      const fits = columns - termWidth - ITEM_INDENT.length - GAP_COLUMNS >= this.minWidthToWrap;
      if (fits || description === "") {
        return Help.prototype.formatItem.call(this, term, termWidth, description, helper);
      }
      const below = helper.boxWrap(description, columns - TEXT_INDENT.length);
      return `${ITEM_INDENT}${term}\n${indented(TEXT_INDENT, below)}`;
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
