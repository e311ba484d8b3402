import { type GateState, heldTaskIdsOf, newFacts, taskIdOfPart, type UrlFacts } from "./gate-state";
import type { PreloadUrl } from "./preload-url";
import { TASK_WINDOW_MS } from "./service-limits";

/** URLs that were removed from the inputs, and are wanted again. */
export interface ReturningUrls {
  /** Their earlier result counts: the service can still be asked about it. */
  readonly recent: readonly UrlFacts[];
  /** Their task is past the three days that the service can look back: the POPs may have dropped them since. */
  readonly expired: readonly UrlFacts[];
}

/** The wanted URLs of which only the memory of removed URLs knows a result, by identity. */
export function returningIdentities(previous: GateState, urls: readonly PreloadUrl[]): ReadonlySet<string> {
  const wanted = new Set(urls.map((url) => url.identity));
  const removed = previous.saved.removedUrls.map(({ url }) => url.identity);
  const returning = new Set(removed.filter((identity) => wanted.has(identity)));
  if (returning.size > 0) for (const { url } of previous.urls) returning.delete(url.identity);
  return returning;
}

/** @param state the state that wants the URLs again. */
export function returningUrls(
  state: GateState,
  identities: ReadonlySet<string>,
  serverNowMs: number,
): ReturningUrls {
  const returning =
    identities.size === 0
      ? []
      : state.urls.filter(({ taskIds, url }) => taskIds.length > 0 && identities.has(url.identity));
  const times = new SubmissionTimes(state);
  // What has no time cannot be shown to be recent.
  const isExpired = (known: UrlFacts) =>
    (times.of(known) ?? Number.NEGATIVE_INFINITY) < serverNowMs - TASK_WINDOW_MS;
  return {
    recent: returning.filter((known) => !isExpired(known)),
    expired: returning.filter(isExpired),
  };
}

/** The same state as if these URLs had never been submitted. */
export function withoutFactsOf(state: GateState, urls: readonly UrlFacts[]): GateState {
  if (urls.length === 0) return state;
  const forgotten = new Set(urls.map(({ url }) => url.identity));
  return {
    ...state,
    urls: state.urls.map((known) => (forgotten.has(known.url.identity) ? newFacts(known.url) : known)),
  };
}

/**
 * Drops what is known of removed URLs once it is past the three days: it would count no more if they came back. With
 * it go the submissions and tasks that hold no URL any more, so that a state is as large as its last three days.
 *
 * @param serverNowMs the service's time, which has to be known.
 */
export function withoutExpiredMemory(state: GateState, serverNowMs: number): GateState {
  const oldestMs = serverNowMs - TASK_WINDOW_MS;
  const times = new SubmissionTimes(state);
  const inDoubt = new Set(
    state.saved.openAttempts.flatMap(({ urls }) => urls.map(({ identity }) => identity)),
  );
  const removedUrls = state.saved.removedUrls.filter(
    (known) => inDoubt.has(known.url.identity) || (times.of(known) ?? oldestMs) >= oldestMs,
  );
  const held = heldTaskIdsOf([...state.urls, ...removedUrls]);
  return {
    ...state,
    tasks: state.tasks.filter((task) => held.has(task.taskId)),
    saved: {
      ...state.saved,
      removedUrls,
      submissions: state.saved.submissions.filter(
        ({ taskIds, submittedAtMs }) => taskIds.some((id) => held.has(id)) || submittedAtMs >= oldestMs,
      ),
      unresolvableTaskIds: state.saved.unresolvableTaskIds.filter((key) => held.has(taskIdOfPart(key))),
    },
  };
}

/** When URLs were submitted last, by the service's clock: as it was noted, else as the service tells of their tasks. */
class SubmissionTimes {
  readonly #byTask = new Map<string, number>();

  constructor(state: GateState) {
    for (const { taskId, createdMs } of state.tasks) this.#note(taskId, createdMs);
    for (const { taskIds, submittedAtMs } of state.saved.submissions)
      for (const taskId of taskIds) this.#note(taskId, submittedAtMs);
  }

  /** In milliseconds since 1970; `undefined` where no time is known. */
  of({ taskIds, purgeTaskIds = [] }: UrlFacts): number | undefined {
    const times = [...taskIds, ...purgeTaskIds].map((id) => this.#byTask.get(id));
    const known = times.filter((time) => time !== undefined);
    return known.length > 0 ? Math.max(...known) : undefined;
  }

  #note(taskId: string, time: number | undefined): void {
    if (time === undefined) return;
    this.#byTask.set(taskId, Math.max(time, this.#byTask.get(taskId) ?? Number.NEGATIVE_INFINITY));
  }
}
