import { type GateState, splitTaskIds, withUrls } from "../core/gate-state";
import { TaskFacts, taskIdsToWatch, withJudgedUrls } from "../core/judge";
import { mergeSpellings } from "../core/preload-url";
import { batchesOf, urlsToSubmit } from "../core/submit-plan";
import type { Inputs } from "./inputs";
import { countOf } from "./resource-row";

/** What a create would do, for the resource's row in a preview. */
export function planCreate(inputs: Inputs): string {
  if (inputs.kind === "PreloadGate")
    return `would wait for ${countOf(inputs.values.taskIds.length, "task")}; submits nothing`;
  const urls = mergeSpellings(inputs.values.urls).map((url) => ({ domain: url.host }));
  return submitPlan(urls, inputs.values.wait ? ", then wait" : "");
}

/** What an update would do, by what is saved; the tasks that still run are asked only in the update itself. */
export function planUpdate(inputs: Inputs, saved: GateState, nowMs: number): string {
  const { values, kind } = inputs;
  if (kind === "PreloadGate") return planCreate(inputs);
  const state = withJudgedUrls(withUrls(saved, mergeSpellings(values.urls)), {
    policy: values.gate,
    serverNowMs: nowMs,
  });
  const running = taskIdsToWatch(state, { serverNowMs: nowMs }).length;
  const asks = running > 0 ? `would ask about ${countOf(running, "running task")} first; ` : "";
  const urls = urlsToSubmit(state, nowMs);
  if (urls.length === 0)
    return `${asks}${asks ? "" : "would judge again; "}nothing to submit by what is known now`;
  return `${asks}${submitPlan(urls, "")}: only what failed or was never accepted`;
}

/** Whether no task of the state's URLs that have not ended can be asked about any more. */
export function isPastAsking(state: GateState, nowMs: number): boolean {
  const facts = new TaskFacts(state, nowMs);
  return state.results.every(
    (result) =>
      result.state !== "notSubmitted" &&
      splitTaskIds(result.taskId).every((id) => facts.hasEnded(id) || facts.isTooOld(id)),
  );
}

function submitPlan(urls: readonly { readonly domain: string }[], then: string): string {
  const calls = batchesOf(urls).length;
  return `would submit ${countOf(urls.length, "URL")} in ${countOf(calls, "call")}${then}`;
}
