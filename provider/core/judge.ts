import {
  type GateState,
  identitiesInDoubt,
  type RowFacts,
  type RowWord,
  type TaskPart,
  type UrlFacts,
  type UrlState,
} from "./gate-state";
import { type GatePolicy, needsDetail } from "./policy";
import { factsOf, type Holders, type TaskFacts } from "./task-facts";
import { hasEnded, hasFailed, isRunning } from "./task-status";

/**
 * - `passed`: every URL is preloaded, but for up to `maxFailedUrls` failures;
 * - `failed`: more URLs than that have failed;
 * - `inconclusive`: URLs were still pending, unknown or not submitted when the wait ended;
 * - `pending`: no run has waited yet.
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

/** How the URLs of a state stand, by the facts and a policy. */
export interface JudgedUrls {
  /** One per URL, in the order of the state. */
  readonly states: readonly UrlState[];
  /** The share of POPs on which each URL's tasks have ended, from 0 to 100; 100 once it is judged. */
  readonly processPercents: Readonly<Float64Array>;
  readonly counts: UrlCounts;
}

const judgedByState = new WeakMap<GateState, Map<GatePolicy, JudgedUrls>>();

/** How each URL stands. Computed once for a state and a policy: the same two objects give the same answer. */
export function judgeUrls(state: GateState, policy: GatePolicy): JudgedUrls {
  const byPolicy = judgedOf(state);
  let judged = byPolicy.get(policy);
  if (!judged) {
    judged = judge(state, policy);
    byPolicy.set(policy, judged);
  }
  return judged;
}

function judgedOf(state: GateState): Map<GatePolicy, JudgedUrls> {
  let byPolicy = judgedByState.get(state);
  if (!byPolicy) {
    byPolicy = new Map();
    judgedByState.set(state, byPolicy);
  }
  return byPolicy;
}

/** A state that follows from another one by what an answer told. */
export interface Succession {
  readonly from: GateState;
  readonly to: GateState;
  /** The tasks of which a part was added or replaced. */
  readonly toldTaskIds: ReadonlySet<string>;
}

/**
 * Judges a state by what is judged of the one before it: anew only those URLs that changed, or whose tasks did. Of a
 * thousand tasks an answer changes one.
 */
export function carryJudgements({ from, to, toldTaskIds }: Succession): void {
  const { openAttempts, unresolvableTaskIds } = from.saved;
  // Doubts concern URLs that no answer has changed.
  if (openAttempts !== to.saved.openAttempts || unresolvableTaskIds !== to.saved.unresolvableTaskIds) return;
  for (const [policy, known] of judgedOf(from)) {
    const isKnown = (url: UrlFacts, at: number) =>
      url === from.urls[at] && !url.taskIds.some((id) => toldTaskIds.has(id));
    judgedOf(to).set(policy, judge(to, policy, { ...known, isKnown }));
  }
}

interface KnownJudgement extends JudgedUrls {
  /** Whether what it says of the URL at a place holds still. */
  isKnown(url: UrlFacts, at: number): boolean;
}

function judge(state: GateState, policy: GatePolicy, known?: KnownJudgement): JudgedUrls {
  const context = { facts: factsOf(state), policy, inDoubt: identitiesInDoubt(state, "preload") };
  const counts = {
    urls: state.urls.length,
    preloaded: 0,
    failed: 0,
    pending: 0,
    unknown: 0,
    notSubmitted: 0,
  };
  const states: UrlState[] = new Array(counts.urls);
  const processPercents = new Float64Array(counts.urls);
  state.urls.forEach((url, at) => {
    const holds = known?.isKnown(url, at) === true;
    const judged = holds ? known.states[at]! : judgeUrl(url, context);
    states[at] = judged;
    processPercents[at] = holds ? known.processPercents[at]! : processPercentOf(url, judged, context.facts);
    counts[judged] += 1;
  });
  return { states, processPercents, counts };
}

/** Of several tasks the slowest counts; one that nothing was told of has not begun. */
function processPercentOf({ taskIds, url }: UrlFacts, state: UrlState, facts: TaskFacts): number {
  if (state === "preloaded" || state === "failed") return 100;
  const { parts } = facts.holdersOf(taskIds, url.host);
  if (parts.length === 0 || parts.length < taskIds.length) return 0;
  return parts.reduce((least, { processPercent = 0 }) => Math.min(least, processPercent), 100);
}

/** The URLs of a state that stand in one of these ways. */
export function urlsThatAre(
  wanted: readonly UrlState[],
  state: GateState,
  policy: GatePolicy,
): readonly UrlFacts[] {
  const { states } = judgeUrls(state, policy);
  return state.urls.filter((_known, at) => wanted.includes(states[at]!));
}

/** The verdict on a state. Without a URL there is no evidence, and nothing passes. */
export function verdictOf(state: GateState, options: JudgeOptions): Exclude<Verdict, "pending"> {
  const { counts } = judgeUrls(state, options.policy);
  const listed = listedTasks(state, options);
  // A task that names no URL may hold any number of them: more than may fail.
  if (counts.failed > options.policy.maxFailedUrls || listed.failedWithoutUrl.length > 0) return "failed";
  // However many may fail, a gate that nothing has got through is no pass.
  if (counts.urls > 0 && counts.failed === counts.urls) return "failed";
  const allKnown = counts.preloaded + counts.failed === counts.urls && counts.urls > 0;
  const facts = factsOf(state);
  const judgedAsAsked = !needsDetail(options.policy) || state.urls.every((known) => facts.hasDetail(known));
  return allKnown && judgedAsAsked && listed.unanswered.length === 0 && listed.silent.length === 0
    ? "passed"
    : "inconclusive";
}

