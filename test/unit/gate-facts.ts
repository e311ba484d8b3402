import { emptyGateState, type GateState } from "../../provider/core/gate-state";
import { instantMs } from "../../provider/core/instant";
import { type JudgeOptions, judgeUrls, verdictOf } from "../../provider/core/judge";
import { withDetail, withStatusRows } from "../../provider/core/merge-response";
import type { GatePolicy } from "../../provider/core/policy";
import { gatePolicy } from "../../provider/core/policy-schema";
import { type PreloadUrl, parsePreloadUrl } from "../../provider/core/preload-url";
import { shownResults, type UrlResult } from "../../provider/core/shown-results";
import { withOpenAttempt, withSubmission } from "../../provider/core/state-changes";
import type { DetailEntry, DetailRow, StatusResponse, StatusRow, TaskDetail } from "../../provider/core/task";
import { type ResultScope, UrlIndex } from "../../provider/core/url-index";

/** Builders of states and answers for the tests of the core. */

/** The service's time at which everything in these tests happens. */
export const NOW_MS = Date.parse("2026-11-23T10:00:00Z");
export const NOW = new Date(NOW_MS).toISOString();
export const DAY_MS = 24 * 60 * 60 * 1000;

export function policyOf(changes: Partial<GatePolicy> = {}): GatePolicy {
  return gatePolicy.parse(changes);
}

export function urlOf(text: string): PreloadUrl {
  const parsed = parsePreloadUrl(text);
  if (!parsed.ok) throw new Error(`${text} ${parsed.problem}`);
  return parsed.url;
}

/** A state with these URLs, of which nothing was submitted. */
export function stateOf(urls: readonly string[]): GateState {
  return emptyGateState(urls.map(urlOf));
}

/** The state after `urls` were accepted under `taskIds`. */
export function submitted(
  state: GateState,
  urls: readonly string[],
  taskIds: readonly string[],
  submittedAtMs: number = NOW_MS,
  sentAtMs?: number,
): GateState {
  const attempt = {
    purpose: "preload" as const,
    urls: urls.map(urlOf),
    sentAtMs: submittedAtMs,
    expiresAtMs: submittedAtMs,
  };
  return withSubmission(withOpenAttempt(state, attempt), { attempt, taskIds, submittedAtMs, sentAtMs });
}

/** A state whose URLs all were submitted as task 1. */
export function submittedUrls(...urls: string[]): GateState {
  return submitted(stateOf(urls), urls, ["1"]);
}

export function row(path: string, successPercent: number | undefined, description?: string): DetailRow {
  return { path, successPercent, description };
}

/** One domain's part of task 1; complete and without an error unless changed. */
export function entry(rows: readonly DetailRow[], changes: Partial<DetailEntry> = {}): DetailEntry {
  const status = changes.status ?? "Complete";
  const endTime = status === "Complete" ? NOW : undefined;
  return {
    taskId: "1",
    domain: "cdn.example.com",
    creationTime: NOW,
    createdMs: instantMs(changes.creationTime ?? NOW),
    endTime,
    endedMs: instantMs(changes.endTime ?? endTime),
    retCode: status === "Complete" ? "0" : undefined,
    processPercent: status === "Complete" ? 100 : 50,
    status,
    rows,
    ...changes,
  };
}

export function polled(
  state: GateState,
  entries: readonly DetailEntry[],
  scope: ResultScope = "submitted",
  counted: Pick<TaskDetail, "unseenCount"> = {},
): GateState {
  return withDetail(state, { requestId: "R-detail", entries, ...counted }, scope, new UrlIndex(state, scope));
}

export function statusRow(url: string, status: string, changes: Partial<StatusRow> = {}): StatusRow {
  return {
    taskId: "1",
    url,
    objectType: "preload",
    status,
    processPercent: status === "Complete" ? 100 : 50,
    creationTime: NOW,
    createdMs: instantMs(changes.creationTime ?? NOW),
    description: undefined,
    ...changes,
  };
}

export function polledByStatus(
  state: GateState,
  rows: readonly StatusRow[],
  scope: ResultScope = "submitted",
  counted: Pick<StatusResponse, "unseenCount"> = {},
): GateState {
  return withStatusRows(
    state,
    { requestId: "R-status-only", rows, ...counted },
    scope,
    new UrlIndex(state, scope),
  );
}

export function judgeOptions(
  policy: Partial<GatePolicy> = {},
  changes: Partial<JudgeOptions> = {},
): JudgeOptions {
  return { policy: policyOf(policy), ...changes };
}

/** How each URL stands, and the verdict. */
export function judged(
  state: GateState,
  policy: Partial<GatePolicy> = {},
  changes: Partial<JudgeOptions> = {},
): {
  readonly states: string[];
  readonly verdict: string;
  readonly results: readonly UrlResult[];
  readonly state: GateState;
} {
  const options = judgeOptions(policy, changes);
  return {
    states: [...judgeUrls(state, options.policy).states],
    verdict: verdictOf(state, options),
    results: shownResults(state, options.policy),
    state,
  };
}
