import type { GateError } from "../core/errors";
import { evidenceOf } from "../core/evidence-digest";
import { type GateState, heldTaskIds } from "../core/gate-state";
import {
  isLetThroughByWarn,
  type JudgeOptions,
  judgeUrls,
  urlsThatAre,
  type Verdict,
  verdictOf,
} from "../core/judge";
import type { GatePolicy } from "../core/policy";
import type { Reason } from "../core/reason-facts";
import { reasonsOf } from "../core/reasons";
import { shownResults, type UrlResult, worstRowOf } from "../core/shown-results";
import { shownTask, type TaskResult } from "../core/shown-tasks";
import { factsOf } from "../core/task-facts";

/** The sum of a gate's work, in numbers. */
export interface Summary {
  readonly urls: number;
  readonly preloaded: number;
  readonly failed: number;
  /** All others: pending, unknown, or not submitted. */
  readonly unknown: number;
  /** Share of POPs that hold the URL that the fewest hold, from 0 to 100; absent where no answer has said. */
  readonly lowestSuccessPercent?: number;
  readonly elapsedMs: number;
  readonly apiCalls: number;
}

/** What a gate has found, and all that the next run needs to go on from it. */
export interface Outcome {
  readonly state: GateState;
  /** One per URL: how it stands by the state and the gate's policy. */
  readonly results: readonly UrlResult[];
  /** One per task and domain. */
  readonly tasks: readonly TaskResult[];
  readonly taskIds: readonly string[];
  readonly verdict: Verdict;
  /** Passed, or let through as `acceptedBy` says. */
  readonly accepted: boolean;
  /** What lets a verdict other than passed through: `onInconclusive: "warn"`, or `gate.override`. */
  readonly acceptedBy: "warn" | "override" | undefined;
  /** Why it did not pass; empty where it did. */
  readonly reasons: readonly Reason[];
  readonly summary: Summary;
  /** What ended the work before every task had. */
  readonly failure: GateError | undefined;
}

export interface OutcomeOptions extends JudgeOptions {
  readonly failure: GateError | undefined;
  /** `false` in a run that does not wait: what is not settled is then pending, not inconclusive. */
  readonly wait: boolean;
  /** Whether an override lets a verdict other than passed through. */
  readonly overridden?: boolean;
  /** Where each URL stands in the user's own list; see the reasons. */
  readonly urlPositions?: readonly number[] | undefined;
  readonly elapsedMs: number;
  readonly apiCalls: number;
}

/** Judges a state and says why. */
export function outcomeOf(state: GateState, options: OutcomeOptions): Outcome {
  const verdict = verdictOrPending(state, options);
  const acceptedBy = acceptanceOf(state, verdict, options);
  return {
    state: withVerdict(state, verdict, options.policy),
    results: shownResults(state, options.policy),
    tasks: state.tasks.map(shownTask),
    taskIds: options.listedTaskIds ?? heldTaskIds(state),
    verdict,
    accepted: verdict === "passed" || acceptedBy !== undefined,
    acceptedBy,
    reasons: reasonsOf(state, verdict, options),
    summary: summaryOf(state, options),
    failure: options.failure,
  };
}

/** Notes what a verdict that an override may let pass was about: a pass needs no override, nor does what was not waited for. */
function withVerdict(state: GateState, verdict: Verdict, policy: GatePolicy): GateState {
  const { judgedEvidence: _, ...saved } = state.saved;
  const isOverridable = verdict === "failed" || verdict === "inconclusive";
  return { ...state, saved: isOverridable ? { ...saved, judgedEvidence: evidenceOf(state, policy) } : saved };
}

/** An override is about the verdict already saved: other URLs, tasks or results than then make it void. */
export function isOverridden(policy: GatePolicy, saved: GateState | undefined, now: GateState): boolean {
  return policy.override !== undefined && saved?.saved.judgedEvidence === evidenceOf(now, policy);
}

function acceptanceOf(state: GateState, verdict: Verdict, options: OutcomeOptions): Outcome["acceptedBy"] {
  if (verdict === "passed") return undefined;
  if (options.overridden) return "override";
  // A warning is for a wait that brought no result, never for an interruption or a refusal.
  const isOnlyLate = options.failure === undefined || options.failure.code === "timeout";
  return isOnlyLate && isLetThroughByWarn(state, verdict, options) ? "warn" : undefined;
}

/**
 * In a run that does not wait, what has not ended is pending. So is a task that can no longer be asked about: a
 * submission that was not gated in its three days is not to fail every later deployment.
 */
function verdictOrPending(state: GateState, options: OutcomeOptions): Verdict {
  const verdict = verdictOf(state, options);
  if (options.wait || options.failure !== undefined || verdict !== "inconclusive") return verdict;
  const facts = factsOf(state);
  const onlyWaits = urlsThatAre(["unknown"], state, options.policy).every(({ taskIds }) =>
    taskIds.some((id) => facts.isUnresolvable(id)),
  );
  const { notSubmitted } = judgeUrls(state, options.policy).counts;
  return onlyWaits && notSubmitted === 0 && state.saved.openAttempts.length === 0 ? "pending" : verdict;
}

function summaryOf(state: GateState, options: OutcomeOptions): Summary {
  const { counts } = judgeUrls(state, options.policy);
  const shares = state.urls.flatMap(({ rows }) => worstRowOf(rows)?.successPercent ?? []);
  return {
    urls: counts.urls,
    preloaded: counts.preloaded,
    failed: counts.failed,
    unknown: counts.pending + counts.unknown + counts.notSubmitted,
    ...(shares.length > 0 ? { lowestSuccessPercent: shares.reduce((a, b) => Math.min(a, b)) } : {}),
    elapsedMs: Math.round(options.elapsedMs),
    apiCalls: options.apiCalls,
  };
}