/** What the tasks that a gate lists say beyond their URLs. */
export function listedTasks(
  state: GateState,
  { listedTaskIds = [] }: Pick<JudgeOptions, "listedTaskIds">,
): {
  /** Not every part of them has answered and ended. */
  readonly unanswered: readonly string[];
  /** Failed as a whole, with no URL named. */
  readonly failedWithoutUrl: readonly TaskPart[];
  /** Complete, but with no URL named: no evidence. */
  readonly silent: readonly TaskPart[];
} {
  const isListed = new Set(listedTaskIds);
  const facts = factsOf(state);
  const nameless = state.tasks.filter(
    (task) => isListed.has(task.taskId) && task.namesNoUrl && hasEnded(task),
  );
  return {
    unanswered: listedTaskIds.filter((id) => !facts.hasEnded(id)),
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
  const isUnsettled = unsettledOf(state, options);
  const ids = new Set<string>();
  const silent = new Set<string>();
  let last: readonly string[] | undefined;
  state.urls.forEach((known, at) => {
    if (!isUnsettled(at)) return;
    // URLs that were submitted together share one list of ids.
    if (known.taskIds !== last) for (const id of known.taskIds) ids.add(id);
    last = known.taskIds;
    for (const id of factsOf(state).silentTaskIds(known)) silent.add(id);
  });
  for (const id of options.listedTaskIds ?? []) ids.add(id);
  return [...ids].filter((id) => silent.has(id) || !isFullyTold(id, state, options.policy));
}

/** Whether a task is one of those to watch, which costs less than to know them all. */
export function isToWatch(taskId: string, state: GateState, options: JudgeOptions): boolean {
  const isListed = options.listedTaskIds?.includes(taskId) === true;
  const isTold = isFullyTold(taskId, state, options.policy);
  if (isListed && !isTold) return true;
  const isUnsettled = unsettledOf(state, options);
  const facts = factsOf(state);
  return state.urls.some(
    (known, at) =>
      known.taskIds.includes(taskId) &&
      isUnsettled(at) &&
      (!isTold || facts.silentTaskIds(known).includes(taskId)),
  );
}

/** Whether the URL at a place waits for a task to tell more of it. */
function unsettledOf(state: GateState, { policy }: JudgeOptions): (at: number) => boolean {
  const { states } = judgeUrls(state, policy);
  const wantsDetail = needsDetail(policy);
  return (at) => wantsDetail || states[at] === "pending" || states[at] === "unknown";
}

/** Whether a task has told all that is asked of it, of the domains that it told of. */
function isFullyTold(taskId: string, state: GateState, policy: GatePolicy): boolean {
  const facts = factsOf(state);
  return facts.hasEnded(taskId) && !(needsDetail(policy) && facts.isStatusOnly(taskId));
}

function judgeUrl(
  known: UrlFacts,
  context: { facts: TaskFacts; policy: GatePolicy; inDoubt: ReadonlySet<string> },
): UrlState {
  const { facts, policy } = context;
  if (context.inDoubt.size > 0 && context.inDoubt.has(known.url.identity)) return "unknown";
  if (known.taskIds.length === 0) return "notSubmitted";
  const holders = facts.holdersOf(known.taskIds, known.url.host);
  if (holders.parts.some((part) => part.isOlderThanSubmission)) return "unknown";
  if (known.taskIds.length > 1 && known.rows.length > 0) return judgeRows(known.rows, holders, context);
  const holder = known.taskIds.length === 1 ? holders.parts[0] : undefined;
  const row = known.rows[0];
  if (holder?.evidence === "statusOnly")
    return judgeStatusOnly(row?.says, holder, facts.isUnresolvable(holder.taskId));
  if (holder && row?.successPercent !== undefined)
    return judgeRow(holder, row, policy, facts.isUnresolvable(holder.taskId));
  holders.withoutRow ??= facts.silentTaskIds(known).length > 0 ? "pending" : judgeWithoutRow(holders, facts);
  return holders.withoutRow;
}

/**
 * Several tasks may hold the URL, and some name it: each of them has to have answered, whether it names the URL or
 * not, and the worst counts. A task that runs comes first: until it has ended nothing may be submitted again.
 */
function judgeRows(
  rows: readonly RowFacts[],
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
    if (part.evidence === "statusOnly") return [judgeStatusOnly(row?.says, part, gone)];
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
  { successPercent = 0, refuted }: Pick<RowFacts, "successPercent" | "refuted">,
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

/** A status-only row that still waits when its task has ended counts as none. */
function judgeStatusOnly(says: RowWord | undefined, task: TaskPart, gone: boolean): UrlState {
  // What is counted and not shown may be another row of it.
  const isPartial = (task.unseenCount ?? 0) > 0;
  if (!isPartial && says !== undefined && says !== "pending") return says;
  return isRunning(task) && !gone ? "pending" : "unknown";
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
  const facts = factsOf(state);
  if (!listedTaskIds.every((id) => facts.partsOf(id).length > 0)) return false;
  if (state.saved.openAttempts.length > 0 || state.urls.length === 0) return false;
  if (needsDetail(policy) && state.tasks.some((task) => task.evidence === "statusOnly" && hasEnded(task)))
    return false;
  return state.urls.every(({ taskIds }) => taskIds.length > 0);
}
