import {
  type GateState,
  partKey,
  type RowOfTask,
  splitTaskIds,
  type TaskPart,
  type UrlResult,
  type UrlState,
  urlsOfOpenAttempts,
} from "./gate-state";
import { type GatePolicy, needsDetail } from "./policy";
import { hasEnded, hasFailed, isRunning } from "./task-status";

/**
 * - `passed`: every URL is preloaded, but for up to `maxFailedUrls` failures;
 * - `failed`: more URLs than that have failed;
 * - `inconclusive`: URLs were still pending, unknown or not submitted when the wait ended;
 * - `pending`: nobody has waited yet.
 */
export type Verdict = "passed" | "failed" | "inconclusive" | "pending";

export interface UrlCounts {
  readonly urls: number;
  readonly preloaded: number;
  readonly failed: number;
  readonly pending: number;
  readonly unknown: number;
  readonly notSubmitted: number;
}

export interface JudgeOptions {
  readonly policy: GatePolicy;
  /** For a gate that lists tasks: each of them has to have answered and ended. */
  readonly listedTaskIds?: readonly string[];
}

/** Each URL's state by what is known and by the policy; everything else stays as it is. */
export function withJudgedUrls(state: GateState, options: JudgeOptions): GateState {
  // One for all: at ten thousand URLs a poll, one for each is most of what a gate allocates.
  const context = {
    facts: new TaskFacts(state),
    policy: options.policy,
    open: urlsOfOpenAttempts(state, "preload"),
  };
  return {
    ...state,
    results: state.results.map((result) => {
      const judged = judgeUrl(result, context);
      return withItsTask(judged === result.state ? result : { ...result, state: judged }, context.facts);
    }),
  };
}

/** Of several tasks that may have held a URL and have all answered, the only one that names it holds it. */
function withItsTask(result: UrlResult, facts: TaskFacts): UrlResult {
  const { rows, ...rest } = result;
  const only = rows?.length === 1 ? rows[0] : undefined;
  const isSettled = result.state === "preloaded" || result.state === "failed";
  if (only === undefined || !isSettled) return result;
  const haveAnswered = splitTaskIds(result.taskId).every((id) => facts.hasEnded(id));
  return haveAnswered ? { ...rest, taskId: only.taskId } : result;
}

/** How many of the URLs are in which state. */
export function countUrls(results: readonly UrlResult[]): UrlCounts {
  const counts = { urls: results.length, preloaded: 0, failed: 0, pending: 0, unknown: 0, notSubmitted: 0 };
  // Not with `for`: until V8 has compiled it, that takes an object a step, at each poll for each URL.
  results.forEach((result) => {
    counts[result.state] += 1;
  });
  return counts;
}

/** The verdict on a state whose URLs are judged. Without a URL there is no evidence, and nothing passes. */
export function verdictOf(state: GateState, options: JudgeOptions): Exclude<Verdict, "pending"> {
  const counts = countUrls(state.results);
  const listed = listedTasks(state, options);
  // A task that names no URL may hold any number of them: more than whatever may fail.
  if (counts.failed > options.policy.maxFailedUrls || listed.failedWithoutUrl.length > 0) return "failed";
  // However many may fail, a gate that nothing has got through is no pass.
  if (counts.urls > 0 && counts.failed === counts.urls) return "failed";
  const allKnown = counts.preloaded + counts.failed === counts.urls && counts.urls > 0;
  const judgedAsAsked =
    !needsDetail(options.policy) || state.results.every((result) => hasDetail(state, result));
  return allKnown && judgedAsAsked && listed.unanswered.length === 0 && listed.silent.length === 0
    ? "passed"
    : "inconclusive";
}

/** What the tasks that a gate lists say beyond their URLs. */
export function listedTasks(
  state: GateState,
  options: Pick<JudgeOptions, "listedTaskIds">,
): {
  /** Not every part of them has answered and ended. */
  readonly unanswered: readonly string[];
  /** Failed as a whole, with no URL named. */
  readonly failedWithoutUrl: readonly TaskPart[];
  /** Complete, but with no URL named: no evidence. */
  readonly silent: readonly TaskPart[];
} {
  const ids = options.listedTaskIds ?? [];
  const nameless = state.tasks.filter(
    (task) => ids.includes(task.taskId) && task.namesNoUrl && hasEnded(task),
  );
  return {
    unanswered: ids.filter((id) => {
      const entries = state.tasks.filter((task) => task.taskId === id);
      return entries.length === 0 || !entries.every(hasEnded);
    }),
    failedWithoutUrl: nameless.filter(hasFailed),
    silent: nameless.filter((task) => !hasFailed(task)),
  };
}

/**
 * Ids of the tasks that may still say something: those of URLs that are not settled, and those that a gate
 * lists, as long as they have not ended. That one is too old to be asked about is the service's to say, and no
 * clock's. Where the policy asks for details, what is known by status-only evidence is not known yet.
 */
