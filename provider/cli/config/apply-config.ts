import { relative } from "node:path";
import type { Command } from "commander";
import { flagName, inputName, variablesOf } from "../../core/options/names";
import type { OptionName } from "../../core/options/settings";
import { type NamedOption, optionNamed, optionsIn } from "../../core/options/values";
import { OF_FOLDERS } from "../options/folder-options";
import type { ConfigFile } from "./config-file";
import { findConfig } from "./find-config";

/** What a run has taken from a config file. */
export interface AppliedConfig {
  readonly file: string;
  /** All that the file sets, as the resources' inputs are called. */
  readonly settings: readonly string[];
  /** Those of them that the command line or the environment sets, too, and so decides. */
  readonly overruled: readonly string[];
}

/** Where URLs come from: those that the command line names stand for all of the file's. */
const SOURCES: readonly OptionName[] = ["urls", "urlsFile", "sitemap", "dir"];

/**
 * Gives a command the settings of the config file that neither the command line nor the environment has set.
 *
 * @returns `undefined` where there is no file, or none is wanted.
 * @throws UsageError with what is wrong with the file.
 */
export function applyConfig(command: Command, env: NodeJS.ProcessEnv): AppliedConfig | undefined {
  const { config: asked } = command.optsWithGlobals<{ readonly config?: string | false }>();
  if (asked === false) return undefined;
  const file = asked || foundConfig();
  if (file === undefined) return undefined;
  // Loaded here: it brings the parser, and a run without a file starts without it.
  const { readConfigFile } = require("./config-file") as typeof import("./config-file");
  return apply(readConfigFile(file), command, env);
}

function foundConfig(): string | undefined {
  const found = findConfig(process.cwd());
  return found === undefined ? undefined : relative(process.cwd(), found);
}

function apply({ file, values }: ConfigFile, command: Command, env: NodeJS.ProcessEnv): AppliedConfig {
  const settings = [...values.keys()];
  const given = settings.filter((option) => isSetElsewhere(option, command, env));
  const overruled = [...new Set([...given, ...sourcesOverruled(settings, command)])];
  for (const [option, value] of values) {
    if (!overruled.includes(option)) set(command, option, value);
  }
  return { file, settings: settings.map(inputName), overruled: overruled.map(inputName) };
}

/** The command line's sources replace those of the file, and with its folders what is said of them. */
function sourcesOverruled(settings: readonly NamedOption[], command: Command): NamedOption[] {
  const isGiven = (name: OptionName) => isOnCommandLine(optionNamed(name), command);
  if (!SOURCES.some(isGiven)) return [];
  const gone = isGiven("dir") ? SOURCES : [...SOURCES, ...OF_FOLDERS];
  return settings.filter(({ name }) => gone.includes(name));
}

function isSetElsewhere(option: NamedOption, command: Command, env: NodeJS.ProcessEnv): boolean {
  // An identity in the environment is one as a whole: no part of the file's is mixed into it.
  const sameChoice = option.part === "identity" ? optionsIn("key", "identity") : [option];
  const variables = sameChoice.flatMap((one) => [
    ...variablesOf(one),
    ...(one.setBy.variable ? [one.setBy.variable] : []),
  ]);
  // A variable that is set and empty is one that a pipeline has not filled.
  return isOnCommandLine(option, command) || variables.some((name) => (env[name] ?? "") !== "");
}

function isOnCommandLine(option: NamedOption, command: Command): boolean {
  if (option.name === "urls") return command.args.length > 0;
  return ownerOf(option, command)?.getOptionValueSource(attributeOf(option)) === "cli";
}

/** Hands a value over where the command takes it; a file may be for several commands. */
function set(command: Command, option: NamedOption, value: unknown): void {
  const takesUrls =
    option.name === "urls" && command.registeredArguments.some((one) => one.name() === "urls");
  const owner = takesUrls ? command : ownerOf(option, command);
  owner?.setOptionValueWithSource(attributeOf(option), value, "config");
}

/** The command that an option belongs to: this one, or the program. */
function ownerOf(option: NamedOption, command: Command): Command | undefined {
  const attribute = attributeOf(option);
  return (
    [command, command.parent].find((one) =>
      one?.options.some((known) => known.attributeName() === attribute),
    ) ?? undefined
  );
}

/** The name under which commander hands an option over. */
function attributeOf(option: NamedOption): string {
  return flagName(option).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
