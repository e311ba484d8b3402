import {
  type GateState,
  idsOf,
  newFacts,
  type OpenAttempt,
  type Purpose,
  taskIdOfPart,
  type UrlFacts,
} from "./gate-state";
import type { PreloadUrl } from "./preload-url";

/**
 * The same state for another list of URLs: what is known of a URL that stays is kept, a new one that was
 * wanted before gets its task back, and one that is no longer wanted is set aside.
 */
export function withUrls(state: GateState, urls: readonly PreloadUrl[]): GateState {
  const known = new Map<string, UrlFacts>();
  for (const facts of [...state.saved.removedUrls, ...state.urls]) known.set(facts.url.identity, facts);
  const wanted = new Map(urls.map((url) => [url.identity, url]));
  return {
    ...state,
    urls: urls.map((url) => {
      const facts = known.get(url.identity);
      return facts ? { ...facts, url } : newFacts(url);
    }),
    saved: {
      ...state.saved,
      openAttempts: state.saved.openAttempts.map((attempt) => ({
        ...attempt,
        urls: attempt.urls.map((url) => wanted.get(url.identity) ?? url),
      })),
      removedUrls: [...known.values()].filter(
        (facts) => !wanted.has(facts.url.identity) && isWorthKeeping(facts),
      ),
    },
  };
}

function isWorthKeeping({ taskIds, purgeTaskIds }: UrlFacts): boolean {
  return taskIds.length > 0 || purgeTaskIds !== undefined;
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
  const stillOpen = new Set(rest?.urls.map(({ identity }) => identity));
  const urls = attempt.urls.filter(({ identity }) => !stillOpen.has(identity));
  const closed = withoutOpenAttempt(state, attempt);
  return withStartedTasks(rest ? withOpenAttempt(closed, rest) : closed, { purpose, urls }, tasks);
}

/** Notes that tasks which someone else has started hold URLs, as if they had been submitted here. */
export function withAdoption(state: GateState, urls: readonly PreloadUrl[], tasks: StartedTasks): GateState {
  return withStartedTasks(state, { purpose: "preload", urls }, tasks);
}

function withStartedTasks(
  before: GateState,
  { purpose, urls }: Pick<OpenAttempt, "purpose"> & { readonly urls: readonly PreloadUrl[] },
  { submittedAtMs, sentAtMs, clockDoubtMs, ...started }: StartedTasks,
): GateState {
  // One list for all its URLs.
  const taskIds = [...started.taskIds];
  const state = withChanged(before, urls, (facts) => underTasks(facts, purpose, taskIds));
  // A task id that was seen before and is given again is asked about anew: what it said was not about these.
  const isFresh = (id: string) => purpose === "preload" && taskIds.includes(id);
  return withoutForgottenTasks({
    ...state,
    tasks: state.tasks.filter((task) => !isFresh(task.taskId)),
    saved: {
      ...state.saved,
      submissions: [
        ...state.saved.submissions,
        {
          purpose,
          taskIds,
          submittedAtMs,
          ...(sentAtMs !== undefined && { sentAtMs }),
          ...(clockDoubtMs !== undefined && { clockDoubtMs }),
          ...(state.saved.account !== undefined && { account: state.saved.account }),
        },
      ],
      unresolvableTaskIds: state.saved.unresolvableTaskIds.filter((key) => !isFresh(taskIdOfPart(key))),
    },
  });
}

function underTasks(facts: UrlFacts, purpose: Purpose, taskIds: string[]): UrlFacts {
  return purpose === "purge" ? { ...facts, purgeTaskIds: taskIds } : { ...facts, taskIds, rows: [] };
}

/** Changes what is known of some URLs, also of those that were removed from the inputs before this was known. */
function withChanged(
  state: GateState,
  urls: readonly PreloadUrl[],
  change: (facts: UrlFacts) => UrlFacts,
): GateState {
  const missing = new Map(urls.map((url) => [url.identity, url]));
  const changed = (facts: UrlFacts) => (missing.delete(facts.url.identity) ? change(facts) : facts);
  const current = state.urls.map(changed);
  const removed = state.saved.removedUrls.map(changed);
  const unlisted = [...missing.values()].map((url) => change(newFacts(url)));
  return { ...state, urls: current, saved: { ...state.saved, removedUrls: [...removed, ...unlisted] } };
}

/** Drops what was seen of tasks that hold no URL any more; their ids stay in `submissions`. */
function withoutForgottenTasks(state: GateState): GateState {
  if (state.tasks.length === 0) return state;
  const held = new Set([...idsOf(state.urls), ...idsOf(state.saved.removedUrls)]);
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
