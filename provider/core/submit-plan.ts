import { type GateState, splitTaskIds, type UrlResult, urlsOfOpenAttempts } from "./gate-state";
import { TaskFacts } from "./judge";

/**
 * Which URLs of a judged state to submit now:
 * - those that no task of ours holds;
 * - those that have failed;
 * - unknown ones once nothing of their submission can still run: each of its tasks has ended, is past three
 *   days by the service's own word, or stayed unknown to the service for a whole wait.
 *
 * Never a URL that is preloaded, whose task runs, or whose last submission's outcome is not known.
 */
export function urlsToSubmit(state: GateState): UrlResult[] {
  const open = urlsOfOpenAttempts(state, "preload");
  const facts = new TaskFacts(state);
  return state.results.filter((result) => {
    if (open.has(result.url)) return false;
    if (result.state === "notSubmitted" || result.state === "failed") return true;
    if (result.state !== "unknown") return false;
    return splitTaskIds(result.taskId).every((id) => facts.hasEnded(id) || facts.isUnresolvable(id));
  });
}

/**
 * As {@link urlsToSubmit}, where nobody waits: a task that nobody has asked about in its three days is no reason to
 * submit again.
 */
export function urlsToSubmitUnwaited(state: GateState): UrlResult[] {
  const facts = new TaskFacts(state);
  return urlsToSubmit(state).filter(
    (result) =>
      result.state !== "unknown" || !splitTaskIds(result.taskId).some((id) => facts.isUnresolvable(id)),
  );
}

/**
 * Those of the URLs of a submission that the service has certainly not accepted, whatever has ended it: no open attempt
 * holds them, and no task that the service has started since.
 *
 * @param before the state before they were submitted.
 */
export function urlsNotAccepted(
  submitted: readonly UrlResult[],
  before: GateState,
  now: GateState,
): UrlResult[] {
  const open = urlsOfOpenAttempts(now, "preload");
  const since = now.saved.submissions.slice(before.saved.submissions.length);
  const preloads = since.filter(({ purpose }) => purpose === "preload");
  const newTaskIds = new Set(preloads.flatMap(({ taskIds }) => taskIds));
  const urls = new Set(submitted.map(({ url }) => url));
  return now.results.filter(({ url, taskId }) => {
    if (!urls.has(url) || open.has(url)) return false;
    return !splitTaskIds(taskId).some((id) => newTaskIds.has(id));
  });
}

/**
 * Cuts URLs into as few calls as the service takes them in, a domain's URLs side by side: what shares a
 * call then mostly shares a task.
 *
 * @param size URLs in one call.
 */
export function batchesOf<T extends { readonly domain: string }>(urls: readonly T[], size: number): T[][] {
  const firstSeen = new Map<string, number>();
  for (const url of urls) if (!firstSeen.has(url.domain)) firstSeen.set(url.domain, firstSeen.size);
  const sorted = urls.toSorted((a, b) => firstSeen.get(a.domain)! - firstSeen.get(b.domain)!);
  const batches: T[][] = [];
  for (let start = 0; start < sorted.length; start += size) batches.push(sorted.slice(start, start + size));
  return batches;
}
