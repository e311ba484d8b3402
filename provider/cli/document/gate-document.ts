import type { GateError } from "../../core/errors";
import type { TaskPart } from "../../core/gate-state";
import type { GatePolicy } from "../../core/policy";
import { explainUrl } from "../../core/reasons";
import { shownTask } from "../../core/shown-tasks";
import { VERSION } from "../../core/version";
import type { Outcome } from "../../gate";
import { exitCodeOf } from "../exit-code";
import { adviceFor } from "./advice";
import { inCliWords } from "./cli-words";
import { adviceWithoutMemory, type Memory, memoryOf, withoutPromises } from "./memory";
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
  const memory = memoryOf(run);
  const inWords = (text: string) => withoutPromises(inCliWords(text), memory);
  const { state, summary } = outcome;
  const { minSuccessPercent, maxFailedUrls, requireDetail, onInconclusive } = policy;
  return {
    kind: "gate",
    ...documentHead(run.command, run.startedAtMs),
    exitCode: exitCodeOf(outcome, { pendingIsFine: run.command === "submit" }),
    verdict: outcome.verdict,
    accepted: outcome.accepted,
    acceptedBy: outcome.acceptedBy ?? null,
    reasons: outcome.reasons.map((reason) => inWords(withAdvice(reason, outcome.failure, memory))),
    policy: { minSuccessPercent, maxFailedUrls, requireDetail, onInconclusive },
    summary: { ...summary, lowestSuccessPercent: summary.lowestSuccessPercent ?? null },
    taskIds: [...outcome.taskIds],
    results: state.results.map((result): ReportedUrl => {
      const problem = explainUrl(state, result, { policy, failure: outcome.failure });
      return {
        url: result.url,
        domain: result.domain,
        taskId: result.taskId,
        state: result.state,
        successPercent: result.successPercent ?? null,
        description: result.description ?? null,
        problem: problem === undefined ? null : inWords(problem),
        advice:
          problem === undefined ? null : adviceFor(result, { policy, failure: outcome.failure, memory }),
      };
    }),
    tasks: state.tasks.map(taskOf),
    progress: [...run.progress],
    error: outcome.failure ? faultOf(outcome.failure, memory) : null,
    stateFile: run.stateFile ?? null,
    resumeCommand: run.resumeCommand ?? null,
  };
}

/** An error as documents show it. */
export function faultOf(error: GateError, memory?: Memory): Fault {
  const advice = memory && adviceWithoutMemory(error, memory);
  return {
    code: error.code,
    message: memory ? withoutPromises(inCliWords(error.message), memory) : inCliWords(error.message),
    advice: advice ?? inCliWords(error.advice),
    operation: error.operation ?? null,
    serviceCode: error.serviceCode ?? null,
    requestId: error.requestId ?? null,
  };
}

/** The core ends a reason with its advice; that of the command line takes its place. */
function withAdvice(reason: string, failure: GateError | undefined, memory: Memory): string {
  const advice = failure && adviceWithoutMemory(failure, memory);
  return failure && advice !== undefined && reason.endsWith(failure.advice)
    ? `${reason.slice(0, -failure.advice.length)}${advice}`
    : reason;
}

function taskOf(part: TaskPart): ReportedTask {
  const task = shownTask(part);
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
