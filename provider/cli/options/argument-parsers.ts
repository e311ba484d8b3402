import { InvalidArgumentError } from "commander";
import { parseDurationMs } from "../../core/duration";
import { pollIntervalFactorProblem } from "../../core/poll-plan";
import type { Problem } from "../../core/problems";
import { cliWording } from "../cli-wording";

const HIGHEST_PORT = 65_535;

export function asPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port;
  throw new InvalidArgumentError(`It must be a whole number from 0 to ${HIGHEST_PORT}.`);
}

export function asNumberAboveZero(text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && Number.isFinite(number) && number > 0) return number;
  throw notValid({ kind: "notAboveZero" });
}

export function asPollIntervalFactor(text: string): number {
  const factor = Number(text);
  const problem = pollIntervalFactorProblem(factor);
  if (problem) throw notValid(problem);
  return factor;
}

export function asPercent(text: string): number {
  const percent = Number(text.replace(/%$/, ""));
  if (text.trim() !== "" && percent >= 0 && percent <= 100) return percent;
  throw notValid({ kind: "outOfRange", least: 0, most: 100 });
}

export function asCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number, 0 or more.");
}

/** Checks a duration and leaves it as it is written: the gate reads it. */
export function asDuration(text: string): string {
  if (parseDurationMs(text) !== undefined) return text;
  throw notValid({ kind: "notADuration" });
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function notValid(problem: Problem): InvalidArgumentError {
  return new InvalidArgumentError(`It ${cliWording().problem(problem)}.`);
}
