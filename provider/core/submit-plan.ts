import { type GateState, identitiesInDoubt, type UrlFacts } from "./gate-state";
import { judgeUrls, urlsThatAre } from "./judge";
import type { GatePolicy } from "./policy";
import type { PreloadUrl } from "./preload-url";
import { factsOf } from "./task-facts";

/**
 * Which URLs to submit now:
 * - those that no task of ours holds;
 * - those that have failed;
 * - unknown ones once nothing of their submission can still run: each of its tasks has ended, is past three
 *   days by the service's own word, or stayed unknown to the service for a whole wait.
 *
 * Never a URL that is preloaded, whose task runs, or whose last submission's outcome is not known.
 *
 * @param options.isAsked whether all tasks could be asked about: an unknown one may run where they could not.
 *   Default `true`.
 */
export function urlsToSubmit(
  state: GateState,
  policy: GatePolicy,
  { isAsked = true }: { readonly isAsked?: boolean } = {},
): UrlFacts[] {
  const { states } = judgeUrls(state, policy);
  const inDoubt = identitiesInDoubt(state, "preload");
  const facts = factsOf(state);
  return state.urls.filter(({ url, taskIds }, at) => {
    if (inDoubt.has(url.identity)) return false;
    if (states[at] === "notSubmitted" || states[at] === "failed") return true;
    if (states[at] !== "unknown" || !isAsked) return false;
    return taskIds.every((id) => facts.hasEnded(id) || facts.isUnresolvable(id));
  });
}

/**
 * As {@link urlsToSubmit}, for a run that does not wait: a task that was not asked about in its three days is no reason to
 * submit again.
 */
export function urlsToSubmitUnwaited(
  state: GateState,
  policy: GatePolicy,
  options: { readonly isAsked?: boolean } = {},
): UrlFacts[] {
  const unknown = new Set(urlsThatAre(["unknown"], state, policy));
  const facts = factsOf(state);
  return urlsToSubmit(state, policy, options).filter(
    (known) => !unknown.has(known) || !known.taskIds.some((id) => facts.isUnresolvable(id)),
  );
}

/**
 * The URLs of a submission that the service has certainly not accepted, however the submission ended: no open attempt
 * holds them, and no task that the service has started since.
 *
 * @param before the state before they were submitted.
 */
export function urlsNotAccepted(
  submitted: readonly UrlFacts[],
  before: GateState,
  now: GateState,
): UrlFacts[] {
  const inDoubt = identitiesInDoubt(now, "preload");
  const since = now.saved.submissions.slice(before.saved.submissions.length);
  const preloads = since.filter(({ purpose }) => purpose === "preload");
  const newTaskIds = new Set(preloads.flatMap(({ taskIds }) => taskIds));
  const identities = new Set(submitted.map(({ url }) => url.identity));
  return now.urls.filter(({ url, taskIds }) => {
    if (!identities.has(url.identity) || inDoubt.has(url.identity)) return false;
    return !taskIds.some((id) => newTaskIds.has(id));
  });
}

/**
 * Cuts URLs into as few calls as the service takes them in, a domain's URLs side by side: what shares a
 * call then mostly shares a task.
 *
 * @param size URLs in one call.
 */
export function batchesOf(urls: readonly PreloadUrl[], size: number): PreloadUrl[][] {
  const firstSeen = new Map<string, number>();
  for (const url of urls) if (!firstSeen.has(url.host)) firstSeen.set(url.host, firstSeen.size);
  const sorted = urls.toSorted((a, b) => firstSeen.get(a.host)! - firstSeen.get(b.host)!);
  const batches: PreloadUrl[][] = [];
  for (let start = 0; start < sorted.length; start += size) batches.push(sorted.slice(start, start + size));
  return batches;
}
