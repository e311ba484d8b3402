import {
  type AttemptRows,
  CLOCK_MARGIN_MS,
  joinedRows,
  sortRows,
  taskIdsOf,
  windowOf,
} from "../core/attempt-search";
import { GateError } from "../core/errors";
import type { OpenAttempt } from "../core/gate-state";
import { IncompleteSearchError } from "../core/incomplete-search";
import type { Notice } from "../core/notices";
import type { PreloadUrl } from "../core/preload-url";
import { SIGNATURE_VALIDITY_MS, VISIBILITY_DELAY_MS } from "../core/service-limits";
import { withChangedAttempt, withoutOpenAttempt, withSubmission } from "../core/state-changes";
import type { StatusRow } from "../core/task";
import { asFailure, postponable } from "./failure";
import { serverTimeAt } from "./server-time";
import { isPastForService, isTooOld } from "./service-window";
import type { StepOptions } from "./step-options";

/** Delays between searches for the tasks of one attempt, in milliseconds. */
const DELAY_MS = { first: 1_000, longest: 30_000 } as const;
/** How long a run that does not wait searches all the same: until a task that was accepted is visible. */
const BRIEF_SEARCH_MS = VISIBILITY_DELAY_MS + 2 * CLOCK_MARGIN_MS;
/**
 * How long after one task of a submission all its tasks are visible, in milliseconds. A URL's tasks are taken over
 * together: with one of several, a gate would pass by that one alone.
 */
const ALL_TASKS_MS = VISIBILITY_DELAY_MS + CLOCK_MARGIN_MS;
/** Searches that fail in a row, each tried several times already, after which the attempt stays open. */
const MAX_FAILED_SEARCHES = 5;

export interface ReconcileOptions extends StepOptions {
  /** `false`: what became of a submission is searched for only until its tasks would be visible. */
  readonly wait: boolean;
}

/** An attempt that this process has sent, and when its last request left, by the local clock. */
type SentByUs = { readonly localSentAtMs?: number };

/**
 * Finds out what became of a submission whose outcome is not known, by looking for its tasks: by domain, in
 * the window of server time in which the service may have accepted it, by exact URL. What is found is
 * adopted. What is not found by the end of the window and the visibility delay after it was certainly not
 * accepted, and may be submitted again.
 *
 * @param attempt the very object that the state holds.
 * @returns the URLs that were certainly not accepted, once the attempt is closed.
 * @throws GateError why it stays open.
 */
export async function resolveAttempt(
  attempt: OpenAttempt,
  options: ReconcileOptions & SentByUs,
): Promise<readonly PreloadUrl[]> {
  const { client, clock, signal, emit } = options;
  const untilMs = options.wait
    ? options.deadlineMs
    : Math.min(options.deadlineMs, clock.nowMs() + BRIEF_SEARCH_MS);
  let step: SearchStep = { open: attempt, doubtful: new Map(), seenAtMs: new Map() };
  let delayMs: number = DELAY_MS.first;
  let failedSearches = 0;
  for (;;) {
    step = await searchForTasks(step, options);
    if (step.notAccepted) return step.notAccepted;
    failedSearches = step.fault ? failedSearches + 1 : 0;
    if (step.fault && (!step.fault.retryable || failedSearches >= MAX_FAILED_SEARCHES)) throw step.fault;
    if (step.isLateStart) continue;
    const leftMs = untilMs - clock.nowMs();
    if (leftMs <= 0) throw stillOpen(step.open, step.doubtful);
    if (delayMs === DELAY_MS.first)
      emit({ type: "notice", severity: "warning", notice: searchingFor(step.open) });
    const untilCompleteMs = Math.max(completeAtMs(step.open) - client.serverNowMs("farthestBack"), 0);
    const pauseMs = Math.min(delayMs, leftMs, Math.max(untilCompleteMs, DELAY_MS.first));
    await clock.sleep(pauseMs, signal);
    delayMs = Math.min(delayMs * 2, DELAY_MS.longest);
  }
}

/** How an attempt stands after a search for its tasks. */
interface SearchStep {
  /** What is still open of it, as the state holds it. */
  readonly open: OpenAttempt;
  readonly doubtful: AttemptRows["doubtful"];
  /** When tasks of each URL were first shown, by the local clock; by identity. */
  readonly seenAtMs: ReadonlyMap<string, number>;
  /** The URLs that were certainly not accepted, once it is closed. */
  readonly notAccepted?: readonly PreloadUrl[];
  /** Why not all of it could be asked about. */
  readonly fault?: GateError | undefined;
  /** The answer has told that it was sent earlier than was known: the search began too late. */
  readonly isLateStart?: true;
}

