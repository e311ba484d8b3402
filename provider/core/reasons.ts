import { showDuration } from "./duration";
import { ERROR_FAMILIES, GateError } from "./errors";
import { type GateState, splitTaskIds, type TaskPart, type UrlResult } from "./gate-state";
import { countUrls, hasDetail, listedTasks, type UrlCounts, type Verdict } from "./judge";
import { type GatePolicy, needsDetail } from "./policy";
import { showUrl } from "./preload-url";
import { hasEnded, hasFailed } from "./task-status";

/** URLs that are named one by one; the rest is counted. */
const MAX_NAMED_URLS = 20;

export interface ReasonOptions {
  readonly policy: GatePolicy;
  /** What ended the work before every task had: a refusal, the deadline, an interruption. */
  readonly failure: GateError | undefined;
  readonly listedTaskIds?: readonly string[];
  readonly elapsedMs: number;
  /**
   * Whether the URLs are secret: reasons are kept and shown in plain text, so they then name a URL by its
   * place (`urls[3]`) and leave out its domain and the service's words on it.
   */
  readonly urlsAreSecret: boolean;
  /** Where each result's URL stands in the user's own list, which may hold one URL twice. Default: its place. */
  readonly urlPositions?: readonly number[] | undefined;
}

/**
 * Why a gate did not pass, for people: first the sum of it, then each URL with its task, domain, RetCode,
 * percent and the service's own words. Empty for a verdict that needs no explanation.
 */
export function reasonsOf(state: GateState, verdict: Verdict, options: ReasonOptions): string[] {
  if (verdict === "passed" || verdict === "pending") return [];
  const counts = countUrls(state.results);
  const named = [
    ...linesOf(state, "failed", options),
    ...linesOfListedTasks(state, options),
    ...(verdict === "inconclusive" ? linesOf(state, "unknown", options) : []),
    ...(verdict === "inconclusive" ? linesOf(state, "pending", options) : []),
    ...(verdict === "inconclusive" ? linesOf(state, "notSubmitted", options) : []),
    ...(verdict === "inconclusive" && needsDetail(options.policy) ? linesWithoutDetail(state, options) : []),
  ];
  const shown = named.slice(0, MAX_NAMED_URLS);
  const left = named.length - shown.length;
  return [
    headline(counts, verdict, options),
    ...shown,
    ...(left > 0 ? [`… and ${left} more; the output \`results\` has them all.`] : []),
    ...(options.failure && saysMoreThanItsTime(options.failure, counts)
      ? [explainFailure(options.failure, options.urlsAreSecret)]
      : []),
  ];
}

/** A deadline that passed while tasks ran is told by the headline; one with a cause, or before all was submitted, is not. */
function saysMoreThanItsTime(failure: GateError, counts: UrlCounts): boolean {
  return failure.code !== "timeout" || failure.cause !== undefined || counts.notSubmitted > 0;
}

/** A failure and what to do about it. The service's message may repeat a URL, so it is left out where these are secret. */
export function explainFailure(failure: GateError, urlsAreSecret: boolean): string {
  if (!urlsAreSecret) return `${failure.message} ${failure.advice}`;
  const facts = [
    ...(failure.operation ? [failure.operation] : []),
    ...(failure.serviceCode ? [failure.serviceCode] : []),
    ...(failure.requestId ? [`request ${failure.requestId}`] : []),
    ...(failure.taskIds?.length ? [`task ${failure.taskIds.join(", ")}`] : []),
  ];
  return `${ERROR_FAMILIES[failure.code].what}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}. ${failure.advice}`;
}

/** URLs that are preloaded as far as anyone could tell, by evidence that the policy does not take. */
function linesWithoutDetail(state: GateState, options: ReasonOptions): string[] {
  return state.results.flatMap((result, index) =>
    result.state === "preloaded" && !hasDetail(state, result) ? [lineOf(state, result, index, options)] : [],
  );
}

function headline(counts: UrlCounts, verdict: Verdict, options: ReasonOptions): string {
  const parts = [
    [counts.preloaded, "preloaded"],
    [counts.failed, "failed"],
    [counts.pending, "still pending"],
    [counts.unknown, "unknown"],
    [counts.notSubmitted, "not submitted"],
  ] as const;
  const sums = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const of = `of ${counts.urls} ${counts.urls === 1 ? "URL" : "URLs"}: ${sums.join(", ") || "none known"}`;
  if (verdict === "failed") {
    const allowed =
      options.policy.maxFailedUrls > 0 ? ` (up to ${options.policy.maxFailedUrls} may fail)` : "";
    return `CDN preload failed; ${of}${allowed}.`;
  }
  const why = [
    ...(options.failure?.code === "timeout"
      ? [` at the deadline, after ${showDuration(options.elapsedMs)}`]
      : []),
    ...(malformedCause(options.failure) ? [" since the service's answers could not be understood"] : []),
  ].join(",");
  return `CDN preload inconclusive${why}; ${of}.`;
}

/** The answer that could not be understood, where the work ended for it, at once or at the deadline. */
export function malformedCause(failure: GateError | undefined): GateError | undefined {
  const cause = failure?.code === "timeout" ? failure.cause : failure;
  return cause instanceof GateError && cause.code === "malformedAnswer" ? cause : undefined;
}

function linesOf(state: GateState, wanted: UrlResult["state"], options: ReasonOptions): string[] {
  return state.results.flatMap((result, index) =>
    result.state === wanted ? [lineOf(state, result, index, options)] : [],
  );
}

