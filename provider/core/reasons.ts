import { GateError } from "./errors";
import type { Failure } from "./failure-facts";
import { type GateState, splitTaskIds, type TaskPart, type UrlResult } from "./gate-state";
import { countUrls, hasDetail, listedTasks, type UrlCounts, type Verdict } from "./judge";
import { type GatePolicy, needsDetail } from "./policy";
import type { Reason, TaskNote, UrlProblem } from "./reason-facts";
import { hasEnded, hasFailed } from "./task-status";

/** URLs that are named one by one; the rest is counted. */
const MAX_NAMED_URLS = 20;

export interface ReasonOptions {
  readonly policy: GatePolicy;
  /** What ended the work before every task had: a refusal, the deadline, an interruption. */
  readonly failure: GateError | undefined;
  readonly listedTaskIds?: readonly string[];
  readonly elapsedMs: number;
  /** Where each result's URL stands in the user's own list, which may hold one URL twice. Default: its place. */
  readonly urlPositions?: readonly number[] | undefined;
}

/**
 * Why a gate did not pass: first the sum of it, then each URL with its task, domain, RetCode, percent and the service's
 * own words. Empty for a verdict that needs no explanation.
 */
export function reasonsOf(state: GateState, verdict: Verdict, options: ReasonOptions): Reason[] {
  if (verdict === "passed" || verdict === "pending") return [];
  const counts = countUrls(state.results);
  const named = [
    ...urlsThatAre(state, "failed", options),
    ...listedTaskReasons(state, options),
    ...(verdict === "inconclusive" ? urlsThatAre(state, "unknown", options) : []),
    ...(verdict === "inconclusive" ? urlsThatAre(state, "pending", options) : []),
    ...(verdict === "inconclusive" ? urlsThatAre(state, "notSubmitted", options) : []),
    ...(verdict === "inconclusive" && needsDetail(options.policy) ? urlsWithoutDetail(state, options) : []),
  ];
  const shown = named.slice(0, MAX_NAMED_URLS);
  const left = named.length - shown.length;
  return [
    sumOf(counts, verdict, options),
    ...shown,
    ...(left > 0 ? [{ kind: "more" as const, count: left }] : []),
    ...(options.failure && saysMoreThanItsTime(options.failure, counts)
      ? [{ kind: "failure" as const, failure: options.failure }]
      : []),
  ];
}

/** A deadline that passed while tasks ran is told by the sum; one with a cause, or before all was submitted, is not. */
function saysMoreThanItsTime(failure: GateError, counts: UrlCounts): boolean {
  return failure.code !== "timeout" || failure.cause !== undefined || counts.notSubmitted > 0;
}

function sumOf(counts: UrlCounts, verdict: "failed" | "inconclusive", options: ReasonOptions): Reason {
  const isLate = verdict === "inconclusive" && options.failure?.code === "timeout";
  return {
    kind: "sum",
    verdict,
    counts,
    maxFailedUrls: options.policy.maxFailedUrls,
    waitedMs: isLate ? options.elapsedMs : undefined,
    isNotUnderstood: malformedCause(options.failure) !== undefined,
  };
}

/** The answer that could not be understood, where the work ended for it, at once or at the deadline. */
export function malformedCause(failure: GateError | undefined): Failure | undefined {
  const cause = failure?.code === "timeout" ? failure.cause : failure;
  return cause instanceof GateError && cause.code === "malformedAnswer" ? cause : undefined;
}

/** URLs that are preloaded as far as anyone could tell, by evidence that the policy does not take. */
function urlsWithoutDetail(state: GateState, options: ReasonOptions): Reason[] {
  return state.results.flatMap((result, index) =>
    result.state === "preloaded" && !hasDetail(state, result)
      ? [urlReason(state, result, index, options)]
      : [],
  );
}

function urlsThatAre(state: GateState, wanted: UrlResult["state"], options: ReasonOptions): Reason[] {
  return state.results.flatMap((result, index) =>
    result.state === wanted ? [urlReason(state, result, index, options)] : [],
  );
}

function urlReason(state: GateState, result: UrlResult, index: number, options: ReasonOptions): Reason {
  const tasks = tasksOf(state, result);
  return {
    kind: "url",
    url: result.url,
    position: options.urlPositions?.[index] ?? index,
    problem: problemWith(state, result, tasks, options),
    task: noteOf(splitTaskIds(result.taskId), tasks),
    words: result.description,
  };
}

