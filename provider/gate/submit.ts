import type { CallOptions, CdnClient, PushRequest, Submitted } from "../client/cdn-client";
import { ERROR_FAMILIES, type ErrorCode, GateError } from "../core/errors";
import type { OpenAttempt, Purpose } from "../core/gate-state";
import type { PreloadUrl } from "../core/preload-url";
import { MAX_URLS_PER_PUSH, MAX_URLS_PER_REFRESH, SIGNATURE_VALIDITY_MS } from "../core/service-limits";
import {
  withChangedAttempt,
  withOpenAttempt,
  withoutOpenAttempt,
  withSubmission,
} from "../core/state-changes";
import { batchesOf } from "../core/submit-plan";
import { withGrace } from "../transport/abort";
import { ListenerError } from "./events";
import { asFailure, endedBy, failureAfter } from "./failure";
import { type ReconcileOptions, resolveAttempt } from "./reconcile";
import { isDomainRefusal, RefusedDomains } from "./refused-domains";
import { serverTimeAt } from "./server-time";
import type { StepOptions } from "./step-options";
import { RetryPauses } from "./within-deadline";

/**
 * How long an interruption waits for the answer to a submission under way, in milliseconds: with it the
 * task ids are known; without it, it is not known whether the service has accepted.
 */
const INTERRUPTION_GRACE_MS = 800;
/** A difference of the clocks at hand that a search has to cover, in milliseconds. */
const NOTABLE_DOUBT_MS = 1_000;
/** Failures after which a batch that was certainly not accepted may be sent again, once in a run. */
const PASSING_FAILURES: readonly ErrorCode[] = ["transient", "unreachable", "malformedAnswer"];

/** What a preload asks for beside its URLs. */
export type PreloadSettings = Omit<PushRequest, "urls">;

/** What a submission needs, from its start until its outcome is known. */
export interface SubmitOptions extends ReconcileOptions {
  readonly settings: PreloadSettings;
}

/**
 * Submits URLs batch by batch. Each batch is noted as an open attempt before it is sent, and its task ids as
 * soon as they are known, so that after any end of the work the state tells what may have been accepted. A
 * batch whose outcome is not known is reconciled before anything more is sent. One that the service refuses because of
 * a domain is sent in parts, so that the URLs of the other domains are submitted.
 *
 * @returns the refusal of domains, which names them; `undefined` where all URLs were submitted.
 * @throws GateError what ended it before the last batch; what was accepted before is in the state.
 */
export async function submitUrls(
  urls: readonly PreloadUrl[],
  purpose: Purpose,
  options: SubmitOptions,
): Promise<GateError | undefined> {
  const batches = batchesOf(urls, purpose === "preload" ? MAX_URLS_PER_PUSH : MAX_URLS_PER_REFRESH);
  if (batches.length > 0)
    options.emit({ type: "submitting", purpose, urls: urls.length, calls: batches.length });
  const refused = new RefusedDomains();
  const queue: (readonly PreloadUrl[])[] = batches;
  while (queue.length > 0 && !refused.areTooMany) {
    const end = await submitBatch(refused.without(queue.shift()!), purpose, options);
    if (end) queue.unshift(...refused.note(end.urls, end.refusal));
  }
  return refused.failure();
}

/** @returns the URLs that a refusal of one of their domains kept from being submitted; `undefined` for none. */
async function submitBatch(
  batch: readonly PreloadUrl[],
  purpose: Purpose,
  options: SubmitOptions,
): Promise<{ readonly urls: readonly PreloadUrl[]; readonly refusal: GateError } | undefined> {
  const pauses = new RetryPauses(options);
  let urls = batch;
  let isRepeated = false;
  while (urls.length > 0) {
    mustBeInTime(options);
    const submission = new Submission(urls, purpose, options);
    let submitted: Submitted;
    try {
      submitted = await submission.send();
    } catch (error) {
      const refusal = asRefusal(error);
      if (!refusal.mayHaveBeenAccepted) {
        submission.noteRefused();
        if (isDomainRefusal(refusal)) return { urls, refusal };
        await pauseAfter(refusal, pauses, options);
        continue;
      }
      urls = await submission.reconcile(refusal);
      // What fails again, or by an answer that is not known, would fail until the deadline.
      const isFinal = isRepeated || !PASSING_FAILURES.includes(refusal.code);
      if (urls.length > 0 && isFinal) throw refusal;
      isRepeated = true;
      continue;
    }
    // Outside: only the call's own failure says what became of it, and not one of a listener that is told of it.
    submission.noteAccepted(submitted);
    return undefined;
  }
  return undefined;
}

function mustBeInTime({ clock, deadlineMs, signal }: StepOptions): void {
  if (signal.aborted) throw endedBy(signal);
  if (clock.nowMs() >= deadlineMs) throw new GateError({ kind: "deadlineBeforeSubmission" });
}

/**
 * Pauses after a refusal that passes by the error table: it is certain that nothing was accepted, and the same is sent
 * again until the deadline.
 *
 * @throws GateError the refusal, where it does not pass or no time is left.
 */
