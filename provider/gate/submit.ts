import type { CallOptions, CdnClient, Submitted } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import { showDuration } from "../core/duration";
import { ERROR_FAMILIES, type ErrorCode, GateError } from "../core/errors";
import type { OpenAttempt, Purpose, UrlResult } from "../core/gate-state";
import { parsePreloadUrl } from "../core/preload-url";
import { MAX_URLS_PER_PUSH, MAX_URLS_PER_REFRESH, SIGNATURE_VALIDITY_MS } from "../core/service-limits";
import { withOpenAttempt, withoutOpenAttempt, withSubmission } from "../core/state-changes";
import { batchesOf } from "../core/submit-plan";
import { asFailure } from "./failure";
import { type Resolution, resolveAttempt } from "./reconcile";
import { serverTimeAt } from "./server-time";
import type { SubmitOptions } from "./submit-options";
import { RetryPauses } from "./within-deadline";

/**
 * How long an interruption waits for the answer to a submission under way, in milliseconds: with it the
 * task ids are known; without it nobody knows whether the service has accepted.
 */
const INTERRUPTION_GRACE_MS = 800;
/** A difference of the clocks at hand that a search has to cover, in milliseconds. */
const NOTABLE_DOUBT_MS = 1_000;
/** Failures after which a batch that was certainly not accepted may be sent again, once in a run. */
const PASSING_FAILURES: readonly ErrorCode[] = ["transient", "unreachable", "malformedAnswer"];

/** How submitting ended. */
export interface SubmitEnd {
  /** What stopped it before the last batch; `undefined` when all were accepted. */
  readonly failure: GateError | undefined;
  /** How many of the URLs were certainly not accepted. */
  readonly notAccepted: number;
}

/**
 * Submits URLs batch by batch. Each batch is noted as an open attempt before it is sent, and its task ids as
 * soon as they are known, so that whatever ends the work, the state tells what may have been accepted. A
 * batch whose outcome is not known is looked up before anything more is sent.
 *
 * Whatever stops it, what was accepted before is in the state.
 */
export async function submitUrls(
  urls: readonly UrlResult[],
  purpose: Purpose,
  options: SubmitOptions,
): Promise<SubmitEnd> {
  const batches = batchesOf(urls, purpose === "preload" ? MAX_URLS_PER_PUSH : MAX_URLS_PER_REFRESH);
  if (batches.length > 0)
    options.emit({ type: "submitting", purpose, urls: urls.length, calls: batches.length });
  let left = urls.length;
  for (const batch of batches) {
    const end = await submitBatch(
      batch.map((result) => result.url),
      purpose,
      options,
    );
    left -= batch.length;
    if (end.failure) return { failure: end.failure, notAccepted: end.notAccepted + left };
  }
  return { failure: undefined, notAccepted: 0 };
}

async function submitBatch(
  batch: readonly string[],
  purpose: Purpose,
  options: SubmitOptions,
): Promise<SubmitEnd> {
  const { clock, client, runState, deadlineMs, signal } = options;
  const pauses = new RetryPauses(options);
  let urls = batch;
  let isRepeated = false;
  while (urls.length > 0) {
    const notAccepted = urls.length;
    if (signal.aborted) return { failure: asFailure(undefined, signal), notAccepted };
    if (clock.nowMs() >= deadlineMs) {
      const failure = new GateError("timeout", "The deadline passed before all URLs were submitted.");
      return { failure, notAccepted };
    }
    const attempt = openAttempt(urls, purpose, client);
    runState.set(withOpenAttempt(runState.state, attempt));
    const { sent, localSentAtMs, refusal } = await send(attempt, options);
    if (!refusal) return { failure: undefined, notAccepted: 0 };
    if (refusal.mayHaveBeenAccepted) {
      const resolution = await findOutcome(sent, refusal, { ...options, localSentAtMs });
      urls = resolution.notAccepted;
      if (resolution.failure) return { failure: resolution.failure, notAccepted: urls.length };
      // What fails again, or by an answer that nobody knows, would fail until the deadline.
      const isFinal = isRepeated || !PASSING_FAILURES.includes(refusal.code);
      if (urls.length > 0 && isFinal) return { failure: refusal, notAccepted: urls.length };
      isRepeated = true;
      continue;
    }
    // Certainly not accepted, and by the error table a refusal that passes: sent again until the deadline.
    const { what, handling } = ERROR_FAMILIES[refusal.code];
    const pauseMs = handling === "retried within the deadline" ? pauses.nextMs(refusal) : undefined;
    if (pauseMs === undefined) return { failure: refusal, notAccepted };
    const message = `${what}${codeOf(refusal)}. Trying again in ${showDuration(pauseMs)}.`;
    options.emit({ type: "notice", severity: "warning", message });
    await clock.sleep(pauseMs, signal).catch(() => undefined);
  }
  return { failure: undefined, notAccepted: 0 };
}

function codeOf({ serviceCode }: GateError): string {
  return serviceCode === undefined ? "" : ` (${serviceCode})`;
}

/** How sending an attempt ended. */
interface Sent {
  /** The attempt as the state holds it, where its outcome is not known. */
  readonly sent: OpenAttempt;
  /** When its last request left, by the local clock. */
  readonly localSentAtMs: number;
  readonly refusal: GateError | undefined;
}

