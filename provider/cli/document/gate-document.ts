import type { GateError } from "../../core/errors";
import { type Language, MACHINE_LANGUAGE } from "../../core/language";
import type { Notice } from "../../core/notices";
import type { GatePolicy } from "../../core/policy";
import { urlProblemOf } from "../../core/reasons";
import type { TaskResult } from "../../core/shown-tasks";
import { VERSION } from "../../core/version";
import type { Outcome } from "../../gate";
import type { CommandLineNotice } from "../../wording/command-line-words";
import type { Wording } from "../../wording/wording";
import { languageOption } from "../cli-language";
import { cliWording, memoryOf } from "../cli-wording";
import { exitCodeOf } from "../exit-code";
import type { Resume } from "../resume-command";
import type { UsageError } from "../usage-error";
import { urlAdviceOf } from "./advice";
import { buildOf } from "./build";
import type { ChangedSince, Fault, GateDocument, ProgressPoint, ReportedTask, ReportedUrl } from "./schema";

/** The first fields of every document. */
export function documentHead(command: string, startedAtMs: number) {
  return {
    schemaVersion: 1 as const,
    tool: { name: "cdn-preload-gate" as const, version: VERSION },
    command,
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: new Date().toISOString(),
  };
}

/** What was told on the way: by the gate, or by the command line itself. */
export type ToldNotice =
  | { readonly of: "gate"; readonly notice: Notice }
  | { readonly of: "commandLine"; readonly notice: CommandLineNotice };

export interface GateRun {
  readonly command: string;
  readonly startedAtMs: number;
  readonly outcome: Outcome;
  readonly policy: GatePolicy;
  readonly progress: readonly ProgressPoint[];
  /** What was told on the way. */
  readonly notices: readonly ToldNotice[];
  readonly changedSince: ChangedSince | undefined;
  readonly stateFile: string | undefined;
  readonly resume: Resume | undefined;
  /** The environment, which tells of the CI run. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** What a gate has found, as a document in a language. */
export function gateDocumentOf(run: GateRun, language: Language): GateDocument {
  const { outcome, policy } = run;
  const wording = cliWording(memoryOf(run), language);
  const { state, summary } = outcome;
  const { override: _, ...shownPolicy } = policy;
  return {
    kind: "gate",
    ...documentHead(run.command, run.startedAtMs),
    exitCode: exitCodeOf(outcome, { pendingIsFine: run.command === "submit" }),
    verdict: outcome.verdict,
    accepted: outcome.accepted,
    acceptedBy: outcome.acceptedBy ?? null,
    reasons: wording.reasons(outcome.reasons),
    policy: shownPolicy,
    summary: { ...summary, lowestSuccessPercent: summary.lowestSuccessPercent ?? null },
    taskIds: [...outcome.taskIds],
    results: outcome.results.map((result, index): ReportedUrl => {
      const { failure } = outcome;
      const problem = urlProblemOf(state, index, { policy, failure });
      return {
        url: result.url,
        domain: result.domain,
        taskId: result.taskId,
        state: result.state,
        successPercent: result.successPercent ?? null,
        description: result.description ?? null,
        problem: problem === undefined ? null : wording.urlProblem(problem),
        problemKind: problem?.kind ?? null,
        advice: problem === undefined ? null : wording.urlAdvice(urlAdviceOf(result, { policy, failure })),
      };
    }),
    tasks: outcome.tasks.map(taskOf),
    progress: [...run.progress],
    changedSince: run.changedSince ?? null,
    notices: run.notices.map((told) =>
      told.of === "gate" ? wording.notice(told.notice) : wording.commandLineNotice(told.notice),
    ),
    error: outcome.failure ? faultOf(outcome.failure, wording) : null,
    stateFile: run.stateFile ?? null,
    resumeCommand: run.resume ? resumeText(run.resume, language, wording) : null,
    build: buildOf(run.env ?? {}),
  };
}

/** The document for programs is the same in every language; for a reader the command goes on in theirs. */
function resumeText(resume: Resume, language: Language, wording: Wording): string {
  if (resume.kind === "sameCommand") return wording.reports.text.sameCommand;
  const isChosen = language !== MACHINE_LANGUAGE && languageOption(process.argv) !== undefined;
  // Before the command, since what follows `--` is no option.
  return isChosen ? resume.text.replace(/^cdn-preload-gate/, `$& --lang ${language}`) : resume.text;
}

/** An error as documents show it. */
export function faultOf(error: GateError | UsageError, wording: Wording): Fault {
  if (error.name === "UsageError") {
    return {
      ...NOTHING_OBSERVED,
      code: error.code,
      message: wording.usage(error.fault),
      advice: wording.adviceOn(error.code),
    };
  }
  return {
    code: error.code,
    message: wording.failure(error),
    advice: wording.advice(error),
    operation: error.operation ?? null,
    serviceCode: error.serviceCode ?? null,
    requestId: error.requestId ?? null,
  };
}

const NOTHING_OBSERVED = { operation: null, serviceCode: null, requestId: null } as const;

function taskOf(task: TaskResult): ReportedTask {
  return {
    taskId: task.taskId,
    domain: task.domain,
    status: task.status,
    retCode: task.retCode ?? null,
    process: task.process ?? null,
    creationTime: task.creationTime,
    endTime: task.endTime ?? null,
    requestId: task.requestId ?? null,
    evidence: task.evidence,
  };
}
