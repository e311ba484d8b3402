import type { Outcome } from "../gate";
import type { StateFile } from "./state-file";

/** An argument as a POSIX shell takes it. */
function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** A longer one is no help to anybody. */
const MAX_ARGUMENTS = 30;

/** How to go on: by a command, or by this run's own, which cannot be shown. */
export type Resume = { readonly kind: "command"; readonly text: string } | { readonly kind: "sameCommand" };

export interface ResumeOptions {
  readonly outcome: Outcome;
  readonly argv: readonly string[];
  readonly stateFile: StateFile | undefined;
  /** The policy and the connection of this run, as options. */
  readonly carriedArguments: readonly string[];
}

/**
 * What goes on with what is not settled: with a state file the same command again, which also submits what
 * is missing; without one a `wait` for the tasks that are known. `undefined` where nothing is left to wait for.
 */
export function resumeOf({ outcome, argv, stateFile, carriedArguments }: ResumeOptions): Resume | undefined {
  const isSettled = outcome.verdict === "passed" || outcome.verdict === "failed";
  const isInterrupted = outcome.failure?.code === "interrupted";
  if (isSettled && !isInterrupted) return undefined;
  if (stateFile !== undefined && argv[0] !== undefined) {
    // A header and a query string may hold a token, and a long command is the caller's own to repeat.
    const isShowable =
      argv.length <= MAX_ARGUMENTS && !argv.some((argument) => /^(-H|--header)|\?/.test(argument));
    return isShowable ? commandOf(argv) : { kind: "sameCommand" };
  }
  if (outcome.taskIds.length === 0) return undefined;
  return commandOf(["wait", outcome.taskIds.join(","), ...carriedArguments]);
}

function commandOf(argv: readonly string[]): Resume {
  return { kind: "command", text: ["cdn-preload-gate", ...argv].map(quote).join(" ") };
}
