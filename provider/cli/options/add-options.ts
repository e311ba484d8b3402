import { type Command, Option } from "commander";
import { flagName, isList, withNames } from "../../core/options/names";
import { ENGLISH, type NamedOption, optionsIn, type Part } from "../../core/options/values";
import { collect, parserOf } from "./argument-parsers";

/** Adds the options of these parts that the command line takes, by the table of options. */
export function addOptions(command: Command, ...parts: readonly Part[]): Command {
  for (const option of optionsIn(...parts)) {
    if (option.setBy.commandLine) command.addOption(commanderOption(option));
  }
  return command;
}

function commanderOption(option: NamedOption): Option {
  const { type, setBy } = option;
  const { short, value } = setBy.commandLine ?? {};
  const flags = `${short ? `-${short}, ` : ""}--${flagName(option)}${value ? ` <${value}>` : ""}`;
  const added = new Option(flags, helpOf(option));
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
export function helpOf(option: NamedOption): string {
  const { type } = option;
  const { sentence, atCommandLine = sentence, otherwise } = ENGLISH[option.name];
  const said = withNames(atCommandLine, (other) => `--${flagName(other)}`);
  const kinds = type.kind === "filesByKind" ? `: ${type.of.join(", ")}` : "";
  const repeated = isList(option) ? "; may be repeated" : "";
  const together = type.kind === "filesByKind" ? ", or hold several with commas" : "";
  const without = otherwise === undefined ? "" : ` (default: ${otherwise})`;
  return `${said}${kinds}${repeated}${together}${without}`.replaceAll("`", "");
}