/** When no task of the attempt can turn up any more, by the service's clock. */
function completeAtMs(attempt: OpenAttempt): number {
  return windowOf(attempt).endTimeMs + VISIBILITY_DELAY_MS;
}

/** One poll: takes over what is found, and closes the attempt once nothing more can turn up. */
async function searchForTasks(step: SearchStep, options: StepOptions & SentByUs): Promise<SearchStep> {
  const { open } = step;
  const { client, clock, signal } = options;
  const asked = { localMs: clock.nowMs(), serverMs: client.serverNowMs("farthestBack") };
  let search: Search;
  try {
    search = await findTasks(open, options);
  } catch (error) {
    return { ...step, fault: asFailure(error, signal) };
  }
  const earlier = sentEarlier(open, options);
  if (earlier) return { ...step, open: earlier, fault: undefined, isLateStart: true };
  const { found, doubtful, reach, fault } = search;
  // Also by the time that the answer itself has told: until then the local clock may have been wrong, and
  // what it says of how long the answer took is wrong where someone has set it meanwhile.
  const knownMs = Math.min(asked.serverMs, serverTimeAt(asked.localMs, "farthestBack", options));
  const isComplete = reach === "past" || (reach === "whole" && knownMs >= completeAtMs(open));
  const seenAtMs = new Map([...found.keys()].map((key) => [key, step.seenAtMs.get(key) ?? asked.localMs]));
  const isWhole = ([identity, rows]: [string, readonly StatusRow[]]) =>
    isComplete ||
    asked.localMs - seenAtMs.get(identity)! >= ALL_TASKS_MS ||
    rows.every((row) => isOld(row, asked));
  const rest = adopt(open, new Map([...found].filter(isWhole)), options);
  if (!rest) return { open, doubtful, seenAtMs, notAccepted: [] };
  if (isComplete) return { open: rest, doubtful, seenAtMs, notAccepted: closeBut(doubtful, rest, options) };
  return { open: rest, doubtful, seenAtMs, fault };
}

/** Whether a row's task was created so long before a search that the search has shown its siblings too. */
function isOld({ createdMs }: StatusRow, asked: { readonly serverMs: number }): boolean {
  return createdMs !== undefined && createdMs + ALL_TASKS_MS <= asked.serverMs;
}

/** The attempt with an earlier time, where the clock had been set before it was sent, and only an answer tells. */
function sentEarlier(attempt: OpenAttempt, options: StepOptions & SentByUs): OpenAttempt | undefined {
  if (options.localSentAtMs === undefined) return undefined;
  const sentAtMs = serverTimeAt(options.localSentAtMs, "earliest", options);
  if (sentAtMs >= attempt.sentAtMs - CLOCK_MARGIN_MS) return undefined;
  const { run, client } = options;
  // Nor does it expire as late as a clock said that the service has refused: it was signed before now.
  const isRefusedClock = attempt.sentAtMs - sentAtMs > SIGNATURE_VALIDITY_MS;
  const latestMs = isRefusedClock ? client.serverNowMs() + SIGNATURE_VALIDITY_MS : Number.POSITIVE_INFINITY;
  const earlier = { ...attempt, sentAtMs, expiresAtMs: Math.min(attempt.expiresAtMs, latestMs) };
  run.set(withChangedAttempt(run.state, attempt, earlier));
  return earlier;
}

/**
 * Closes what an earlier run has left open.
 *
 * @throws GateError why the first attempt that stays open does, once the others were tried.
 */
export async function resolveOpenAttempts(options: ReconcileOptions): Promise<void> {
  let first: GateError | undefined;
  for (const attempt of options.run.state.saved.openAttempts) {
    try {
      await resolveAttempt(attempt, options);
    } catch (error) {
      first ??= postponable(error, options.signal);
    }
    // One that only a person can settle is no reason not to settle the others; one that could not be asked about is.
    if (first && (first.code !== "outcomeUnknown" || options.clock.nowMs() >= options.deadlineMs))
      throw first;
  }
  if (first) throw first;
}

/** What a search has shown, and how much of the attempt's window the service could look back to. */
interface Search extends AttemptRows {
  /** `past`: the service itself says that all of the window is more than three days ago; `part`: some of it. */
  readonly reach: "whole" | "part" | "past";
  /** Why it could not be read to its end. */
  readonly fault?: GateError | undefined;
}

