import type { GateError } from "../../core/errors";
import type { TaskResult } from "../../core/gate-state";
import type { GatePolicy } from "../../core/policy";
import { explainUrl } from "../../core/reasons";
import { VERSION } from "../../core/version";
import type { Outcome } from "../../gate";
import { exitCodeOf } from "../exit-code";
import { adviceFor } from "./advice";
import { inCliWords } from "./cli-words";
import type { Fault, GateDocument, ProgressPoint, ReportedTask, ReportedUrl } from "./schema";

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

export interface GateRun {
  readonly command: string;
  readonly startedAtMs: number;
  readonly outcome: Outcome;
  readonly policy: GatePolicy;
  readonly progress: readonly ProgressPoint[];
  readonly stateFile: string | undefined;
  readonly resumeCommand: string | undefined;
}

/** What a gate has found, as a document. */
export function gateDocumentOf(run: GateRun): GateDocument {
  const { outcome, policy } = run;
  const { state, summary } = outcome;
  const { minSuccessPercent, maxFailedUrls, requireDetail, onInconclusive } = policy;
  return {
    kind: "gate",
    ...documentHead(run.command, run.startedAtMs),
    exitCode: exitCodeOf(outcome, { pendingIsFine: run.command === "submit" }),
    verdict: outcome.verdict,
    accepted: outcome.accepted,
    acceptedBy: outcome.acceptedBy ?? null,
    reasons: outcome.reasons.map(inCliWords),
    policy: { minSuccessPercent, maxFailedUrls, requireDetail, onInconclusive },
    summary: { ...summary, lowestSuccessPercent: summary.lowestSuccessPercent ?? null },
    taskIds: [...outcome.taskIds],
    results: state.results.map((result): ReportedUrl => {
      const problem = explainUrl(state, result, { policy, stop: outcome.stop });
      return {
        url: result.url,
        domain: result.domain,
        taskId: result.taskId,
        state: result.state,
        successPercent: result.successPercent ?? null,
        description: result.description ?? null,
        problem: problem === undefined ? null : inCliWords(problem),
        advice: problem === undefined ? null : adviceFor(result, policy, outcome.stop),
      };
    }),
    tasks: state.tasks.map(taskOf),
    progress: [...run.progress],
    error: outcome.stop ? faultOf(outcome.stop) : null,
    stateFile: run.stateFile ?? null,
    resumeCommand: run.resumeCommand ?? null,
  };
}

/** An error as documents show it. */
export function faultOf(error: GateError): Fault {
  return {
    code: error.code,
    message: inCliWords(error.message),
    advice: inCliWords(error.advice),
    operation: error.operation ?? null,
    serviceCode: error.serviceCode ?? null,
    requestId: error.requestId ?? null,
  };
}

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
