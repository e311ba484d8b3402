import { GateError } from "../core/errors";
import { idsOf, type UrlFacts } from "../core/gate-state";
import type { Notice } from "../core/notices";
import { returningUrls, withoutFactsOf } from "../core/returning-urls";
import type { PollScheduler } from "./poll-scheduler";
import { learnServerTime, type ServerTimeOptions } from "./server-time";
import type { StepOptions } from "./step-options";

type ReturningOptions = ServerTimeOptions &
  Pick<StepOptions, "run" | "emit"> & { readonly scheduler: PollScheduler };

/**
 * Settles what the saved result of a URL that was removed and is wanted again is worth. One of the last three days
 * counts. An older one does not, since the POPs may have dropped the file: once the service confirms the age, the URL
 * is as one that was never submitted. Either way a notice says so.
 *
 * @param identities of the URLs that are wanted again.
 * @throws GateError where the service could not be asked.
 */
export async function settleReturning(
  identities: ReadonlySet<string>,
  options: ReturningOptions,
): Promise<void> {
  if (identities.size === 0) return;
  const { client, run, emit } = options;
  await learnServerTime(options);
  const { recent, expired } = returningUrls(run.state, identities, client.serverNowMs());
  const tell = (urls: readonly UrlFacts[], counts: boolean) => {
    if (urls.length > 0) emit({ type: "notice", severity: "info", notice: wantedAgain(urls, counts) });
  };
  const stillKnown = await knownToTheService(expired, options);
  const forgotten = expired.filter(({ taskIds }) => !taskIds.some((id) => stillKnown.has(id)));
  run.set(withoutFactsOf(run.state, forgotten));
  tell(forgotten, false);
  tell([...recent, ...expired.filter((known) => !forgotten.includes(known))], true);
}

function wantedAgain(urls: readonly UrlFacts[], counts: boolean): Notice {
  return { kind: "wantedAgain", urls: urls.length, taskIds: idsOf(urls), counts };
}

/** A clock alone makes no task too old: those of which the service still tells are not. */
async function knownToTheService(
  urls: readonly UrlFacts[],
  { scheduler, client, signal }: ReturningOptions,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const taskId of idsOf(urls)) {
    try {
      if (await scheduler.reader.stillShows(client, taskId, { signal })) known.add(taskId);
    } catch (error) {
      // An account that may not ask this way has the service's time alone to go by.
      if (!(error instanceof GateError && error.code === "permission")) throw error;
    }
  }
  return known;
}
