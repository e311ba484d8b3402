import { GateError } from "../core/errors";
import type { Purpose, UrlFacts } from "../core/gate-state";
import type { CheckedSubmission } from "../core/options/settings";
import { type GatePolicy, needsDetail } from "../core/policy";
import { urlsToPurge } from "../core/purge-plan";
import { urlsNotAccepted, urlsToSubmit, urlsToSubmitUnwaited } from "../core/submit-plan";
import { type AccountOptions, noteAccount } from "./account";
import { adoptRunning } from "./adopt";
import { type Purged, pollEarlierPurges, purgeUrls } from "./purge";
import { type GiveBack, reserveQuota } from "./quota-ledger";
import { learnServerTime, type ServerTimeOptions } from "./server-time";
import { type SubmitOptions, submitUrls } from "./submit";
import { askWithinDeadline } from "./within-deadline";

/** What a user says of how to submit. */
export interface SubmittingRules extends CheckedSubmission {
  readonly policy: GatePolicy;
}

export interface SubmitMissingOptions
  extends SubmittingRules,
    SubmitOptions,
    AccountOptions,
    ServerTimeOptions {}

/**
 * Submits what no task holds, what has failed, and what is lost, but for what it takes over; purges it first where that
 * is asked for.
 *
 * @param options.isAsked whether all tasks could be asked about: an unknown one may run where they could not.
 * @throws GateError why not all was submitted; what was accepted before is in the state.
 */
export async function submitWhatIsMissing(
  work: SubmitMissingOptions,
  { isAsked }: { readonly isAsked: boolean },
): Promise<void> {
  const plan = work.wait ? urlsToSubmit : urlsToSubmitUnwaited;
  const missing = () => plan(work.run.state, work.policy, { isAsked });
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
async function mustBeJudgeable({ policy, scheduler, client, signal }: SubmitMissingOptions): Promise<void> {
  const refusal = needsDetail(policy) ? await scheduler.findRefusal(client, { signal }) : undefined;
  if (refusal) throw refusal;
}

/**
 * Submits within the quota. Another resource of this run may need what this one has reserved and will not preload.
 */
async function submitReserved(wanted: readonly UrlFacts[], work: SubmitMissingOptions): Promise<void> {
  const { run } = work;
  const before = run.state;
  const giveBack = await reserve("preload", wanted.length, work);
  try {
    // Before anything is sent the service's time is known.
    await learnServerTime(work);
    const purged = work.purgeFirst ? await purgeReserved(wanted, work) : undefined;
    const urls = (purged?.urls ?? wanted).map(({ url }) => url);
    const refusal = (await submitUrls(urls, "preload", work)) ?? purged?.refusal;
    if (refusal) throw refusal;
  } catch (error) {
    if (!isPreloadQuotaUsedUp(error)) giveBack?.(urlsNotAccepted(wanted, before, run.state).length);
    throw error;
  }
}

async function purgeReserved(wanted: readonly UrlFacts[], work: SubmitMissingOptions): Promise<Purged> {
  await reserve("purge", urlsToPurge(wanted, work.run.state).length, work);
  return purgeUrls(wanted, work);
}

/** The service's own word, so that there is nothing to give back. */
function isPreloadQuotaUsedUp(error: unknown): boolean {
  return error instanceof GateError && error.code === "quota" && error.operation === "PushObjectCache";
}

/** @throws GateError where today's quota is too small, or cannot be asked for although `quotaCheck` is `fail`. */
async function reserve(
  purpose: Purpose,
  urls: number,
  work: SubmitMissingOptions,
): Promise<GiveBack | undefined> {
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
    warn: (notice) => emit({ type: "notice", severity: "warning", notice }),
  });
}
