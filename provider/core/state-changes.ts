import {
  type GateState,
  identityOf,
  idsOf,
  newResult,
  type OpenAttempt,
  type Purpose,
  taskIdOfPart,
  type UrlResult,
} from "./gate-state";
import { type PreloadUrl, parsePreloadUrl } from "./preload-url";

/**
 * The same state for another list of URLs: what is known of a URL that stays is kept, a new one that was
 * wanted before gets its task back, and one that is no longer wanted is set aside.
 */
export function withUrls(state: GateState, urls: readonly PreloadUrl[]): GateState {
  const known = new Map<string, UrlResult>();
  for (const result of [...state.saved.removedResults, ...state.results])
    known.set(identityOf(result), result);
  const wanted = new Map(urls.map((url) => [url.identity, url.written]));
  return {
    ...state,
    results: urls.map((url) => {
      const result = known.get(url.identity);
      return result ? { ...result, url: url.written } : newResult(url);
    }),
    saved: {
      ...state.saved,
      openAttempts: state.saved.openAttempts.map((attempt) => ({
        ...attempt,
        urls: attempt.urls.map((url) => wanted.get(identityOf({ url })) ?? url),
      })),
      removedResults: [...known]
        .filter(([identity, result]) => !wanted.has(identity) && isWorthKeeping(result))
        .map(([, result]) => result),
    },
  };
}

function isWorthKeeping(result: UrlResult): boolean {
  return result.taskId !== "" || result.purgeTaskId !== undefined;
}

/** Notes that a submission is about to be sent: until its outcome is known, it may have been accepted. */
export function withOpenAttempt(state: GateState, attempt: OpenAttempt): GateState {
  return { ...state, saved: { ...state.saved, openAttempts: [...state.saved.openAttempts, attempt] } };
}

/** Notes that an attempt was certainly not accepted, by the very object that the state holds. */
export function withoutOpenAttempt(state: GateState, attempt: OpenAttempt): GateState {
  return {
    ...state,
    saved: { ...state.saved, openAttempts: state.saved.openAttempts.filter((other) => other !== attempt) },
  };
}

/** Notes that an open attempt is another than was known, by the very object that the state holds. */
export function withChangedAttempt(state: GateState, attempt: OpenAttempt, changed: OpenAttempt): GateState {
  return withOpenAttempt(withoutOpenAttempt(state, attempt), changed);
}

/** Tasks that the service has started, as they are noted of a submission. */
export interface StartedTasks {
  readonly taskIds: readonly string[];
  /** By the service's clock, in milliseconds since 1970. */
  readonly submittedAtMs: number;
  /** The earliest that it can have been sent, by the service's clock, where that is known. */
  readonly sentAtMs?: number | undefined;
  /** How much later it may have been. */
  readonly clockDoubtMs?: number | undefined;
}

export interface Accepted extends StartedTasks {
  readonly attempt: OpenAttempt;
  /** What stays open of the attempt, where only some of its URLs were found to be accepted. */
  readonly rest?: OpenAttempt | undefined;
}

/** Notes that URLs of an attempt were accepted: all that was known of them belongs to older tasks. */
export function withSubmission(state: GateState, { attempt, rest, ...tasks }: Accepted): GateState {
  const { purpose } = attempt;
  const stillOpen = new Set(rest?.urls);
  const urls = attempt.urls.filter((url) => !stillOpen.has(url));
  const closed = withoutOpenAttempt(state, attempt);
  return withStartedTasks(rest ? withOpenAttempt(closed, rest) : closed, { purpose, urls }, tasks);
}

/** Notes that tasks which someone else has started hold URLs, as if they had been submitted here. */
export function withAdoption(state: GateState, urls: readonly string[], tasks: StartedTasks): GateState {
  return withStartedTasks(state, { purpose: "preload", urls }, tasks);
}

function withStartedTasks(
  state: GateState,
  { purpose, urls }: Pick<OpenAttempt, "purpose"> & { readonly urls: readonly string[] },
  { taskIds, submittedAtMs, sentAtMs, clockDoubtMs }: StartedTasks,
): GateState {
  const results = assigned(state, new Set(urls), (result) => underTask(result, purpose, taskIds.join(",")));
  // A task id that was seen before and is given again is asked about anew: what it said was not about these.
  const isFresh = (id: string) => purpose === "preload" && taskIds.includes(id);
  return withoutForgottenTasks({
    ...state,
    tasks: state.tasks.filter((task) => !isFresh(task.taskId)),
    results: results.current,
    saved: {
      ...state.saved,
      submissions: [
        ...state.saved.submissions,
        {
          purpose,
          taskIds: [...taskIds],
          submittedAtMs,
          ...(sentAtMs !== undefined && { sentAtMs }),
          ...(clockDoubtMs !== undefined && { clockDoubtMs }),
          ...(state.saved.account !== undefined && { account: state.saved.account }),
        },
      ],
      unresolvableTaskIds: state.saved.unresolvableTaskIds.filter((key) => !isFresh(taskIdOfPart(key))),
      removedResults: results.removed,
    },
  });
}

function underTask(result: UrlResult, purpose: Purpose, taskId: string): UrlResult {
  if (purpose === "purge") return { ...result, purgeTaskId: taskId };
  const { url, domain, purgeTaskId, purged } = result;
  return {
    url,
    taskId,
    domain,
    state: "pending",
    ...(purgeTaskId === undefined ? {} : { purgeTaskId }),
    ...(purged === undefined ? {} : { purged }),
  };
}

/** Changes the results of some URLs, also of those that were removed from the inputs before this was known. */
function assigned(
  state: GateState,
  urls: ReadonlySet<string>,
  change: (result: UrlResult) => UrlResult,
): { current: UrlResult[]; removed: UrlResult[] } {
  const missing = new Set(urls);
  const assign = (result: UrlResult): UrlResult => (missing.delete(result.url) ? change(result) : result);
  const current = state.results.map(assign);
  const removed = state.saved.removedResults.map(assign);
  const unlisted = [...missing].flatMap((url) => {
    const parsed = parsePreloadUrl(url);
    return parsed.ok ? [change(newResult(parsed.url))] : [];
  });
  return { current, removed: [...removed, ...unlisted] };
}

/** Drops what was seen of tasks that hold no URL any more; their ids stay in `submissions`. */
function withoutForgottenTasks(state: GateState): GateState {
  if (state.tasks.length === 0) return state;
  const held = new Set([...idsOf(state.results), ...idsOf(state.saved.removedResults)]);
  return { ...state, tasks: state.tasks.filter((task) => held.has(task.taskId)) };
}

/**
 * Notes that a task can no longer be asked about.
 *
 * @param key its id, or {@link partKey} where it has told of other domains only.
 */
export function withUnresolvableTask(state: GateState, key: string): GateState {
  const { unresolvableTaskIds } = state.saved;
  if (unresolvableTaskIds.includes(key)) return state;
  return { ...state, saved: { ...state.saved, unresolvableTaskIds: [...unresolvableTaskIds, key] } };
}

/** Notes that a task, which could not be asked about before, was answered for. */
export function withResolvableTask(state: GateState, taskId: string): GateState {
  const unresolvableTaskIds = state.saved.unresolvableTaskIds.filter((key) => key !== taskId);
  return { ...state, saved: { ...state.saved, unresolvableTaskIds } };
}