export function taskIdsToWatch(state: GateState, options: JudgeOptions): string[] {
  const facts = new TaskFacts(state);
  const wantsDetail = needsDetail(options.policy);
  // Thousands of URLs share a few tasks: each list of ids is split once.
  const ofUnsettled = new Set<string>();
  state.results.forEach((result) => {
    const isUnsettled = result.state === "pending" || result.state === "unknown" || wantsDetail;
    if (isUnsettled) ofUnsettled.add(result.taskId);
  });
  const ids = new Set([...[...ofUnsettled].flatMap(splitTaskIds), ...(options.listedTaskIds ?? [])]);
  const silent = new Set(state.results.flatMap((result) => facts.silentTaskIds(result)));
  return [...ids].filter((id) => {
    const isKnown = facts.hasEnded(id) && !(wantsDetail && facts.isStatusOnly(id)) && !silent.has(id);
    return !isKnown;
  });
}

/** The tasks that hold one URL. */
interface Holders {
  readonly taskIds: readonly string[];
  /** Those of their parts that are of the URL's domain. */
  readonly parts: readonly TaskPart[];
  /** How a URL stands that no row tells of, once that was asked: the same for each. */
  withoutRow?: UrlState;
  /** See {@link TaskFacts.silentTaskIds}; once that was asked. */
  silentTaskIds?: readonly string[];
}

/** What is known of the tasks of one state, made quick to look up. */
export class TaskFacts {
  readonly #byId = new Map<string, TaskPart[]>();
  /** By task ids, then by domain. */
  readonly #holders = new Map<string, Map<string, Holders>>();
  readonly #gone: ReadonlySet<string>;

  constructor(state: GateState) {
    for (const task of state.tasks) {
      const entries = this.#byId.get(task.taskId);
      if (entries) entries.push(task);
      else this.#byId.set(task.taskId, [task]);
    }
    this.#gone = new Set(state.saved.unresolvableTaskIds);
  }

