import { GateError } from "../core/errors";
import {
  type GateState,
  identityOf,
  type OpenAttempt,
  withOpenAttempt,
  withoutOpenAttempt,
  withSubmission,
} from "../core/gate-state";
import { TaskFacts } from "../core/judge";
import { identityOfObjectPath } from "../core/preload-url";
import { SIGNATURE_VALIDITY_MS, TASK_WINDOW_MS, VISIBILITY_DELAY_MS } from "../core/service-limits";
import type { CoarseRow } from "../core/task";
import { asStop } from "./stop";
import type { SubmitOptions } from "./submit";

/** Delays between looks for the tasks of one attempt, in milliseconds. */
const DELAY_MS = { first: 1_000, longest: 30_000 } as const;
/** The service's clock is known to about a second, and its times are cut off to the second. */
const CLOCK_MARGIN_MS = 2_000;
/** How much later than three days ago a search begins, in milliseconds: time goes on until it is answered. */
const REACH_MARGIN_MS = 5_000;
/** How long a run that does not wait looks all the same: until a task that was accepted is visible. */
const BRIEF_LOOK_MS = VISIBILITY_DELAY_MS + 2 * CLOCK_MARGIN_MS;
/** Looks that fail in a row, each tried several times already, after which the attempt stays open. */
const MAX_FAILED_LOOKS = 5;

/** What became of an attempt. */
export interface Resolution {
  /** URLs of the attempt that were certainly not accepted. */
  readonly notAccepted: readonly string[];
  /** Why the attempt stays open; `undefined` once it is closed. */
  readonly stop: GateError | undefined;
}

/**
 * Finds out what became of a submission whose outcome is not known, by looking for its tasks: by domain, in
 * the window of server time in which the service may have accepted it, by exact URL. What is found is
 * adopted. What is not found by the end of the window and the visibility delay after it was certainly not
 * accepted, and may be submitted again.
 *
 * @param attempt the very object that the state holds.
 */
export async function resolveAttempt(
  attempt: OpenAttempt,
  options: SubmitOptions & { readonly localSentAtMs?: number },
): Promise<Resolution> {
  const { client, clock, cell, signal, emit } = options;
  const completeAtMs = Date.parse(attempt.expiresAt) + VISIBILITY_DELAY_MS + CLOCK_MARGIN_MS;
  const serverTimeAt = (localMs: number) => client.serverNowMs("earliest") - (clock.nowMs() - localMs);
  if (client.serverNowMs() > Date.parse(attempt.expiresAt) + TASK_WINDOW_MS) {
    cell.set(withoutOpenAttempt(cell.state, attempt));
    return { notAccepted: attempt.urls, stop: undefined };
  }
  const untilMs = options.mayWait
    ? options.deadlineMs
    : Math.min(options.deadlineMs, clock.nowMs() + BRIEF_LOOK_MS);
  let open = attempt;
  let delayMs: number = DELAY_MS.first;
  let failedLooks = 0;
  for (;;) {
    const asked = { localMs: clock.nowMs(), serverMs: client.serverNowMs("earliest") };
    try {
      const found = await findTasks(open, options);
      // Also by the time that the answer itself has told: until then the local clock may have been wrong, and
      // what it says of how long the answer took is wrong where someone has set it meanwhile.
      const isComplete = Math.min(asked.serverMs, serverTimeAt(asked.localMs)) >= completeAtMs;
      failedLooks = 0;
      const sentAtMs = options.localSentAtMs === undefined ? undefined : serverTimeAt(options.localSentAtMs);
      if (sentAtMs !== undefined && sentAtMs < Date.parse(open.sentAt) - CLOCK_MARGIN_MS) {
        // The clock had been set before it was sent, and only this answer tells: the search began too late.
        const earlier = { ...open, sentAt: new Date(sentAtMs).toISOString() };
        cell.set(withOpenAttempt(withoutOpenAttempt(cell.state, open), earlier));
        open = earlier;
        continue;
      }
      const rest = adopt(open, found, options);
      if (!rest) return { notAccepted: [], stop: undefined };
      open = rest;
      if (isComplete) {
        cell.set(withoutOpenAttempt(cell.state, open));
        return { notAccepted: open.urls, stop: undefined };
      }
    } catch (error) {
      const stop = asStop(error, signal);
      failedLooks += 1;
      if (!stop.retryable || failedLooks >= MAX_FAILED_LOOKS) return { notAccepted: [], stop };
    }
    const leftMs = untilMs - clock.nowMs();
    if (leftMs <= 0) return { notAccepted: [], stop: stillOpen(open) };
    if (delayMs === DELAY_MS.first) emit({ type: "notice", severity: "warning", message: lookingFor(open) });
    const untilCompleteMs = Math.max(completeAtMs - client.serverNowMs(), 0);
    const isAborted = await clock
      .sleep(Math.min(delayMs, leftMs, Math.max(untilCompleteMs, DELAY_MS.first)), signal)
      .then(
        () => false,
        () => true,
      );
    if (isAborted) return { notAccepted: [], stop: asStop(undefined, signal) };
    delayMs = Math.min(delayMs * 2, DELAY_MS.longest);
  }
}

