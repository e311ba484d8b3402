import type { CommanderError } from "commander";
import { problemIn } from "../core/problems";
import type { UsageFault, ValueFault } from "../wording/usage-faults";

/** What the parser of the command line says of its faults, by its codes. It keeps no facts of them. */
const READERS: Readonly<Record<string, readonly [RegExp, (groups: Groups) => UsageFault]>> = {
  "commander.unknownOption": [
    /^unknown option '(?<name>.*?)'(?:\n\(Did you mean (?:one of )?(?<similar>.*)\?\))?$/s,
    ({ name = "", similar }) => ({ kind: "unknownOption", name, similar: listOf(similar) }),
  ],
  "commander.unknownCommand": [
    /^unknown command '(?<name>.*?)'(?:\n\(Did you mean (?:one of )?(?<similar>.*)\?\))?$/s,
    ({ name = "", similar }) => ({ kind: "unknownCommand", name, similar: listOf(similar) }),
  ],
  "commander.missingArgument": [
    /^missing required argument '(?<name>.*)'$/s,
    ({ name = "" }) => ({ kind: "argumentMissing", name }),
  ],
  "commander.optionMissingArgument": [
    /^option '(?<option>.*)' argument missing$/s,
    ({ option = "" }) => ({ kind: "valueMissing", option }),
  ],
  "commander.excessArguments": [
    /^too many arguments(?: for '(?<command>.*)')?\. Expected (?<most>\d+) arguments? but got (?<given>\d+)\.$/s,
    ({ command = "", most, given }) => ({
      kind: "tooManyArguments",
      command,
      most: Number(most),
      given: Number(given),
    }),
  ],
  "commander.invalidArgument": [
    /^(?:option '(?<name>.*?)' (?:argument '(?<value>.*)'|value '(?<inVariable>.*)' from env '(?<variable>.*?)') is invalid|command-argument value '(?<given>.*)' is invalid for argument '(?<argument>.*?)')\. (?<why>.*)$/s,
    ({ name, value, inVariable, variable, given, argument, why = "" }) => ({
      kind: "valueNotValid",
      of: argument === undefined ? "option" : "argument",
      name: name ?? argument ?? "",
      value: value ?? inVariable ?? given ?? "",
      variable,
      why: valueFault(why),
    }),
  ],
};

type Groups = Readonly<Record<string, string | undefined>>;

/** What the parser has found wrong with the arguments; in its own words where these are not known. */
export function faultOfParser({ code, message }: CommanderError): UsageFault {
  const words = message.replace(/^error: /, "");
  const [pattern, read] = READERS[code] ?? [];
  const match = pattern?.exec(words);
  return match && read ? read(match.groups ?? {}) : { kind: "said", words };
}

function listOf(similar: string | undefined): string[] {
  return similar === undefined ? [] : similar.split(", ");
}

function valueFault(why: string): ValueFault {
  const problem = problemIn(why);
  if (problem) return { kind: "problem", problem };
  const choices = /^Allowed choices are (.*)\.$/s.exec(why)?.[1];
  return choices === undefined ? { kind: "said", words: why } : { kind: "notAllowed", choices };
}