/** The rows of tasks that the service has started in the attempt's window. */
export async function findTasks(
  attempt: OpenAttempt,
  options: Pick<StepOptions, "client" | "run" | "signal">,
): Promise<Search> {
  const { client, run, signal } = options;
  const domains = new Set(attempt.urls.map(({ host }) => host));
  const objectType = attempt.purpose === "preload" ? "preload" : "file";
  const parts: AttemptRows[] = [];
  let fault: GateError | undefined;
  for (const domain of domains) {
    try {
      const search = { domain, objectType, ...windowOf(attempt) };
      const answer = await client
        .describeRefreshTasks(search, { signal, priority: "high" })
        .catch(asIncomplete);
      if (answer instanceof IncompleteSearchError) fault = answer;
      const latestNowMs = client.serverNowMs("farthestAhead");
      parts.push(sortRows(answer.rows, { attempt, state: run.state, domain, latestNowMs }));
    } catch (error) {
      if (!isTooOld(error)) throw error;
      const filter = { domain, objectType };
      // What is too old is the end of the window, not its beginning: until then something may still run.
      const isPast = await isPastForService(windowOf(attempt).endTimeMs, { client, signal, filter });
      const reach = isPast ? "past" : "part";
      return { ...joinedRows(parts), reach, fault };
    }
  }
  return { ...joinedRows(parts), reach: fault ? "part" : "whole", fault };
}

/** What a search has shown is taken over although it has not shown all. */
function asIncomplete(error: unknown): IncompleteSearchError {
  if (error instanceof IncompleteSearchError) return error;
  throw error;
}

/**
 * Closes an attempt at the end of its time.
 *
 * @returns the URLs that were certainly not accepted.
 * @throws GateError where a row may tell of some of its URLs: with these it stays open.
 */
function closeBut(
  doubtful: AttemptRows["doubtful"],
  attempt: OpenAttempt,
  { run }: StepOptions,
): readonly PreloadUrl[] {
  const left = attempt.urls.filter(({ identity }) => doubtful.has(identity));
  const notAccepted = attempt.urls.filter(({ identity }) => !doubtful.has(identity));
  if (left.length === 0) {
    run.set(withoutOpenAttempt(run.state, attempt));
    return notAccepted;
  }
  const rest = { ...attempt, urls: left };
  run.set(withChangedAttempt(run.state, attempt, rest));
  throw stillOpen(rest, doubtful);
}

/** Takes over what was found, and returns what is still open. */
function adopt(
  attempt: OpenAttempt,
  found: AttemptRows["found"],
  options: StepOptions,
): OpenAttempt | undefined {
  const { run, emit } = options;
  let open: OpenAttempt | undefined = attempt;
  for (const entries of Map.groupBy(found, ([, rows]) => taskIdsOf(rows).join()).values()) {
    if (!open) return undefined;
    const urls = new Set(entries.map(([identity]) => identity));
    const left: PreloadUrl[] = open.urls.filter(({ identity }) => !urls.has(identity));
    const rest: OpenAttempt | undefined = left.length > 0 ? { ...open, urls: left } : undefined;
    const rows = entries[0]![1];
    const taskIds = taskIdsOf(rows);
    const submittedAtMs = Math.max(...rows.map(({ createdMs }) => createdMs ?? attempt.sentAtMs));
    run.set(withSubmission(run.state, { attempt: open, rest, taskIds, submittedAtMs }));
    emit({ type: "submitted", urls: urls.size, taskIds });
    open = rest;
  }
  return open;
}

function searchingFor(attempt: OpenAttempt): Notice {
  const { purpose, urls, sentAtMs } = attempt;
  const untilMs = windowOf(attempt).endTimeMs;
  return { kind: "searching", purpose, urls: urls.length, sentAtMs, untilMs };
}

/** The rows in doubt keep an attempt open: only a person can tell whose they are. */
function stillOpen({ purpose, urls, sentAtMs }: OpenAttempt, doubtful: AttemptRows["doubtful"]): GateError {
  const doubts = [...doubtful.values()].map(({ url, row, why }) => ({
    url,
    taskId: row.taskId,
    rowUrl: row.url,
    creationTime: row.creationTime,
    why,
  }));
  const taskIds = [...new Set(doubts.map(({ taskId }) => taskId))];
  return new GateError({ kind: "submissionOpen", purpose, urls: urls.length, sentAtMs, doubts }, { taskIds });
}
