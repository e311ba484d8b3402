import type { ErrorCode } from "../core/error-families";
import type { Memory } from "./reader";

/** What advice depends on in every language. */

/** Causes whose advice is to run again, or to wait for what runs. */
const CODES_TO_RESUME: readonly ErrorCode[] = [
  "queueFull",
  "throttled",
  "transient",
  "unreachable",
  "skew",
  "outcomeUnknown",
  "purgeFailed",
  "malformedAnswer",
  "timeout",
  "interrupted",
  "stateUnsaved",
];
/** Task ids that an advice names; the result has the others. */
const MAX_NAMED_IDS = 10;

export function isToResume(code: ErrorCode): boolean {
  return CODES_TO_RESUME.includes(code);
}

/** Whether the next run goes on with what this one has submitted. */
export function remembers(memory: Memory): boolean {
  return memory.kind === "state" || memory.kind === "stateFile";
}

/** Task ids as a command takes them. */
export function idsAsArgument(taskIds: readonly string[]): string {
  const named = taskIds.slice(0, MAX_NAMED_IDS).join(",");
  return taskIds.length > MAX_NAMED_IDS ? `${named},…` : named;
}
