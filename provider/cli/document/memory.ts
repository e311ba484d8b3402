import type { ErrorCode, GateError } from "../../core/errors";
import type { Outcome } from "../../gate";
import { inCliWords } from "./cli-words";

/**
 * What another run would know of this one, by which what a run advises is true:
 * - `stateFile`: all of it, with the same `--state`;
 * - `none`: nothing, so that it submits every URL again;
 * - `watches`: nothing that matters, since the command submits nothing.
 */
export interface Memory {
  readonly kind: "stateFile" | "none" | "watches";
  /** The tasks that are known by now. */
  readonly taskIds: readonly string[];
  /** Whether anything was submitted, or may have been. */
  readonly hasSubmitted: boolean;
  /** Whether a submission's outcome is not known. */
  readonly isInDoubt: boolean;
}

/** Task ids that an advice names; more stand in the result. */
const MAX_NAMED_IDS = 10;

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

export function memoryOf(run: {
  readonly command: string;
  readonly stateFile: string | undefined;
  readonly outcome: Outcome;
}): Memory {
  const { submissions, openAttempts } = run.outcome.state.saved;
  const isWatching = run.command === "wait" || run.command === "status";
  return {
    kind: isWatching ? "watches" : run.stateFile === undefined ? "none" : "stateFile",
    taskIds: run.outcome.taskIds,
    hasSubmitted: submissions.length > 0 || openAttempts.length > 0,
    isInDoubt: openAttempts.length > 0,
  };
}

/** What to do about a failure, where the usual advice to run again would submit again what was submitted. */
export function adviceWithoutMemory(error: GateError, memory: Memory): string | undefined {
  if (memory.kind !== "none" || !memory.hasSubmitted) return undefined;
  const isToResume = CODES_TO_RESUME.includes(error.code);
  if (memory.isInDoubt) {
    const first = isToResume ? "" : `${inCliWords(error.advice)} `;
    return `${first}Find out first whether the submission was accepted: look for these URLs among the preload records of the CDN console${statusText(memory)}. Without --state another run knows nothing of this one and submits them again.`;
  }
  if (!isToResume) return undefined;
  return `Go on with \`cdn-preload-gate wait ${idsText(memory)}\`, or ask once with \`status\` in its place. Without --state another run knows nothing of this one and submits all its URLs again.`;
}

/** A text of the gate, which takes it that the next run knows of this one. */
export function withoutPromises(text: string, memory: Memory): string {
  if (memory.kind !== "none") return text;
  return text.replaceAll("; the next run looks it up again", "; without --state no later run can look it up");
}

function statusText(memory: Memory): string {
  return memory.taskIds.length === 0 ? "" : `, and ask \`cdn-preload-gate status ${idsText(memory)}\``;
}

function idsText({ taskIds }: Memory): string {
  const named = taskIds.slice(0, MAX_NAMED_IDS).join(",");
  return taskIds.length > MAX_NAMED_IDS ? `${named},…` : named;
}