/** Closes what an earlier run has left open; the first attempt that stays open ends it. */
export async function resolveOpenAttempts(options: SubmitOptions): Promise<GateError | undefined> {
  let stop: GateError | undefined;
  for (const attempt of options.cell.state.saved.openAttempts) {
    stop ??= (await resolveAttempt(attempt, options)).stop;
  }
  return stop;
}

/** The tasks, by URL as written, that the service has started in the attempt's window. */
async function findTasks(attempt: OpenAttempt, options: SubmitOptions): Promise<Map<string, CoarseRow>> {
  const { client, cell, signal } = options;
  const known = knownTasks(cell.state, attempt, client.serverNowMs());
  const urls = new Map(attempt.urls.map((url) => [identityOf({ url }), url]));
  // A search that reaches too far back is refused as a whole; a task that is older counts no longer.
  const reachMs = client.serverNowMs() - TASK_WINDOW_MS + REACH_MARGIN_MS;
  const startTimeMs = Math.max(Date.parse(attempt.sentAt) - CLOCK_MARGIN_MS, reachMs);
  const endTimeMs = Math.max(Date.parse(attempt.expiresAt) + CLOCK_MARGIN_MS, startTimeMs);
  const latestSentMs = Date.parse(attempt.expiresAt) - SIGNATURE_VALIDITY_MS + CLOCK_MARGIN_MS;
  const found = new Map<string, CoarseRow>();
  for (const domain of new Set(
    [...urls.keys()].map((identity) => identity.slice(0, identity.search(/[/?]/))),
  )) {
    const objectType = attempt.purpose === "preload" ? "preload" : "file";
    const answer = await client.describeRefreshTasks(
      { domain, objectType, startTimeMs, endTimeMs },
      { signal, priority: "high" },
    );
    for (const row of answer.rows) {
      const url = urls.get(identityOfObjectPath(row.url));
      const createdMs = Date.parse(row.creationTime);
      const older = url === undefined ? undefined : known.get(url);
      if (url === undefined || older?.taskIds.has(row.taskId)) continue;
      // A task that was created after the attempt was sent at the latest is no older one, but an id given again.
      if (older !== undefined && older.createdMs <= latestSentMs && createdMs < older.createdMs) continue;
      if (createdMs < startTimeMs - CLOCK_MARGIN_MS || createdMs > endTimeMs) continue;
      const other = found.get(url);
      if (!other || createdMs > Date.parse(other.creationTime)) found.set(url, row);
    }
  }
  return found;
}

/** The tasks that are saved for a URL already. */
interface KnownTasks {
  readonly taskIds: ReadonlySet<string>;
  /** When the service created the newest that it has told of: the attempt was sent after that. */
  readonly createdMs: number;
}

function knownTasks(state: GateState, attempt: OpenAttempt, serverNowMs: number): Map<string, KnownTasks> {
  const of = attempt.purpose === "preload" ? "taskId" : "purgeTaskId";
  const facts = new TaskFacts(state, serverNowMs);
  const all = [...state.results, ...state.saved.removedResults];
  return new Map(
    all.map((result) => {
      const { taskIds, parts } = facts.holdersOf({ taskId: result[of] ?? "", domain: result.domain });
      // Not by when it was saved as submitted: that is our own guess at the service's time, and an id may be shared.
      const timesMs = parts.map((part) => Date.parse(part.creationTime));
      return [
        result.url,
        { taskIds: new Set(taskIds), createdMs: Math.max(...timesMs.filter(Number.isFinite)) },
      ];
    }),
  );
}

/** Takes over what was found, and returns what is still open. */
function adopt(
  attempt: OpenAttempt,
  found: ReadonlyMap<string, CoarseRow>,
  options: SubmitOptions,
): OpenAttempt | undefined {
  const { cell, emit } = options;
  let open: OpenAttempt | undefined = attempt;
  for (const [taskId, entries] of Map.groupBy(found, ([, row]) => row.taskId)) {
    if (!open) return undefined;
    const urls = new Set(entries.map(([url]) => url));
    const left: string[] = open.urls.filter((url) => !urls.has(url));
    const rest: OpenAttempt | undefined = left.length > 0 ? { ...open, urls: left } : undefined;
    const submittedAt = new Date(Date.parse(entries[0]![1].creationTime)).toISOString();
    cell.set(withSubmission(cell.state, { attempt: open, rest, taskIds: [taskId], submittedAt }));
    emit({ type: "submitted", urls: urls.size, taskIds: [taskId] });
    open = rest;
  }
  return open;
}

function lookingFor(attempt: OpenAttempt): string {
  const what = attempt.purpose === "preload" ? "submission" : "purge";
  return `The outcome of a ${what} of ${attempt.urls.length} URLs is not known. Looking for its tasks, until ${attempt.expiresAt} at the latest; only what was certainly not accepted is submitted again.`;
}

function stillOpen(attempt: OpenAttempt): GateError {
  return new GateError(
    "outcomeUnknown",
    `Nobody knows yet whether the ${attempt.purpose} of ${attempt.urls.length} URLs that was sent at ${attempt.sentAt} was accepted; it is looked up again by the next run.`,
  );
}
