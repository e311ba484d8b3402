import { isWorse } from "./answered-part";
import type { GateState, RowFacts, UrlFacts, UrlState } from "./gate-state";
import { judgeUrls } from "./judge";
import type { GatePolicy } from "./policy";

/** How one URL stands, as users read it. */
export interface UrlResult {
  /** As the user wrote it. */
  readonly url: string;
  /** The task that holds it. Several, separated by commas, where its submission got several: each may hold it. Empty: none. */
  readonly taskId: string;
  /** The accelerated domain: lower case, punycode. */
  readonly domain: string;
  readonly state: UrlState;
  /** Share of POPs that hold it, from 0 to 100. Never known from status-only evidence. */
  readonly successPercent?: number | undefined;
  /** The service's own words; shown, never judged. */
  readonly description?: string | undefined;
  /** With `purgeFirst`: the refresh tasks that purge it, separated by commas. */
  readonly purgeTaskId?: string | undefined;
  /** With `purgeFirst`: whether its purge was seen to end well; once per URL is enough. */
  readonly purged?: true | undefined;
}

/** How each URL stands, as users read it. */
export function shownResults(state: GateState, policy: GatePolicy): UrlResult[] {
  const { states } = judgeUrls(state, policy);
  return state.urls.map((known, at) => shownResult(known, states[at]!));
}

function shownResult(known: UrlFacts, state: UrlState): UrlResult {
  const { url, taskIds, rows, purgeTaskIds, purged } = known;
  const row = worstRowOf(rows);
  return {
    url: url.written,
    taskId: taskIds.join(","),
    domain: url.host,
    state,
    ...(row?.successPercent === undefined ? {} : { successPercent: row.successPercent }),
    ...(row?.description === undefined ? {} : { description: row.description }),
    ...(purgeTaskIds === undefined ? {} : { purgeTaskId: purgeTaskIds.join(",") }),
    ...(purged === undefined ? {} : { purged }),
  };
}

/** Where several tasks name a URL, the worst row is shown. */
export function worstRowOf(rows: readonly RowFacts[]): RowFacts | undefined {
  const [first, ...others] = rows;
  return first && others.reduce((a, b) => (isWorse(b, a) ? b : a), first);
}
