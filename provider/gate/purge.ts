import { GateError } from "../core/errors";
import { identityOf, type UrlResult } from "../core/gate-state";
import { nextLookDelayMs } from "../core/poll-plan";
import { showUrl } from "../core/preload-url";
import { purgeTaskIdsToWatch, urlsToPurge, withPurgeRows } from "../core/purge-plan";
import { MAX_TASK_IDS_PER_CALL } from "../core/service-limits";
import type { CoarseRow } from "../core/task";
import { asStop } from "./stop";
import { type SubmitOptions, submitUrls } from "./submit";

/** URLs whose purge failed that are named one by one. */
const MAX_NAMED_URLS = 5;

/**
 * Refreshes (purges) the URLs that are about to be preloaded, and waits until the POPs have dropped them: a
 * preload of what they still hold would change nothing. Each URL once: a run that was interrupted between
 * the two goes on where it stopped.
 *
 * @returns why nothing may be preloaded yet; `undefined` once all are purged.
 */
export async function purgeUrls(
  wanted: readonly UrlResult[],
  options: SubmitOptions & { readonly urlsAreSecret: boolean },
): Promise<GateError | undefined> {
  const { cell, client } = options;
  const stop = await submitUrls(urlsToPurge(wanted, cell.state, client.serverNowMs()), "purge", options);
  return stop ?? (await waitForPurges(options)) ?? unpurged(wanted, options);
}

/** A purge whose outcome is not known keeps its URLs from being preloaded: it could come after the preload. */
function unpurged(wanted: readonly UrlResult[], { cell }: SubmitOptions): GateError | undefined {
  const urls = new Set(wanted.map((result) => result.url));
  const count = cell.state.results.filter((result) => urls.has(result.url) && !result.purged).length;
  if (count === 0) return undefined;
  return new GateError(
    "outcomeUnknown",
    `Nobody knows yet whether the purge of ${count} URLs was accepted; they were not preloaded.`,
  );
}

async function waitForPurges(
  options: SubmitOptions & { readonly urlsAreSecret: boolean },
): Promise<GateError | undefined> {
  const { cell, clock, deadlineMs, signal, emit } = options;
  const startedAtMs = clock.nowMs();
  try {
    for (;;) {
      const failure = await lookAtPurges(options);
      if (failure && !failure.retryable) return failure;
      const left = purgeTaskIdsToWatch(cell.state).length;
      if (left === 0) return undefined;
      const leftMs = deadlineMs - clock.nowMs();
      if (leftMs <= 0)
        return new GateError(
          "timeout",
          "The deadline passed before the purge had ended; nothing was preloaded after it.",
        );
      emit({ type: "purging", tasks: left });
      await clock.sleep(Math.min(leftMs, nextLookDelayMs([], clock.nowMs() - startedAtMs)), signal);
    }
  } catch (error) {
    return asStop(error, signal);
  }
}

/** @returns a failure of the purge, or of the question; the latter may go better next time. */
async function lookAtPurges(
  options: SubmitOptions & { readonly urlsAreSecret: boolean },
): Promise<GateError | undefined> {
  const { cell, client, signal } = options;
  const taskIds = purgeTaskIdsToWatch(cell.state);
  const identities = new Map<UrlResult, string>();
  const failed: { result: UrlResult; row: CoarseRow }[] = [];
  for (let start = 0; start < taskIds.length; start += MAX_TASK_IDS_PER_CALL) {
    try {
      const answer = await client.describeRefreshTaskById(
        taskIds.slice(start, start + MAX_TASK_IDS_PER_CALL),
        { signal },
      );
      const seen = withPurgeRows(cell.state, answer.rows, (result) => {
        const identity = identities.get(result) ?? identityOf(result);
        identities.set(result, identity);
        return identity;
      });
      cell.set(seen.state);
      failed.push(...seen.failed);
    } catch (error) {
      const stop = asStop(error, signal);
      if (stop.code !== "taskUnknown")
        return failed.length > 0 ? purgeFailed(failed, options.urlsAreSecret) : stop;
    }
  }
  return failed.length > 0 ? purgeFailed(failed, options.urlsAreSecret) : undefined;
}

function purgeFailed(
  failed: readonly { result: UrlResult; row: CoarseRow }[],
  urlsAreSecret: boolean,
): GateError {
  const named = failed.slice(0, MAX_NAMED_URLS).map(({ result, row }) => {
    const url = urlsAreSecret ? "a URL" : showUrl(result.url);
    return `${url} (task ${row.taskId}, status ${row.status}${row.description && !urlsAreSecret ? `, "${row.description}"` : ""})`;
  });
  const more = failed.length > named.length ? ` and ${failed.length - named.length} more` : "";
  return new GateError(
    "purgeFailed",
    `The purge before the preload failed: ${named.join(", ")}${more}. Nothing was preloaded after it.`,
  );
}