/** Why a URL is not preloaded; `undefined` where it is, by evidence that the policy takes. */
export function urlProblemOf(
  state: GateState,
  result: UrlResult,
  options: Pick<ReasonOptions, "policy" | "failure">,
): UrlProblem | undefined {
  const { policy } = options;
  if (result.state === "preloaded" && !(needsDetail(policy) && !hasDetail(state, result))) return undefined;
  return problemWith(state, result, tasksOf(state, result), options);
}

/** The parts of the tasks that may hold a URL; the one whose row of it is the worst comes first. */
function tasksOf(state: GateState, result: UrlResult): TaskPart[] {
  const ids = splitTaskIds(result.taskId);
  const tasks = state.tasks.filter((task) => ids.includes(task.taskId) && task.domain === result.domain);
  const worst = result.rows?.find((row) => row.successPercent === result.successPercent)?.taskId;
  return tasks.sort((a, b) => Number(b.taskId === worst) - Number(a.taskId === worst));
}

function problemWith(
  state: GateState,
  result: UrlResult,
  tasks: readonly TaskPart[],
  options: Pick<ReasonOptions, "policy" | "failure">,
): UrlProblem {
  if (state.saved.openAttempts.some((attempt) => attempt.urls.includes(result.url))) {
    return { kind: "outcomeOpen" };
  }
  if (result.state === "failed") return failedProblem(result, tasks, options.policy);
  if (result.state === "preloaded") return { kind: "statusOnly" };
  const older = tasks.find((part) => part.isOlderThanSubmission);
  if (older) return olderTask(state, older);
  if (result.state === "notSubmitted") return { kind: "notSubmitted" };
  const unseenCount = tasks.find((part) => (part.unseenCount ?? 0) > 0)?.unseenCount;
  if (unseenCount !== undefined) return { kind: "rowsNotShown", count: unseenCount };
  return result.state === "pending" ? pendingProblem(state, result, tasks, options) : unknownProblem(tasks);
}

function failedProblem(result: UrlResult, tasks: readonly TaskPart[], policy: GatePolicy): UrlProblem {
  const { successPercent } = result;
  // Status-only evidence has a row for it and no share: there is nothing more to say.
  if (tasks.some((part) => hasFailed(part) && part.evidence === "detail")) {
    return { kind: "taskFailed", successPercent };
  }
  if (successPercent === undefined) return { kind: "rowFailed" };
  return { kind: "tooFewPops", successPercent, minSuccessPercent: policy.minSuccessPercent };
}

function olderTask(state: GateState, { taskId, creationTime, endTime }: TaskPart): UrlProblem {
  const submission = state.saved.submissions.findLast((accepted) => accepted.taskIds.includes(taskId));
  return { kind: "olderTask", creationTime, endTime, submittedAtMs: submission?.submittedAtMs };
}

function pendingProblem(
  state: GateState,
  result: UrlResult,
  [task]: readonly TaskPart[],
  options: Pick<ReasonOptions, "failure">,
): UrlProblem {
  const taskIds = splitTaskIds(result.taskId).filter((id) => !state.tasks.some((part) => part.taskId === id));
  if (task && taskIds.length > 0) return { kind: "otherTaskNotVisible", taskIds };
  if (!task && malformedCause(options.failure)) return { kind: "notUnderstood" };
  return { kind: task ? "running" : "notVisible" };
}

function unknownProblem([task]: readonly TaskPart[]): UrlProblem {
  if (task && !hasEnded(task)) return { kind: "unknownStatus", status: task.status };
  return { kind: task ? "noRow" : "taskGone" };
}

function noteOf(ids: readonly string[], [task]: readonly TaskPart[]): TaskNote | undefined {
  if (ids.length === 0) return undefined;
  if (!task) return { taskIds: ids };
  return {
    taskIds: [task.taskId],
    domain: task.domain,
    retCode: task.retCode,
    status: task.status,
    processPercent: hasEnded(task) ? undefined : task.processPercent,
    isStatusOnly: task.evidence === "statusOnly",
    requestId: task.requestId,
  };
}

function listedTaskReasons(state: GateState, options: ReasonOptions): Reason[] {
  const listed = listedTasks(state, options);
  const about = (task: TaskPart) => noteOf([task.taskId], [task])!;
  return [
    ...listed.failedWithoutUrl.map((task) => ({ kind: "taskFailed" as const, task: about(task) })),
    ...listed.silent.map((task) => ({ kind: "taskSilent" as const, task: about(task) })),
    ...listed.unanswered.map((taskId) => {
      const task = state.tasks.find((part) => part.taskId === taskId);
      return { kind: "taskUnanswered" as const, taskId, task: task && about(task) };
    }),
  ];
}