async function pauseAfter(refusal: GateError, pauses: RetryPauses, options: StepOptions): Promise<void> {
  const { code, serviceCode } = refusal;
  const { handling } = ERROR_FAMILIES[code];
  const pauseMs = handling === "retriedWithinDeadline" ? pauses.nextMs(refusal) : undefined;
  if (pauseMs === undefined) throw refusal;
  const notice = { kind: "tryingAgain", code, serviceCode, pauseMs } as const;
  options.emit({ type: "notice", severity: "warning", notice });
  await options.clock.sleep(pauseMs, options.signal);
}

/** One submission, from its being noted as an open attempt until its outcome is known. */
class Submission {
  readonly #options: SubmitOptions;
  /** As the state holds it. */
  #attempt: OpenAttempt;
  /** When its last request left, by the local clock. */
  #localSentAtMs: number;

  constructor(urls: readonly PreloadUrl[], purpose: Purpose, options: SubmitOptions) {
    const { client, clock, run } = options;
    this.#options = options;
    this.#attempt = openAttempt(urls, purpose, client);
    run.set(withOpenAttempt(run.state, this.#attempt));
    this.#localSentAtMs = clock.nowMs();
  }

  /** @throws what the call throws, and nothing else: that says what became of the submission. */
  send(): Promise<Submitted> {
    const { clock, signal } = this.#options;
    return withGrace({ clock, signal, graceMs: INTERRUPTION_GRACE_MS }, (delayed) =>
      this.#call({ signal: delayed, priority: "high", onAttempt: () => this.#noteSent() }),
    );
  }

  /** It was certainly not accepted. */
  noteRefused(): void {
    const { run } = this.#options;
    run.set(withoutOpenAttempt(run.state, this.#attempt));
  }

  noteAccepted({ taskIds }: Submitted): void {
    const { client, run, emit } = this.#options;
    const attempt = this.#attempt;
    const submittedAtMs = client.serverNowMs();
    const sentAtMs = earliestSentAt(attempt, this.#localSentAtMs, this.#options);
    const clockDoubtMs = attempt.clockDoubt?.laterMs;
    run.set(withSubmission(run.state, { attempt, taskIds, submittedAtMs, sentAtMs, clockDoubtMs }));
    emit({ type: "submitted", urls: attempt.urls.length, taskIds });
  }

  /**
   * Finds out what became of it after a failure that leaves its outcome unknown.
   *
   * @returns the URLs that were certainly not accepted.
   * @throws GateError why its outcome stays unknown.
   */
  async reconcile(unanswered: GateError): Promise<readonly PreloadUrl[]> {
    const { client, signal } = this.#options;
    // Where no answer came, the local clock may have been set back meanwhile: never sooner than was known before.
    const signedNowExpiresAtMs = client.serverNowMs() + SIGNATURE_VALIDITY_MS;
    const expiresAtMs = Math.max(signedNowExpiresAtMs, this.#attempt.expiresAtMs);
    this.#replaceAttempt(withClockDoubt({ ...this.#attempt, expiresAtMs }, client));
    if (signal.aborted) throw endedBy(signal, unanswered);
    try {
      const localSentAtMs = this.#localSentAtMs;
      return await resolveAttempt(this.#attempt, { ...this.#options, localSentAtMs });
    } catch (error) {
      const failure = asFailure(error, signal);
      throw failure instanceof ListenerError ? failure : failureAfter(unanswered, failure);
    }
  }

  #call(callOptions: CallOptions): Promise<Submitted> {
    const { client, settings } = this.#options;
    const urls = this.#attempt.urls.map(({ sent }) => sent);
    return this.#attempt.purpose === "preload"
      ? client.pushObjectCache({ ...settings, urls }, callOptions)
      : client.refreshObjectCaches(urls, callOptions);
  }

  /** A request that waited for its turn, or that is sent again since it was certainly refused, is signed now. */
  #noteSent(): void {
    const { client, clock } = this.#options;
    this.#localSentAtMs = clock.nowMs();
    const { urls, purpose, sentAtMs, expiresAtMs } = this.#attempt;
    const signedNow = openAttempt(urls, purpose, client);
    if (signedNow.sentAtMs !== sentAtMs || signedNow.expiresAtMs !== expiresAtMs)
      this.#replaceAttempt(signedNow);
  }

  #replaceAttempt(next: OpenAttempt): void {
    const { run } = this.#options;
    const previous = this.#attempt;
    this.#attempt = next;
    run.set(withChangedAttempt(run.state, previous, next));
  }
}

/**
 * The earliest instant at which the submission can have been sent, to tell older evidence by: what was known when it
 * was sent, and what its answer has told of the time since. `undefined` where the service has never told its time.
 */
function earliestSentAt(sent: OpenAttempt, localSentAtMs: number, options: StepOptions): number | undefined {
  if (!options.client.knowsServerTime()) return undefined;
  const byItsAnswerMs = serverTimeAt(localSentAtMs, "earliest", options);
  return Math.min(sent.sentAtMs, byItsAnswerMs) - (sent.clockDoubt?.earlierMs ?? 0);
}

/** The window begins at the earliest that it may be now, and ends when a signature made now expires. */
function openAttempt(urls: readonly PreloadUrl[], purpose: Purpose, client: CdnClient): OpenAttempt {
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

/** What is not an error of ours (a bug, an exhausted machine) leaves the outcome unknown all the same. */
function asRefusal(error: unknown): GateError {
  if (error instanceof GateError) return error;
  const facts = { kind: "submissionBroke", why: String(error) } as const;
  return new GateError(facts, { cause: error, mayHaveBeenAccepted: true });
}