/** Sends an attempt and closes it, unless its outcome is not known. */
async function send(attempt: OpenAttempt, options: SubmitOptions): Promise<Sent> {
  const { client, runState, emit } = options;
  const grace = graceAfter(options.signal, options.clock);
  let sent = attempt;
  let localSentAtMs = options.clock.nowMs();
  // A request that waited for its turn, or that is sent again since it was certainly refused, is signed then.
  const onAttempt = () => {
    localSentAtMs = options.clock.nowMs();
    const signedNow = openAttempt(attempt.urls, attempt.purpose, client);
    if (signedNow.sentAtMs === sent.sentAtMs && signedNow.expiresAtMs === sent.expiresAtMs) return;
    runState.set(withOpenAttempt(withoutOpenAttempt(runState.state, sent), signedNow));
    sent = signedNow;
  };
  // Only the call's own failure says what became of it: one of whoever is told of the state must not.
  const answer = await call(attempt, options, { signal: grace.signal, priority: "high", onAttempt })
    .catch(asRefusal)
    .finally(() => grace.end());
  if (answer instanceof GateError) {
    if (!answer.mayHaveBeenAccepted) runState.set(withoutOpenAttempt(runState.state, sent));
    return { sent, localSentAtMs, refusal: answer };
  }
  const submittedAtMs = client.serverNowMs();
  const sentAtMs = earliestSentAt(sent, localSentAtMs, options);
  const clockDoubtMs = sent.clockDoubt?.laterMs;
  const { taskIds } = answer;
  runState.set(
    withSubmission(runState.state, { attempt: sent, taskIds, submittedAtMs, sentAtMs, clockDoubtMs }),
  );
  emit({ type: "submitted", urls: attempt.urls.length, taskIds: answer.taskIds });
  return { sent, localSentAtMs, refusal: undefined };
}

/**
 * The earliest instant at which the submission can have been sent, to tell older evidence by: what was known when it
 * was sent, and what its answer has told of the time since. `undefined` where the service has never told its time.
 */
function earliestSentAt(
  sent: OpenAttempt,
  localSentAtMs: number,
  options: SubmitOptions,
): number | undefined {
  if (!options.client.knowsServerTime()) return undefined;
  const byItsAnswerMs = serverTimeAt(localSentAtMs, "earliest", options);
  return Math.min(sent.sentAtMs, byItsAnswerMs) - (sent.clockDoubt?.earlierMs ?? 0);
}

function call(attempt: OpenAttempt, options: SubmitOptions, callOptions: CallOptions): Promise<Submitted> {
  const { client, settings } = options;
  const urls = attempt.urls.map(asSent);
  return attempt.purpose === "preload"
    ? client.pushObjectCache({ ...settings, urls }, callOptions)
    : client.refreshObjectCaches(urls, callOptions);
}

/** Looks a submission up that was answered with a failure which leaves its outcome unknown. */
async function findOutcome(
  attempt: OpenAttempt,
  unanswered: GateError,
  options: SubmitOptions & { readonly localSentAtMs: number },
): Promise<Resolution> {
  const { client, runState, signal } = options;
  // Where nobody answered, the local clock may have been set back meanwhile: never sooner than was known before.
  const expiresAtMs = Math.max(client.serverNowMs() + SIGNATURE_VALIDITY_MS, attempt.expiresAtMs);
  const open = withClockDoubt({ ...attempt, expiresAtMs }, client);
  runState.set(withOpenAttempt(withoutOpenAttempt(runState.state, attempt), open));
  if (signal.aborted) return { notAccepted: [], failure: asFailure(unanswered, signal) };
  const { failure, notAccepted } = await resolveAttempt(open, options);
  if (!failure) return { notAccepted, failure };
  return {
    notAccepted,
    failure: new GateError(failure.code, `${unanswered.message} ${failure.message}`, {
      ...failure,
      cause: unanswered,
    }),
  };
}

/** The window begins at the earliest that it may be now, and ends when a signature made now expires. */
function openAttempt(urls: readonly string[], purpose: Purpose, client: CdnClient): OpenAttempt {
  const sentAtMs = client.serverNowMs("earliest");
  const expiresAtMs = client.serverNowMs() + SIGNATURE_VALIDITY_MS;
  return withClockDoubt({ purpose, urls: [...urls], sentAtMs, expiresAtMs }, client);
}

/** Notes by how much the clocks at hand disagree now: a wrong date must not make a search search another time. */
function withClockDoubt(attempt: OpenAttempt, client: CdnClient): OpenAttempt {
  const { earlierMs = 0, laterMs = 0 } = attempt.clockDoubt ?? {};
  const clockDoubt = {
    earlierMs: Math.max(earlierMs, client.serverNowMs("earliest") - client.serverNowMs("farthestBack")),
    laterMs: Math.max(laterMs, client.serverNowMs("farthestAhead") - client.serverNowMs()),
  };
  return Math.max(clockDoubt.earlierMs, clockDoubt.laterMs) > NOTABLE_DOUBT_MS
    ? { ...attempt, clockDoubt }
    : attempt;
}

function asSent(url: string): string {
  const parsed = parsePreloadUrl(url);
  return parsed.ok ? parsed.url.sent : url;
}

/** What is not an error of ours (a bug, an exhausted machine) leaves the outcome unknown all the same. */
function asRefusal(error: unknown): GateError {
  if (error instanceof GateError) return error;
  return new GateError("internal", `Submitting failed: ${String(error)}.`, {
    cause: error,
    mayHaveBeenAccepted: true,
  });
}

/** A signal that follows another one a moment later, to let an answer under way arrive. */
function graceAfter(signal: AbortSignal, clock: Clock): { signal: AbortSignal; end(): void } {
  const delayed = new AbortController();
  const ended = new AbortController();
  const onAbort = () => {
    clock.sleep(INTERRUPTION_GRACE_MS, ended.signal).then(
      () => delayed.abort(signal.reason),
      () => undefined,
    );
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  return {
    signal: delayed.signal,
    end: () => {
      signal.removeEventListener("abort", onAbort);
      ended.abort();
    },
  };
}
