import { GateError } from "../../core/errors";
import { emptyGateState } from "../../core/gate-state";
import type { Language } from "../../core/language";
import type { GatePolicy } from "../../core/policy";
import { type PreloadUrl, showUrl } from "../../core/preload-url";
import { urlsToPurge } from "../../core/purge-plan";
import { MAX_URLS_PER_PUSH } from "../../core/service-limits";
import { withUrls } from "../../core/state-changes";
import { batchesOf, urlsToSubmit } from "../../core/submit-plan";
import { askWithin, type Session } from "../../gate";
import type { CommandLineNotice, PlannedQuota } from "../../wording/command-line-words";
import { cliWording } from "../cli-wording";
import { documentHead } from "../document/gate-document";
import type { PlanDocument } from "../document/schema";
import { finish } from "../finish";
import type { RunOptions } from "../options/command-options";
import { printable } from "../output/printable";
import type { SavedRun } from "../state-file";
import type { RunSettings } from "./run-settings";
import { withSession } from "./with-session";

export interface Plan {
  readonly command: string;
  readonly startedAtMs: number;
  readonly options: RunOptions;
  readonly urls: readonly PreloadUrl[];
  /** What there is to tell of the sources. */
  readonly notices: readonly CommandLineNotice[];
  /** URLs left out since another spelling is there. */
  readonly merged: number;
  readonly settings: RunSettings;
  readonly policy: GatePolicy;
  readonly previous: SavedRun | undefined;
}

const QUOTA_EXIT_CODE = 5;

/** `--dry-run`: says what would be submitted, in which calls, and whether the quota is enough. Submits nothing. */
export async function planAndShow(plan: Plan): Promise<void> {
  const { options, urls, notices, merged, settings, policy, previous } = plan;
  await withSession(options, async (session) => {
    const state = previous?.isSameGeneration ? withUrls(previous.state, urls) : emptyGateState(urls);
    const facts = urlsToSubmit(state, policy);
    const wanted = facts.map(({ url }) => url);
    const quota: PlannedQuota =
      urls.length === 0 ? { kind: "notNeeded" } : await quotaOf(session, wanted.length, settings);
    const isEnough = quota.kind === "known" ? quota.quota.isEnough : null;
    const isShort = isEnough === false && options.quotaCheck === "fail";
    const documentIn = (language: Language): PlanDocument => ({
      kind: "plan",
      ...documentHead(plan.command, plan.startedAtMs),
      exitCode: isShort ? QUOTA_EXIT_CODE : 0,
      urls: urls.map((url) => url.written),
      mergedSpellings: merged,
      submits: wanted.map((url) => url.written),
      batches: batchesOf(wanted, MAX_URLS_PER_PUSH).map((batch) => ({
        urls: batch.length,
        domains: [...new Set(batch.map((url) => url.host))],
      })),
      purges: settings.purgeFirst ? urlsToPurge(facts, state).length : 0,
      quota: { isEnough, text: cliWording(undefined, language).plannedQuota(quota) },
      notices: notices.map(cliWording(undefined, language).commandLineNotice),
    });
    finish(documentIn, { json: options.json ?? false, text: planText });
  });
}

async function quotaOf(session: Session, urls: number, settings: RunSettings): Promise<PlannedQuota> {
  try {
    const demand = { purpose: "preload", l2Preload: settings.l2Preload ?? false, urls, options: {} } as const;
    const quota = await askWithin(session, (client) => session.quotaLedger.check({ ...demand, client }));
    return quota ? { kind: "known", quota } : { kind: "notTold" };
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return { kind: "notKnown", failure: error };
  }
}

function planText(plan: PlanDocument): string {
  const wording = cliWording();
  const { dryRun: words } = wording.commandLine;
  const { submits, batches, purges, notices = [], quota } = plan;
  const kept = plan.urls.length - submits.length;
  return [
    ...submits.map((url) => printable(showUrl(url))),
    "",
    words.submits({ urls: submits.length, calls: batches.length, kept }),
    ...batches.map(({ urls, domains }, index) =>
      printable(`  ${words.call({ place: index + 1, urls, domains })}`),
    ),
    ...(purges > 0 ? [words.purges(purges)] : []),
    ...notices.map(printable),
    printable(words.quota(quota.text)),
    words.end,
  ].join("\n");
}
