import { InvalidArgumentError } from "commander";
import type { OptionType } from "../../core/options/option";
import { type Problem, problem, problemsOf } from "../../core/problems";

const HIGHEST_PORT = 65_535;

export function asPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port;
  throw notValid({ kind: "wholeNumberOutOfRange", least: 0, most: HIGHEST_PORT });
}

export function asNumberAboveZero(text: string): number {
  return checked({ kind: "rate", unit: "times" }, numberOf(text)) as number;
}

/** What reads the text of an option's value; `undefined` where the text is the value. */
export function parserOf(type: OptionType): ((text: string) => unknown) | undefined {
  switch (type.kind) {
    case "number":
      return (text) => checked(type, numberOf(type.unit === "%" ? text.replace(/%$/, "") : text));
    case "rate":
      return (text) => checked(type, numberOf(text));
    case "count":
      return asCount;
    case "duration":
    case "language":
      // It stays as it is written, for what reads it.
      return (text) => {
        checked(type, text);
        return text;
      };
    default:
      return undefined;
  }
}

function asCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw notValid({ kind: "notZeroOrMore" });
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

function checked(type: OptionType, value: unknown): unknown {
  // Loaded here, so that the help is quick.
  const { valueSchema } = require("../../core/options/fields") as typeof import("../../core/options/fields");
  const parsed = valueSchema(type).safeParse(value);
  if (parsed.success) return parsed.data;
  throw notValid(problemsOf(parsed.error)[0]!.problem);
}

/** The parser puts a message of its own around this one, so that the problem is told as a text. */
function notValid(found: Problem): InvalidArgumentError {
  return new InvalidArgumentError(problem(found));
}
