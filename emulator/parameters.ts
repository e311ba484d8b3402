import type { Parameters } from "./call-record";
import { wireError } from "./wire-error";

/**
 * A required parameter.
 *
 * @throws WireError `MissingParameter`, naming it.
 */
export function requiredParameter(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (!value?.trim()) throw wireError("MissingParameter", `${name} is mandatory for this action.`);
  return value;
}

/**
 * One of several words in any case, or nothing.
 *
 * @throws WireError `InvalidParameters`.
 */
export function optionalWord<Word extends string>(
  parameters: Parameters,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = parameters[name];
  if (!value) return undefined;
  const word = words.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
  if (!word) throw invalidParameter(name);
  return word;
}

/** `true` or `false`. The default is `false`. */
export function booleanParameter(parameters: Parameters, name: string): boolean {
  return optionalWord(parameters, name, ["true", "false"]) === "true";
}

/** A whole number within bounds. */
export function integerParameter(
  parameters: Parameters,
  name: string,
  rule: { min: number; max: number; byDefault: number },
): number {
  const value = parameters[name];
  if (!value) return rule.byDefault;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= rule.min && number <= rule.max)) throw invalidParameter(name);
  return number;
}

/** An instant in milliseconds, parsed from ISO 8601 in UTC. */
export function optionalInstantMs(parameters: Parameters, name: string): number | undefined {
  const value = parameters[name];
  if (!value) return undefined;
  const instantMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(instantMs)) throw invalidParameter(name);
  return instantMs;
}

/**
 * One task id: digits.
 *
 * @throws WireError `InvalidTaskId.Malformed`.
 */
export function checkedTaskId(text: string): string {
  const taskId = text.trim();
  if (!/^\d{1,20}$/.test(taskId)) throw wireError("InvalidTaskId.Malformed");
  return taskId;
}

/** The lines of an `ObjectPath` that are not empty. */
export function objectPathLines(parameters: Parameters): readonly string[] {
  return requiredParameter(parameters, "ObjectPath")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function invalidParameter(name: string) {
  return wireError("InvalidParameters", `The parameters you provided are invalid. (${name})`);
}
