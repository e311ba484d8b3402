import { boundedClient } from "../client/bounded-client";
import { secretHeaderValues } from "../client/cdn-client";
import type { GateError } from "../core/errors";
import { emptyGateState, type GateState, type UrlResult } from "../core/gate-state";
import { evidenceOf, withJudgedUrls } from "../core/judge";
import { type GatePolicy, needsDetail } from "../core/policy";
import { mergeSpellings, type PreloadUrl, positionsOfDistinct } from "../core/preload-url";
import { purgeTaskIdsToWatch, urlsToPurge } from "../core/purge-plan";
import type { QuotaCheck } from "../core/quota-plan";
import { returningIdentities, withoutExpiredMemory } from "../core/returning-urls";
import { withUrls } from "../core/state-changes";
import { urlsToSubmit, urlsToSubmitUnwaited } from "../core/submit-plan";
import { confirmAccount, noteAccount } from "./account";
import { adoptRunning } from "./adopt";
import { asFailure } from "./failure";
import { hardDeadlineAfter } from "./hard-deadline";
import { type Outcome, outcomeOf } from "./outcome";
import { pollEarlierPurges, purgeUrls } from "./purge";
import { type Reservation, reserveQuota } from "./quota-ledger";
import { resolveOpenAttempts } from "./reconcile";
import { settleReturning } from "./returning";
import type { RunContext } from "./run-context";
import { RunState } from "./run-state";
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
 * outcome tells what stopped it, with all that is known.
 */
export async function runPreload(run: PreloadRun): Promise<Outcome> {
  const startedAtMs = run.clock.nowMs();
  // Also where nothing is submitted by this run, and an earlier task's words quote them.
  run.client.hide?.(secretHeaderValues(run.settings.headers));
  const callsBefore = run.client.callCount();
  const urls = mergeSpellings(run.urls);
  const runState = new RunState(run.previous ? withUrls(run.previous, urls) : emptyGateState(urls), run.emit);
  const deadlineMs = startedAtMs + run.timeoutMs;
  const hardDeadline = hardDeadlineAfter(deadlineMs, run);
  const work: Work = {
    ...run,
    client: boundedClient(run.client, { waitUntilMs: deadlineMs }),
    runState,
    scope: "submitted",
    startedAtMs,
    deadlineMs,
    signal: hardDeadline.signal,
    mayWait: run.wait,
  };
  const returning = run.previous ? returningIdentities(run.previous, urls) : new Set<string>();
  const end = await workOn(work, returning)
    // Whatever it is, the outcome keeps what is known by then, and above all the task ids.
    .catch((error): End => ({ failure: asFailure(error, hardDeadline.signal) }))
    .finally(() => hardDeadline.end());
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
    failure: hardDeadline.explain(end.failure),
  });
}

type Work = PreloadRun & WatchOptions & SubmitOptions;

/** How the work ended. */
interface End {
  readonly failure: GateError | undefined;
  readonly overridden?: boolean;
}

async function workOn(work: Work, returning: ReadonlySet<string>): Promise<End> {
  const isOpen = hasOpenEnds(work.runState.state);
  const timeFailure = isOpen ? ((await learnServerTime(work)) ?? (await confirmAccount(work))) : undefined;
  const earlyFailure = timeFailure ?? (await settleReturning(returning, work));
  if (earlyFailure) return { failure: earlyFailure };
  judgeAgain(work);
  const reconcileFailure = await resolveOpenAttempts(work);
  const pollFailure =
    reconcileFailure?.code === "interrupted" ? reconcileFailure : await pollBeforeSubmitting(work);
  judgeAgain(work);
  if (pollFailure && !pollFailure.retryable) return { failure: pollFailure };

  if (isOverridden(work.policy, work.previous, work.runState.state))
    return { failure: pollFailure, overridden: true };

  const submitFailure = await submitWhatIsMissing(work, { isAsked: pollFailure === undefined });
  judgeAgain(work);
  if (submitFailure) return { failure: submitFailure };
  if (!work.wait) return { failure: reconcileFailure ?? pollFailure };
  return { failure: (await watchTasks(work)) ?? reconcileFailure };
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
async function submitWhatIsMissing(
  work: Work,
  { isAsked }: { readonly isAsked: boolean },
): Promise<GateError | undefined> {
  const missing = () =>
    (work.wait ? urlsToSubmit : urlsToSubmitUnwaited)(work.runState.state).filter(
      (result) => isAsked || result.state !== "unknown",
    );
  if (missing().length === 0) return undefined;
  const { scheduler, client, signal } = work;
  const refusal = needsDetail(work.policy) ? await scheduler.findRefusal(client, { signal }) : undefined;
  if (refusal) return refusal;

  const adoptFailure = work.adoptInFlight
    ? ((await learnServerTime(work)) ?? (await adoptRunning(missing(), work)))
    : undefined;
  if (adoptFailure || missing().length === 0) return adoptFailure;
  const purgeFailure = work.purgeFirst ? await pollEarlierPurges(missing(), work) : undefined;
  if (purgeFailure) return purgeFailure;
  await noteAccount(work);
  const wanted = missing();
  const reservation = await reserve(wanted, work);
  let { failure } = reservation;
  if (!failure && work.purgeFirst) failure = await purgeUrls(wanted, work);
  const end = failure ? { failure, notAccepted: wanted.length } : await submitUrls(wanted, "preload", work);
  // Another resource of this run may need what this one has reserved and will not preload. Where the service
  // itself says that the quota is used up, there is nothing to give.
  if (end.failure !== undefined && (failure || end.failure.code !== "quota"))
    reservation.giveBack?.(end.notAccepted);
  return end.failure;
}

/** Asks about the quota, and by that learns the service's time before anything is sent. */
async function reserve(wanted: readonly UrlResult[], work: Work): Promise<Reservation> {
  const { client, signal, quotaLedger, quotaCheck, settings, emit } = work;
  if (quotaCheck === "off") return { failure: await learnServerTime(work) };
  const common = {
    client,
    quotaCheck,
    l2Preload: settings.l2Preload ?? false,
    options: { signal },
    persist: <T>(ask: () => Promise<T>) => askWithinDeadline(ask, work),
    warn: (message: string) => emit({ type: "notice", severity: "warning", message }),
  };
  const preloads = await reserveQuota(quotaLedger, { ...common, purpose: "preload", urls: wanted.length });
  const { giveBack } = preloads;
  const failure = preloads.failure ?? (await learnServerTime(work));
  const purges = work.purgeFirst ? urlsToPurge(wanted, work.runState.state).length : 0;
  if (failure || purges === 0) return { giveBack, failure };
  const purge = await reserveQuota(quotaLedger, { ...common, purpose: "purge", urls: purges });
  return { giveBack, failure: purge.failure };
}

function judgeAgain({ runState, policy }: Work): void {
  runState.set(withJudgedUrls(runState.state, { policy }));
}
