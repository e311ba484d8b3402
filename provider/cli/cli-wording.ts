import { type Language, MACHINE_LANGUAGE } from "../core/language";
import type { Outcome } from "../gate";
import { COMMAND_LINE_NAMES } from "../wording/front-names";
import { catalogueOf } from "../wording/languages";
import type { Memory } from "../wording/reader";
import { Wording } from "../wording/wording";
import { cliLanguage } from "./cli-language";

/** The words of the command line, and of the GitHub Action that runs it. */
export function cliWording(memory: Memory = NOTHING_SUBMITTED, language: Language = cliLanguage()): Wording {
  const reader = { front: COMMAND_LINE_NAMES, memory, urlsAreSecret: false };
  return new Wording(catalogueOf(language), reader);
}

/** The words of documents for programs, which are the same for every reader. */
export function machineWording(): Wording {
  return cliWording(NOTHING_SUBMITTED, MACHINE_LANGUAGE);
}

/** What is known before a run, or by a command that submits nothing and waits for nothing. */
const NOTHING_SUBMITTED: Memory = { kind: "nothing", taskIds: [], hasSubmitted: false, isInDoubt: false };

/** What another run would know of this one. */
export function memoryOf(run: {
  readonly command: string;
  readonly stateFile: string | undefined;
  readonly outcome?: Outcome;
}): Memory {
  if (run.command === "wait" || run.command === "status") return { kind: "watching" };
  if (run.stateFile !== undefined) return { kind: "stateFile" };
  if (!run.outcome) return NOTHING_SUBMITTED;
  const { submissions, openAttempts } = run.outcome.state.saved;
  return {
    kind: "nothing",
    taskIds: run.outcome.taskIds,
    hasSubmitted: submissions.length > 0 || openAttempts.length > 0,
    isInDoubt: openAttempts.length > 0,
  };
}
