import { boundedClient } from "../client/bounded-client";
import { secretHeaderValues } from "../client/cdn-client";
import { GateError } from "../core/errors";
import { emptyGateState, type GateState, type Purpose, type UrlResult } from "../core/gate-state";
import { evidenceOf, withJudgedUrls } from "../core/judge";
import { type GatePolicy, needsDetail } from "../core/policy";
import { mergeSpellings, type PreloadUrl, positionsOfDistinct } from "../core/preload-url";
import { purgeTaskIdsToWatch, urlsToPurge } from "../core/purge-plan";
import type { QuotaCheck } from "../core/quota-plan";
import { returningIdentities, withoutExpiredMemory } from "../core/returning-urls";
import { withUrls } from "../core/state-changes";
import { urlsNotAccepted, urlsToSubmit, urlsToSubmitUnwaited } from "../core/submit-plan";
import { confirmAccount, noteAccount } from "./account";
import { adoptRunning } from "./adopt";
import { guarded } from "./events";
import { postponable } from "./failure";
import { type Outcome, outcomeOf } from "./outcome";
import { pollEarlierPurges, purgeUrls } from "./purge";
import { type GiveBack, reserveQuota } from "./quota-ledger";
import { resolveOpenAttempts } from "./reconcile";
import { settleReturning } from "./returning";
import type { RunContext } from "./run-context";
import { RunState } from "./run-state";
import { type RunEnd, runToEnd } from "./run-to-end";
import { learnServerTime } from "./server-time";
import { submitUrls } from "./submit";
import type { PreloadSettings, SubmitOptions } from "./submit-options";
import { pollBeforeSubmitting, type WatchOptions, watchTasks } from "./watch";
import { askWithinDeadline } from "./within-deadline";

