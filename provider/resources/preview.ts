import type { GateState } from "../core/gate-state";
import { type JudgeOptions, taskIdsToWatch, verdictOf } from "../core/judge";
import type { PlanFacts, PlannedSubmission } from "../core/plan-facts";
import { mergeSpellings, type PreloadUrl } from "../core/preload-url";
import { urlsToPurge } from "../core/purge-plan";
import { returningIdentities, returningUrls, withoutFactsOf } from "../core/returning-urls";
import { MAX_URLS_PER_PUSH } from "../core/service-limits";
import { withUrls } from "../core/state-changes";
import { batchesOf, urlsToSubmit, urlsToSubmitUnwaited } from "../core/submit-plan";
import type { Inputs } from "./inputs";

/** What a deployment would do by what is known before it. */
export interface Plan {
  /** For the resource's row. */
  readonly facts: PlanFacts;
  /** URLs that would be submitted. */
  readonly urls: number;
  /** URLs that would be purged first. */
  readonly purges: number;
}

/** What a create would do. */
export function planCreate(inputs: Inputs): Plan {
  if (inputs.kind === "PreloadGate") return planGate(inputs.values.taskIds);
  const urls = mergeSpellings(inputs.values.urls);
  const merged = inputs.values.urls.length - urls.length;
  const purges = inputs.values.purgeFirst ? urls.length : 0;
  return {
    facts: {
      kind: "create",
      submits: submissionOf(urls, purges),
      waits: inputs.values.wait,
      mergedSpellings: merged,
    },
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
  const state = withoutFactsOf(known, returning.expired);
  const urls = (values.wait ? urlsToSubmit : urlsToSubmitUnwaited)(state, values.gate);
  const purges = values.purgeFirst ? urlsToPurge(urls, state).length : 0;
  const facts: PlanFacts = {
    kind: "update",
    submits:
      urls.length > 0
        ? submissionOf(
            urls.map(({ url }) => url),
            purges,
          )
        : undefined,
    keptResults: returning.recent.length,
    openSubmissions: state.saved.openAttempts.length,
    askedTasks: taskIdsToWatch(state, judge).length,
  };
  return { facts, urls: urls.length, purges };
}

function planGate(taskIds: readonly string[]): Plan {
  return { facts: { kind: "gate", tasks: taskIds.length }, urls: 0, purges: 0 };
}

/**
 * Whether an update of a submission that does not wait would do no more than ask: by what was last seen, its tasks
 * run, have passed its own gate, or can no longer be asked about.
 */
export function wouldOnlyAsk(state: GateState, judge: JudgeOptions): boolean {
  if (state.saved.openAttempts.length > 0) return false;
  return verdictOf(state, judge) === "passed" || urlsToSubmitUnwaited(state, judge.policy).length === 0;
}

function submissionOf(urls: readonly PreloadUrl[], purges: number): PlannedSubmission {
  return { urls: urls.length, calls: batchesOf(urls, MAX_URLS_PER_PUSH).length, purges };
}