  /** What is known of the tasks that hold a URL. Thousands of URLs share one answer. */
  holdersOf(result: Pick<UrlResult, "taskId" | "domain">): Holders {
    let byDomain = this.#holders.get(result.taskId);
    if (!byDomain) {
      byDomain = new Map();
      this.#holders.set(result.taskId, byDomain);
    }
    const known = byDomain.get(result.domain);
    if (known) return known;
    const taskIds = splitTaskIds(result.taskId);
    const parts = taskIds
      .flatMap((id) => this.#byId.get(id) ?? [])
      .filter((task) => task.domain === result.domain);
    const holders: Holders = { taskIds, parts };
    byDomain.set(result.domain, holders);
    return holders;
  }

  /** Whether everything was said that will be: the task ended, or has a status that nobody knows. */
  hasAnswered(taskId: string): boolean {
    const entries = this.#byId.get(taskId) ?? [];
    return entries.length > 0 && entries.every((task) => !isRunning(task));
  }

  /** Whether all of the task's parts have ended. */
  hasEnded(taskId: string): boolean {
    const entries = this.#byId.get(taskId) ?? [];
    return entries.length > 0 && entries.every(hasEnded);
  }

  /** Whether any of the task's parts is known by status-only evidence only. */
  isStatusOnly(taskId: string): boolean {
    return (this.#byId.get(taskId) ?? []).some((task) => task.evidence === "statusOnly");
  }

  /**
   * The tasks of a URL that may still tell of its domain, where none of them has: what they have of it may still run, and
   * that they have ended for other domains says nothing of it. Once one has told, the others may have none of it.
   */
  silentTaskIds(result: Pick<UrlResult, "taskId" | "domain">): readonly string[] {
    const holders = this.holdersOf(result);
    holders.silentTaskIds ??=
      holders.parts.length > 0
        ? []
        : holders.taskIds.filter((id) => !this.#gone.has(id) && !this.#gone.has(partKey(id, result.domain)));
    return holders.silentTaskIds;
  }

  /** Whether nothing will be heard of a task that has not ended: too old by the service's own word, or unknown to it for a whole wait. */
  isUnresolvable(taskId: string): boolean {
    return this.#gone.has(taskId) && !this.hasEnded(taskId);
  }
}

function judgeUrl(
  result: UrlResult,
  context: { facts: TaskFacts; policy: GatePolicy; open: ReadonlySet<string> },
): UrlState {
  const { facts, policy } = context;
  if (context.open.has(result.url)) return "unknown";
  const holders = facts.holdersOf(result);
  if (holders.taskIds.length === 0) return "notSubmitted";

  if (holders.parts.some((part) => part.isOlderThanSubmission)) return "unknown";
  if (result.rows !== undefined) return judgeRows(result.rows, holders, context);
  const holder = holders.taskIds.length === 1 ? holders.parts[0] : undefined;
  if (holder?.evidence === "statusOnly")
    return judgeStatusOnly(result, holder, facts.isUnresolvable(holder.taskId));
  if (holder && result.successPercent !== undefined) {
    return judgeRow(holder, result, policy, facts.isUnresolvable(holder.taskId));
  }
  holders.withoutRow ??= facts.silentTaskIds(result).length > 0 ? "pending" : judgeWithoutRow(holders, facts);
  return holders.withoutRow;
}

/**
 * Several tasks may hold the URL, and some name it: each of them has to have answered, whether it names the URL or
 * not, and the worst counts. A task that runs comes first: until it has ended nothing may be submitted again.
 */
function judgeRows(
  rows: readonly RowOfTask[],
  { taskIds, parts }: Holders,
  { facts, policy }: { facts: TaskFacts; policy: GatePolicy },
): UrlState {
  const states = taskIds.flatMap((taskId): UrlState[] => {
    const part = parts.find((task) => task.taskId === taskId);
    const row = rows.find((other) => other.taskId === taskId);
    const gone = facts.isUnresolvable(taskId);
    if (part === undefined) return facts.hasAnswered(taskId) ? [] : [gone ? "unknown" : "pending"];
    // It may hold only others of the URLs that were submitted together.
    if (row === undefined && hasEnded(part)) return [];
    if (part.evidence === "statusOnly")
      return [judgeStatusOnly({ state: row?.state ?? "pending" }, part, gone)];
    return [judgeRow(part, row ?? {}, policy, gone)];
  });
  const order: readonly UrlState[] = ["pending", "unknown", "failed", "preloaded"];
  return order.find((state) => states.includes(state)) ?? "unknown";
}

/** No row tells of the URL (yet): its tasks alone do. */
function judgeWithoutRow({ taskIds, parts: tasks }: Holders, facts: TaskFacts): UrlState {
  if (tasks.some((task) => !isRunning(task) && !hasEnded(task))) return "unknown";
  if (taskIds.every((id) => facts.hasAnswered(id))) return tasks.some(hasFailed) ? "failed" : "unknown";
  return taskIds.every((id) => facts.hasAnswered(id) || facts.isUnresolvable(id)) ? "unknown" : "pending";
}

function judgeRow(
  task: TaskPart,
  { successPercent = 0, refuted }: Pick<UrlResult, "successPercent" | "refuted">,
  policy: GatePolicy,
  gone: boolean,
): UrlState {
  if (isRunning(task)) return gone ? "unknown" : "pending";
  if (!hasEnded(task)) return "unknown";
  const hasFailedForUrl =
    refuted ?? (hasFailed(task) && (successPercent !== 100 || task.failedWithoutFailedUrl === true));
  if (hasFailedForUrl) return "failed";
  // With an error code none of its own rows may be below 100 %; one of another entry is judged by the policy.
  return successPercent > 0 && successPercent >= policy.minSuccessPercent ? "preloaded" : "failed";
}

/** A status-only row's state is the evidence itself; one that still waits when its task has ended had no row. */
function judgeStatusOnly(result: Pick<UrlResult, "state">, task: TaskPart, gone: boolean): UrlState {
  // What is counted and not shown may be another row of it.
  const isPartial = (task.unseenCount ?? 0) > 0;
  if (!isPartial && result.state !== "pending" && result.state !== "notSubmitted") return result.state;
  return isRunning(task) && !gone ? "pending" : "unknown";
}

/** Whether all that is known of a URL's tasks is detail evidence. */
export function hasDetail(state: GateState, result: UrlResult): boolean {
  const ids = splitTaskIds(result.taskId);
  const tasks = state.tasks.filter((task) => task.domain === result.domain && ids.includes(task.taskId));
  return tasks.length > 0 && tasks.every((task) => task.evidence === "detail");
}

/**
 * Whether a gate may go on although its verdict is inconclusive: only `onInconclusive: "warn"` says so, and
 * only for URLs that the service has accepted and not answered for in time. That a task is listed does not
 * say that it was accepted: it may be a wrong id.
 */
export function isLetThroughByWarn(
  state: GateState,
  verdict: Verdict,
  { policy, listedTaskIds = [] }: Pick<JudgeOptions, "policy" | "listedTaskIds">,
): boolean {
  if (verdict !== "inconclusive" || policy.onInconclusive !== "warn") return false;
  if (!listedTaskIds.every((id) => state.tasks.some((task) => task.taskId === id))) return false;
  if (state.saved.openAttempts.length > 0 || state.results.length === 0) return false;
  if (needsDetail(policy) && state.tasks.some((task) => task.evidence === "statusOnly" && hasEnded(task)))
    return false;
  return state.results.every((result) => result.taskId !== "");
}
