import type { GatePolicy } from "../../core/policy";
import type { GateEvent, Outcome } from "../../gate";
import { withoutLanguage } from "../cli-language";
import { cliWording, memoryOf } from "../cli-wording";
import { gateDocumentOf, type ToldNotice } from "../document/gate-document";
import type { ChangedSince } from "../document/schema";
import { finishGate } from "../finish";
import { listenForInterruption } from "../interruption";
import { argumentsAgain } from "../options/arguments-again";
import type { ConnectionOptions, OutputOptions } from "../options/command-options";
import type { ReportRequest } from "../options/report-option";
import { ProgressHistory } from "../output/progress-history";
import { createProgressView, type ProgressView } from "../output/progress-view";
import { resumeOf } from "../resume-command";
import type { StateFile } from "../state-file";

/** A command that judges: `run`, `submit`, `wait` or `status`. */
export interface JudgingCommand {
  readonly name: "run" | "submit" | "wait" | "status";
  readonly startedAtMs: number;
  readonly policy: GatePolicy;
  readonly options: OutputOptions & ConnectionOptions & { readonly state?: string | undefined };
  readonly reports: readonly ReportRequest[];
  /** Where the same command again goes on from. */
  readonly resumesFrom?: StateFile | undefined;
  readonly changedSince?: ChangedSince | undefined;
}

/** What a judging command works with. */
export interface JudgingStage {
  /** Tells something that stays, also in the document. */
  readonly tell: ProgressView["tell"];
  /** Aborts at the user's first interruption. */
  readonly signal: AbortSignal;
  /** Shows what the gate tells. */
  readonly onEvent: (event: GateEvent) => void;
}

/** Runs the gate of a command with a progress view that can be interrupted, and tells what came of it. */
export async function judgeAndTell(
  { name, startedAtMs, policy, options, reports, resumesFrom, changedSince }: JudgingCommand,
  judge: (stage: JudgingStage) => Promise<Outcome>,
): Promise<void> {
  // One poll has no progress to show.
  const quiet = (options.quiet ?? false) || name === "status";
  const wording = cliWording(memoryOf({ command: name, stateFile: options.state }));
  const view = createProgressView({ quiet, wording });
  const history = new ProgressHistory();
  const interruption = listenForInterruption({
    first: () => view.tell("info", { kind: "interrupting" }),
    second: () => view.end(),
  });
  const notices: ToldNotice[] = [];
  const tell: ProgressView["tell"] = (severity, notice) => {
    notices.push({ of: "commandLine", notice });
    view.tell(severity, notice);
  };
  const onEvent = (event: GateEvent) => {
    if (event.type === "notice") notices.push({ of: "gate", notice: event.notice });
    history.take(event);
    view.show(event);
  };
  try {
    if (options.appliedConfig) tell("info", { kind: "settingsOfFile", config: options.appliedConfig });
    const outcome = await judge({ tell, signal: interruption.signal, onEvent });
    view.end();
    const resume = resumeOf({
      outcome,
      argv: withoutLanguage(process.argv.slice(2)),
      stateFile: resumesFrom,
      carriedArguments: argumentsAgain({ ...options, ...policy }, "gate", "identity", "connection"),
    });
    const { failure } = outcome;
    const run = {
      command: name,
      startedAtMs,
      outcome,
      policy,
      progress: history.points,
      notices,
      changedSince,
      stateFile: options.state,
      resume,
      env: process.env,
    };
    finishGate((language) => gateDocumentOf(run, language), {
      json: options.json ?? false,
      showQueries: options.showQueries ?? false,
      reports,
      env: process.env,
      failure,
    });
  } finally {
    view.end();
    interruption.end();
  }
}
