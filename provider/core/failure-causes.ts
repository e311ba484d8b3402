import type { ErrorCode } from "./error-families";
import type { UrlState } from "./gate-state";
import type { UrlProblem } from "./reason-facts";

/** What is known of a URL that is not preloaded, as far as it tells the cause. */
export interface UrlFailure {
  readonly url: string;
  readonly state: UrlState;
  /** What failed; a text instead where the kind is not known. */
  readonly problem: UrlProblem["kind"] | { readonly text: string };
  /** Of the task that holds it. */
  readonly retCode: string | null;
  readonly status: string | null;
  /** The service's own words. */
  readonly description: string | null;
  /** What ended the work before this URL was settled. */
  readonly errorCode: ErrorCode | null;
}

/** Why URLs are not preloaded, without what is of one URL alone: its address, its task's id, its share of POPs. */
export interface FailureCause extends Omit<UrlFailure, "url"> {}

/** URLs that are not preloaded for the same cause, in the order in which they were given. */
export interface CauseGroup<T> {
  readonly cause: FailureCause;
  readonly members: readonly T[];
}

/** What was judged comes before what is not settled. */
export const STATE_ORDER: readonly UrlState[] = ["failed", "unknown", "notSubmitted", "pending", "preloaded"];

/**
 * Groups failures by their cause: forty URLs that one broken origin fails are one group. Groups of failed URLs come
 * first; of those in the same state, the one with the most URLs.
 */
export function groupByCause<T>(
  items: readonly T[],
  failureOf: (item: T) => UrlFailure,
): readonly CauseGroup<T>[] {
  const groups = new Map<string, { readonly cause: FailureCause; readonly members: T[] }>();
  for (const item of items) {
    const cause = causeOf(failureOf(item));
    const key = keyOf(cause);
    const group = groups.get(key);
    if (group) group.members.push(item);
    else groups.set(key, { cause, members: [item] });
  }
  return [...groups.values()].sort(
    (a, b) =>
      STATE_ORDER.indexOf(a.cause.state) - STATE_ORDER.indexOf(b.cause.state) ||
      b.members.length - a.members.length,
  );
}

function causeOf({ url, description, ...shared }: UrlFailure): FailureCause {
  return { ...shared, description: description === null ? null : detailsOf(description, url) };
}

/** The service separates details by `|`, in any order, and may repeat one or name the URL in it. */
function detailsOf(description: string, url: string): string | null {
  const details = description.split("|").map((detail) => withoutUrl(detail, url).replace(/\s+/g, " ").trim());
  return [...new Set(details)].filter((detail) => detail !== "").join("|") || null;
}

function withoutUrl(text: string, url: string): string {
  const address = url.replace(/^https?:\/\//i, "");
  const path = address.slice(address.search(/[/?]|$/));
  // A path as short as `/` stands in many texts that do not name it.
  const names = [url, address, path].filter((name) => name.length > 3);
  return names.reduce((left, name) => left.replaceAll(name, "…"), text);
}

function keyOf({ description, ...shared }: FailureCause): string {
  const { state, problem, retCode, status, errorCode } = shared;
  return JSON.stringify([state, problem, retCode, status, errorCode, description?.split("|").sort()]);
}