function lineOf(state: GateState, result: UrlResult, index: number, options: ReasonOptions): string {
  const url = options.urlsAreSecret ? `urls[${options.urlPositions?.[index] ?? index}]` : showUrl(result.url);
  const ids = splitTaskIds(result.taskId);
  const tasks = tasksOf(state, result);
  const words =
    !options.urlsAreSecret && result.description ? ` The service says: ${quote(result.description)}` : "";
  return `${url}: ${whyOf(state, result, tasks, options)}${taskNote(ids, tasks, options)}.${words}`;
}

/** Why a URL is not preloaded, in words; `undefined` where it is, by evidence that the policy takes. */
export function explainUrl(
  state: GateState,
  result: UrlResult,
  options: Pick<ReasonOptions, "policy" | "failure">,
): string | undefined {
  const { policy } = options;
  if (result.state === "preloaded" && !(needsDetail(policy) && !hasDetail(state, result))) return undefined;
  return whyOf(state, result, tasksOf(state, result), options);
}

/** The parts of the tasks that may hold a URL; the one whose row of it is the worst comes first. */
function tasksOf(state: GateState, result: UrlResult): TaskPart[] {
  const ids = splitTaskIds(result.taskId);
  const tasks = state.tasks.filter((task) => ids.includes(task.taskId) && task.domain === result.domain);
  const worst = result.rows?.find((row) => row.successPercent === result.successPercent)?.taskId;
  return tasks.sort((a, b) => Number(b.taskId === worst) - Number(a.taskId === worst));
}

function whyOf(
  state: GateState,
  result: UrlResult,
  tasks: readonly TaskPart[],
  options: Pick<ReasonOptions, "policy" | "failure">,
): string {
  const task = tasks[0];
  const share = result.successPercent === undefined ? undefined : `${result.successPercent}% of POPs hold it`;
  if (state.saved.openAttempts.some((attempt) => attempt.urls.includes(result.url))) {
    return "nobody knows whether its submission was accepted, so it was not submitted again";
  }
  if (result.state === "failed") {
    // Status-only evidence has a row for it and no share: there is nothing more to say.
    if (tasks.some((part) => hasFailed(part) && part.evidence === "detail"))
      return `preload failed${share ? `, ${share}` : ", and the answer has no row for it"}`;
    if (share === undefined) return "preload failed";
    return `${share}, at least ${options.policy.minSuccessPercent || "one POP"}${options.policy.minSuccessPercent ? "%" : ""} must`;
  }
  if (result.state === "preloaded") {
    return "its task is complete by status-only evidence, which this gate does not take; if details can no longer be had, change `triggers`";
  }
  const older = tasks.find((part) => part.isOlderThanSubmission);
  if (older) return whyOlder(state, older);
  if (result.state === "notSubmitted") return "it was not submitted";
  const hiding = tasks.find((part) => (part.unseenCount ?? 0) > 0);
  if (hiding)
    return `the service counts ${hiding.unseenCount} more of its task than it shows, so nothing passes on the rest`;
  if (result.state === "pending") {
    const unheard = splitTaskIds(result.taskId).filter(
      (id) => !state.tasks.some((part) => part.taskId === id),
    );
    if (task && unheard.length > 0)
      return `task ${unheard.join(", ")} may hold it too and is not visible yet`;
    if (!task && malformedCause(options.failure)) return "no answer about its task could be understood";
    return task ? "its task still runs" : "its task is not visible yet";
  }
  if (task && !hasEnded(task)) return `its task has the status ${quote(task.status)}, which is not known`;
  if (task) return "its task ended without a word on it";
  return "its task is unknown to the service or older than three days";
}

function whyOlder(state: GateState, { taskId, creationTime, endTime }: TaskPart): string {
  const submission = state.saved.submissions.findLast((accepted) => accepted.taskIds.includes(taskId));
  const times = [
    `created ${creationTime}`,
    ...(endTime === undefined || endTime === creationTime ? [] : [`ended ${endTime}`]),
    ...(submission ? [`submitted ${new Date(submission.submittedAtMs).toISOString()}`] : []),
  ];
  return `the service shows a task that is older than this submission (${times.join(", ")}), which proves nothing`;
}

function taskNote(ids: readonly string[], tasks: readonly TaskPart[], options: ReasonOptions): string {
  if (ids.length === 0) return "";
  const task = tasks[0];
  const facts = [
    `task ${(task ? [task.taskId] : ids).join(", ")}`,
    ...(task && !options.urlsAreSecret ? [`domain ${task.domain}`] : []),
    ...(task?.retCode === undefined ? [] : [`RetCode ${task.retCode}`]),
    ...(task ? [`status ${task.status}`] : []),
    ...(task?.processPercent !== undefined && !hasEnded(task)
      ? [`${task.processPercent}% of POPs done`]
      : []),
    ...(task?.evidence === "statusOnly" ? ["status-only evidence"] : []),
    ...(task?.requestId ? [`request ${task.requestId}`] : []),
  ];
  return ` (${facts.join(", ")})`;
}

function linesOfListedTasks(state: GateState, options: ReasonOptions): string[] {
  const listed = listedTasks(state, options);
  return [
    ...listed.failedWithoutUrl.map(
      (task) => `The task failed and names no URL${taskNote([task.taskId], [task], options)}.`,
    ),
    ...listed.silent.map(
      (task) => `The task is complete but names no URL${taskNote([task.taskId], [task], options)}.`,
    ),
    ...listed.unanswered.map((taskId) => {
      const tasks = state.tasks.filter((task) => task.taskId === taskId);
      return `Task ${taskId} ${tasks.length > 0 ? "has not ended" : "has not answered"}${tasks.length > 0 ? taskNote([taskId], tasks, options) : ""}.`;
    }),
  ];
}

function quote(text: string): string {
  return JSON.stringify(text.length > 300 ? `${text.slice(0, 300)}…` : text);
}
