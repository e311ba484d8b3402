import type { GateState } from "../core/gate-state";
import { type JudgeOptions, taskIdsToWatch, verdictOf, withJudgedUrls } from "../core/judge";
import { mergeSpellings } from "../core/preload-url";
import { urlsToPurge } from "../core/purge-plan";
import { returningIdentities, returningUrls, withoutResultsOf } from "../core/returning-urls";
import { MAX_URLS_PER_PUSH } from "../core/service-limits";
import { withUrls } from "../core/state-changes";
import { batchesOf, urlsToSubmit, urlsToSubmitUnwaited } from "../core/submit-plan";
import { countOf } from "../gate/progress-line";
import type { Inputs } from "./inputs";

/** What a deployment would do by what is known before it. */
export interface Plan {
  /** For the resource's row. */
  readonly text: string;
  /** URLs that would be submitted. */
  readonly urls: number;
  /** URLs that would be purged first. */
  readonly purges: number;
}

/** What a create would do. */
export function planCreate(inputs: Inputs): Plan {
  if (inputs.kind === "PreloadGate") return planGate(inputs.values.taskIds);
  const urls = mergeSpellings(inputs.values.urls).map((url) => ({ domain: url.host }));
  const merged = inputs.values.urls.length - urls.length;
  const purges = inputs.values.purgeFirst ? urls.length : 0;
  return {
    text: [
      `${submitText(urls, purges)}${inputs.values.wait ? ", then wait" : ""}`,
      ...(merged > 0 ? [`${countOf(merged, "more spelling")} of the same URLs left out`] : []),
    ].join("; "),
    urls: urls.length,
    purges,
  };
}

/** What an update would do, by what is saved; the tasks that still run are asked only in the update itself. */
export function planUpdate(inputs: Inputs, saved: GateState, nowMs: number): Plan {
  const { values, kind } = inputs;
  if (kind === "PreloadGate") return planGate(values.taskIds);
  const judge = { policy: values.gate };
  const wanted = mergeSpellings(values.urls);
  const known = withUrls(saved, wanted);
  const returning = returningUrls(known, returningIdentities(saved, wanted), nowMs);
  const state = withJudgedUrls(withoutResultsOf(known, returning.expired), judge);
  const running = taskIdsToWatch(state, judge).length;
  const open = state.saved.openAttempts.length;
  const asks = [
    ...(returning.recent.length > 0
      ? [`would keep the earlier result of ${countOf(returning.recent.length, "URL")} wanted again`]
      : []),
    ...(open > 0 ? [`would look up ${countOf(open, "submission")} whose outcome is not known`] : []),
    ...(running > 0 ? [`would ask about ${countOf(running, "task")}`] : []),
  ];
  const urls = (values.wait ? urlsToSubmit : urlsToSubmitUnwaited)(state);
  if (urls.length === 0) {
    const first = asks.length > 0 ? asks : ["would judge again"];
    return { text: [...first, "nothing to submit by what is known now"].join("; "), urls: 0, purges: 0 };
  }
  const purges = values.purgeFirst ? urlsToPurge(urls, state).length : 0;
  const submits = `${submitText(urls, purges)}: only what failed or was never accepted`;
  return { text: [...asks, submits].join("; "), urls: urls.length, purges };
}

function planGate(taskIds: readonly string[]): Plan {
  return { text: `would wait for ${countOf(taskIds.length, "task")}; submits nothing`, urls: 0, purges: 0 };
}

/**
 * Whether an update of a submission that does not wait would do no more than ask: by what was last seen, its tasks
 * run, have passed its own gate, or can no longer be asked about.
 */
export function wouldOnlyAsk(seen: GateState, judge: JudgeOptions): boolean {
  const state = withJudgedUrls(seen, judge);
  if (state.saved.openAttempts.length > 0) return false;
  return verdictOf(state, judge) === "passed" || urlsToSubmitUnwaited(state).length === 0;
}

function submitText(urls: readonly { readonly domain: string }[], purges: number): string {
  const calls = batchesOf(urls, MAX_URLS_PER_PUSH).length;
  const first = purges > 0 ? `would purge ${countOf(purges, "URL")}, then ` : "would ";
  return `${first}submit ${countOf(urls.length, "URL")} in ${countOf(calls, "call")}`;
}