export interface PreloadRun extends RunContext {
  readonly urls: readonly PreloadUrl[];
  readonly settings: PreloadSettings;
  readonly policy: GatePolicy;
  readonly quotaCheck: QuotaCheck;
  /** Refresh the URLs and wait for that before they are preloaded; once per URL. */
  readonly purgeFirst: boolean;
  /** Take over running preloads of the same URLs that someone else has started. */
  readonly adoptInFlight: boolean;
  /** `false`: submit, poll once what was submitted before, and leave the waiting to another gate. */
  readonly wait: boolean;
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
export async function runPreload(run: PreloadRun): Promise<Outcome> {
  const startedAtMs = run.clock.nowMs();
  // Also where nothing is submitted by this run, and an earlier task's words quote them.
  run.client.hide?.(secretHeaderValues(run.settings.headers));
  const callsBefore = run.client.callCount();
  const urls = mergeSpellings(run.urls);
  const emit = guarded(run.emit);
  const runState = new RunState(run.previous ? withUrls(run.previous, urls) : emptyGateState(urls), emit);
  const deadlineMs = startedAtMs + run.timeoutMs;
  const work: Omit<Work, "signal"> = {
    ...run,
    emit,
    client: boundedClient(run.client, { waitUntilMs: deadlineMs }),
    runState,
    scope: "submitted",
    startedAtMs,
    deadlineMs,
    mayWait: run.wait,
  };
  const returning = run.previous ? returningIdentities(run.previous, urls) : new Set<string>();
  const end = await runToEnd({ ...run, deadlineMs }, (signal) => workOn({ ...work, signal }, returning));
  const { client } = run;
  const state = client.knowsServerTime()
    ? withoutExpiredMemory(runState.state, client.serverNowMs())
    : runState.state;
  return outcomeOf(state, {
    policy: run.policy,
    wait: run.wait,
    urlsAreSecret: run.urlsAreSecret,
    urlPositions: positionsOfDistinct(run.urls),
    elapsedMs: run.clock.nowMs() - startedAtMs,
    apiCalls: run.client.callCount() - callsBefore,
    ...end,
    failure: end.failure,
  });
}

type Work = PreloadRun & WatchOptions & SubmitOptions;

async function workOn(work: Work, returning: ReadonlySet<string>): Promise<RunEnd> {
  const { runState, policy, previous, wait } = work;
  if (hasOpenEnds(runState.state)) {
    await learnServerTime(work);
    await confirmAccount(work);
  }
  await settleReturning(returning, work);
  judgeAgain(work);

  // What stays open, and what could not be asked about, does not keep the rest from being done.
  const stillOpen = await postponed(resolveOpenAttempts(work), work);
  const unanswered = await postponed(pollBeforeSubmitting(work), work);
  judgeAgain(work);
  if (unanswered && !unanswered.retryable) throw unanswered;
  if (isOverridden(policy, previous, runState.state)) return { failure: unanswered, overridden: true };

  await submitWhatIsMissing(work, { isAsked: unanswered === undefined });
  judgeAgain(work);
  if (wait) await watchTasks(work);
  return { failure: wait ? stillOpen : (stillOpen ?? unanswered) };
}

/** The failure of a step after which the run goes on; told at its end, where nothing else ends it. */
async function postponed(step: Promise<void>, { signal }: Work): Promise<GateError | undefined> {
  try {
    await step;
    return undefined;
  } catch (error) {
    return postponable(error, signal);
  }
}

/** An override is about the verdict already saved: other URLs, tasks or results than then make it void. */
export function isOverridden(policy: GatePolicy, saved: GateState | undefined, now: GateState): boolean {
  return policy.override !== undefined && saved?.saved.judgedEvidence === evidenceOf(now);
}

/** Whether anything of an earlier run is left to be asked about. */
function hasOpenEnds(state: GateState): boolean {
  const isOpen = ({ state: urlState }: UrlResult) => urlState === "pending" || urlState === "unknown";
  return (
    state.saved.openAttempts.length > 0 ||
    state.results.some(isOpen) ||
    purgeTaskIdsToWatch(state.results).length > 0
  );
}

/** @param options.isAsked whether all tasks could be asked about: an unknown one may run where they could not. */
async function submitWhatIsMissing(work: Work, { isAsked }: { readonly isAsked: boolean }): Promise<void> {
  const missing = () =>
    (work.wait ? urlsToSubmit : urlsToSubmitUnwaited)(work.runState.state).filter(
      (result) => isAsked || result.state !== "unknown",
    );
  if (missing().length === 0) return;
  await mustBeJudgeable(work);
  if (work.adoptInFlight) {
    await learnServerTime(work);
    await adoptRunning(missing(), work);
    if (missing().length === 0) return;
  }
  if (work.purgeFirst) await pollEarlierPurges(missing(), work);
  await noteAccount(work);
  await submitReserved(missing(), work);
}

/** @throws GateError where the policy asks for details, and the account may not ask for them. */
async function mustBeJudgeable({ policy, scheduler, client, signal }: Work): Promise<void> {
  const refusal = needsDetail(policy) ? await scheduler.findRefusal(client, { signal }) : undefined;
  if (refusal) throw refusal;
}

/**
 * Submits within the quota. Another resource of this run may need what this one has reserved and will not preload.
 */
async function submitReserved(wanted: readonly UrlResult[], work: Work): Promise<void> {
  const { runState } = work;
  const before = runState.state;
  const giveBack = await reserve("preload", wanted.length, work);
  try {
    // Before anything is sent the service's time is known.
    await learnServerTime(work);
    if (work.purgeFirst) {
      await reserve("purge", urlsToPurge(wanted, runState.state).length, work);
      await purgeUrls(wanted, work);
    }
    await submitUrls(wanted, "preload", work);
  } catch (error) {
    if (!isPreloadQuotaUsedUp(error)) giveBack?.(urlsNotAccepted(wanted, before, runState.state).length);
    throw error;
  }
}

/** The service's own word, so that there is nothing to give back. */
function isPreloadQuotaUsedUp(error: unknown): boolean {
  return error instanceof GateError && error.code === "quota" && error.operation === "PushObjectCache";
}

/** @throws GateError where today's quota is too small, or cannot be asked for although `quotaCheck` is `fail`. */
async function reserve(purpose: Purpose, urls: number, work: Work): Promise<GiveBack | undefined> {
  const { client, signal, quotaLedger, quotaCheck, settings, emit } = work;
  if (quotaCheck === "off" || urls === 0) return undefined;
  return reserveQuota(quotaLedger, {
    client,
    purpose,
    urls,
    quotaCheck,
    l2Preload: settings.l2Preload ?? false,
    options: { signal },
    persist: (ask) => askWithinDeadline(ask, work),
    warn: (message) => emit({ type: "notice", severity: "warning", message }),
  });
}

function judgeAgain({ runState, policy }: Work): void {
  runState.set(withJudgedUrls(runState.state, { policy }));
}
