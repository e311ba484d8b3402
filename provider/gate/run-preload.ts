import { boundedClient } from "../client/bounded-client";
import { secretHeaderValues } from "../client/secret-header-values";
import type { GateError } from "../core/errors";
import { emptyGateState, type GateState } from "../core/gate-state";
import { urlsThatAre } from "../core/judge";
import type { GatePolicy } from "../core/policy";
import { mergeSpellings, type PreloadUrl, positionsOfDistinct } from "../core/preload-url";
import { purgeTaskIdsToWatch } from "../core/purge-plan";
import { returningIdentities, withoutExpiredMemory } from "../core/returning-urls";
import { withUrls } from "../core/state-changes";
import { confirmAccount } from "./account";
import { guarded } from "./events";
import { postponable } from "./failure";
import { isOverridden, type Outcome, outcomeOf } from "./outcome";
import { resolveOpenAttempts } from "./reconcile";
import { settleReturning } from "./returning";
import type { RunContext } from "./run-context";
import { RunState } from "./run-state";
import { type RunEnd, runToEnd } from "./run-to-end";
import { learnServerTime } from "./server-time";
import type { PreloadSettings } from "./submit";
import { type SubmitMissingOptions, type SubmittingRules, submitWhatIsMissing } from "./submit-missing";
import { pollBeforeSubmitting, type WatchOptions, watchTasks } from "./watch";

export interface PreloadRun extends RunContext, SubmittingRules {
  readonly urls: readonly PreloadUrl[];
  readonly settings: PreloadSettings;
  /** How long the whole run may take, in milliseconds. */
  readonly timeoutMs: number;
  /** What an earlier run has left; absent on a first run. */
  readonly previous?: GateState | undefined;
}

/**
 * Submits what is not preloaded yet, waits until its tasks have ended, and judges.
 *
 * With a `previous` state it first asks about all that was not final, keeps what has passed, and submits
 * only what failed or was never accepted. It never throws for what the service or the network does: the
 * outcome tells what ended it early, with all that is known.
 */
export async function runPreload(options: PreloadRun): Promise<Outcome> {
  const startedAtMs = options.clock.nowMs();
  // Also where nothing is submitted by this run, and an earlier task's words quote them.
  options.client.hide?.(secretHeaderValues(options.settings.headers));
  const callsBefore = options.client.callCount();
  const urls = mergeSpellings(options.urls);
  const emit = guarded(options.emit);
  const run = new RunState(options.previous ? withUrls(options.previous, urls) : emptyGateState(urls), emit);
  const deadlineMs = startedAtMs + options.timeoutMs;
  const work: Omit<Work, "signal"> = {
    ...options,
    emit,
    client: boundedClient(options.client, { waitUntilMs: deadlineMs }),
    run,
    scope: "submitted",
    startedAtMs,
    deadlineMs,
  };
  const returning = options.previous ? returningIdentities(options.previous, urls) : new Set<string>();
  const end = await runToEnd({ ...options, deadlineMs }, (signal) => workOn({ ...work, signal }, returning));
  const { client } = options;
  const state = client.knowsServerTime() ? withoutExpiredMemory(run.state, client.serverNowMs()) : run.state;
  return outcomeOf(state, {
    policy: options.policy,
    wait: options.wait,
    urlPositions: positionsOfDistinct(options.urls),
    elapsedMs: options.clock.nowMs() - startedAtMs,
    apiCalls: options.client.callCount() - callsBefore,
    ...end,
    failure: end.failure,
  });
}

/** What the steps of a run need, together. */
type Work = SubmitMissingOptions & WatchOptions & Pick<PreloadRun, "previous">;

async function workOn(work: Work, returning: ReadonlySet<string>): Promise<RunEnd> {
  const { run, policy, previous, wait, signal } = work;
  if (hasOpenEnds(run.state, policy)) {
    await learnServerTime(work);
    await confirmAccount(work);
  }
  await settleReturning(returning, work);

  // What stays open, and what could not be asked about, does not keep the rest from being done.
  const stillOpen = await postponed(resolveOpenAttempts(work), signal);
  const unanswered = await postponed(pollBeforeSubmitting(work), signal);
  if (unanswered && !unanswered.retryable) throw unanswered;
  if (isOverridden(policy, previous, run.state)) return { failure: unanswered, overridden: true };

  await submitWhatIsMissing(work, { isAsked: unanswered === undefined });
  if (wait) await watchTasks(work);
  return { failure: wait ? stillOpen : (stillOpen ?? unanswered) };
}

/** The failure of a step after which the run goes on; told at its end, where nothing else ends it. */
async function postponed(step: Promise<void>, signal: AbortSignal): Promise<GateError | undefined> {
  try {
    await step;
    return undefined;
  } catch (error) {
    return postponable(error, signal);
  }
}

/** Whether anything of an earlier run is left to be asked about. */
function hasOpenEnds(state: GateState, policy: GatePolicy): boolean {
  return (
    state.saved.openAttempts.length > 0 ||
    urlsThatAre(["pending", "unknown"], state, policy).length > 0 ||
    purgeTaskIdsToWatch(state.urls).length > 0
  );
}
