import { GateError } from "./errors";
import type { Failure } from "./failure-facts";
import type { GateState, TaskPart, UrlFacts, UrlState } from "./gate-state";
import { judgeUrls, listedTasks, type UrlCounts, type Verdict } from "./judge";
import { type GatePolicy, needsDetail } from "./policy";
import type { Reason, TaskNote, UrlProblem } from "./reason-facts";
import { worstRowOf } from "./shown-results";
import { factsOf } from "./task-facts";
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
  const { counts } = judgeUrls(state, options.policy);
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
  const { states } = judgeUrls(state, options.policy);
  const facts = factsOf(state);
  return state.urls.flatMap((known, index) =>
    states[index] === "preloaded" && !facts.hasDetail(known) ? [urlReason(state, index, options)] : [],
  );
}

function urlsThatAre(state: GateState, wanted: UrlState, options: ReasonOptions): Reason[] {
  const { states } = judgeUrls(state, options.policy);
  return states.flatMap((judged, index) => (judged === wanted ? [urlReason(state, index, options)] : []));
}

function urlReason(state: GateState, index: number, options: ReasonOptions): Reason {
  const known = state.urls[index]!;
  const tasks = tasksOf(state, known);
  return {
    kind: "url",
    url: known.url.written,
    position: options.urlPositions?.[index] ?? index,
    problem: problemWith(state, index, tasks, options),
    task: noteOf(known.taskIds, tasks),
    words: worstRowOf(known.rows)?.description,
  };
}

/** Why a URL is not preloaded; `undefined` where it is, by evidence that the policy takes. */
export function urlProblemOf(
  state: GateState,
  index: number,
  options: Pick<ReasonOptions, "policy" | "failure">,
): UrlProblem | undefined {
  const { policy } = options;
  const known = state.urls[index]!;
  const isPreloaded = judgeUrls(state, policy).states[index] === "preloaded";
  if (isPreloaded && !(needsDetail(policy) && !factsOf(state).hasDetail(known))) return undefined;
  return problemWith(state, index, tasksOf(state, known), options);
}

/** The parts of the tasks that may hold a URL; the one whose row of it is the worst comes first. */
function tasksOf(state: GateState, { taskIds, url, rows }: UrlFacts): TaskPart[] {
  const { parts } = factsOf(state).holdersOf(taskIds, url.host);
  const worst = worstRowOf(rows)?.taskId;
  return parts.toSorted((a, b) => Number(b.taskId === worst) - Number(a.taskId === worst));
}

function problemWith(
  state: GateState,
  index: number,
  tasks: readonly TaskPart[],
  options: Pick<ReasonOptions, "policy" | "failure">,
): UrlProblem {
  const known = state.urls[index]!;
  const judged = judgeUrls(state, options.policy).states[index];
  const isOpen = state.saved.openAttempts.some(({ urls }) =>
    urls.some(({ identity }) => identity === known.url.identity),
  );
  if (isOpen) return { kind: "outcomeOpen" };
  if (judged === "failed") return failedProblem(known, tasks, options.policy);
  if (judged === "preloaded") return { kind: "statusOnly" };
  const older = tasks.find((part) => part.isOlderThanSubmission);
  if (older) return olderTask(state, older);
  if (judged === "notSubmitted") return { kind: "notSubmitted" };
  const unseenCount = tasks.find((part) => (part.unseenCount ?? 0) > 0)?.unseenCount;
  if (unseenCount !== undefined) return { kind: "rowsNotShown", count: unseenCount };
  return judged === "pending" ? pendingProblem(state, known, tasks, options) : unknownProblem(tasks);
}

function failedProblem({ rows }: UrlFacts, tasks: readonly TaskPart[], policy: GatePolicy): UrlProblem {
  const successPercent = worstRowOf(rows)?.successPercent;
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
  known: UrlFacts,
  [task]: readonly TaskPart[],
  options: Pick<ReasonOptions, "failure">,
): UrlProblem {
  const taskIds = known.taskIds.filter((id) => factsOf(state).partsOf(id).length === 0);
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
