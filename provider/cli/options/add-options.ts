import { type Command, Option } from "commander";
import { fileOptions, flagName, isList, withNames } from "../../core/options/names";
import type { CommandLineOption } from "../../core/options/settings";
import { type NamedOption, optionsIn, type Part } from "../../core/options/values";
import type { HelpWords } from "../../wording/help-words";
import { collect, parserOf } from "./argument-parsers";

/** Adds the options of these parts that the command line takes, by the table of options. */
export function addOptions(command: Command, words: HelpWords, ...parts: readonly Part[]): Command {
  for (const option of optionsIn(...parts)) {
    if (!option.setBy.commandLine) continue;
    command.addOption(commanderOption(option, words));
    if (canBeTurnedOff(option)) command.addOption(new Option(`--no-${flagName(option)}`).hideHelp());
  }
  return command;
}

/** A yes or no that a config file may have turned on. */
function canBeTurnedOff(option: NamedOption): boolean {
  return option.type.kind === "flag" && fileOptions().some(({ name }) => name === option.name);
}

function commanderOption(option: NamedOption, words: HelpWords): Option {
  const { type, setBy } = option;
  const { short, value } = setBy.commandLine ?? {};
  const flags = `${short ? `-${short}, ` : ""}--${flagName(option)}${value ? ` <${value}>` : ""}`;
  const added = new Option(flags, helpOf(option, words));
  if (type.kind === "choice") added.choices(type.of);
  const parse = parserOf(type);
  if (isList(option)) added.argParser(collect);
  else if (parse) added.argParser(parse);
  // The help shows no default for a flag.
  if (type.kind !== "flag") added.default(option.default);
  if (setBy.variable !== undefined) added.env(setBy.variable);
  return added;
}

/** What the help says of an option; the library adds choices, default and variable. */
export function helpOf(option: NamedOption, { options, optionNotes: notes }: HelpWords): string {
  const { type } = option;
  // Only options of the command line are added.
  const { sentence, atCommandLine = sentence, otherwise } = options[option.name as CommandLineOption];
  const said = withNames(atCommandLine, (other) => `--${flagName(other)}`);
  const kinds = type.kind === "filesByKind" ? notes.kinds(type.of) : "";
  const repeated = isList(option) ? notes.repeated : "";
  const together = type.kind === "filesByKind" ? notes.together : "";
  const without = otherwise === undefined ? "" : notes.otherwise(otherwise);
  return `${said}${kinds}${repeated}${together}${without}`.replaceAll("`", "");
}
