import type { CdnClient, PushRequest } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import { GateError } from "../core/errors";
import {
  type OpenAttempt,
  type UrlResult,
  withOpenAttempt,
  withoutOpenAttempt,
  withSubmission,
} from "../core/gate-state";
import { parsePreloadUrl } from "../core/preload-url";
import { SIGNATURE_VALIDITY_MS } from "../core/service-limits";
import { batchesOf } from "../core/submit-plan";
import type { EventSink } from "./events";
import type { StateCell } from "./state-cell";

/** What a preload asks for beside its URLs. */
export type PreloadSettings = Omit<PushRequest, "urls">;

export interface SubmitOptions {
  readonly client: CdnClient;
  readonly clock: Clock;
  readonly cell: StateCell;
  readonly settings: PreloadSettings;
  /** Absolute, by the local clock; nothing is submitted after it. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly emit: EventSink;
}

/**
 * How long an interruption waits for the answer to a submission under way, in milliseconds: with it the
 * task ids are known; without it nobody knows whether the service has accepted.
 */
const INTERRUPTION_GRACE_MS = 800;
/** Delays between attempts while the account's preload queue is full, in milliseconds. */
const QUEUE_FULL_DELAY_MS = { first: 5_000, longest: 60_000 } as const;

/**
 * Submits URLs batch by batch. Each batch is noted as an open attempt before it is sent, and its task ids as
 * soon as they are known, so that whatever ends the work, the state tells what may have been accepted.
 *
 * @returns what stopped it before the last batch; `undefined` when all were accepted. What was accepted
 *   before is in the state in any case.
 */
export async function submitUrls(
  urls: readonly UrlResult[],
  options: SubmitOptions,
): Promise<GateError | undefined> {
  const batches = batchesOf(urls);
  if (batches.length > 0) options.emit({ type: "submitting", urls: urls.length, calls: batches.length });
  for (const batch of batches) {
    const stop = await submitBatch(
      batch.map((result) => result.url),
      options,
    );
    if (stop) return stop;
  }
  return undefined;
}

async function submitBatch(urls: readonly string[], options: SubmitOptions): Promise<GateError | undefined> {
  const { clock, deadlineMs, signal } = options;
  let queueDelayMs: number = QUEUE_FULL_DELAY_MS.first;
  for (;;) {
    if (signal.aborted) return interrupted();
    if (clock.nowMs() >= deadlineMs)
      return new GateError("timeout", "The deadline passed before all URLs were submitted.");
    const refusal = await sendBatch(urls, options);
    if (refusal?.code !== "queueFull" || clock.nowMs() + queueDelayMs >= deadlineMs) return refusal;
    options.emit({
      type: "notice",
      severity: "warning",
      message: `${refusal.message} Trying again in ${queueDelayMs / 1000} s.`,
    });
    await clock.sleep(queueDelayMs, signal).catch(() => undefined);
    queueDelayMs = Math.min(queueDelayMs * 2, QUEUE_FULL_DELAY_MS.longest);
  }
}

async function sendBatch(urls: readonly string[], options: SubmitOptions): Promise<GateError | undefined> {
  const { client, cell, settings, emit } = options;
  const attempt = attemptAt(urls, client.serverNowMs());
  cell.set(withOpenAttempt(cell.state, attempt));
  const grace = graceAfter(options.signal, options.clock);
  try {
    const sent = urls.map(asSent);
    const { taskIds } = await client.pushObjectCache(
      { ...settings, urls: sent },
      { signal: grace.signal, priority: "high" },
    );
    const submittedAt = new Date(client.serverNowMs()).toISOString();
    cell.set(withSubmission(cell.state, { attempt, taskIds, submittedAt }));
    emit({ type: "submitted", urls: urls.length, taskIds });
    return undefined;
  } catch (error) {
    const failure = asGateError(error);
    const closed = withoutOpenAttempt(cell.state, attempt);
    // The last of several tries may have been signed later than the first: it is the one that expires last.
    const open = { ...attempt, expiresAt: expiryAt(client.serverNowMs()) };
    cell.set(failure.mayHaveBeenAccepted ? withOpenAttempt(closed, open) : closed);
    return failure;
  } finally {
    grace.end();
  }
}

function attemptAt(urls: readonly string[], serverNowMs: number): OpenAttempt {
  return { urls: [...urls], sentAt: new Date(serverNowMs).toISOString(), expiresAt: expiryAt(serverNowMs) };
}

function expiryAt(serverNowMs: number): string {
  return new Date(serverNowMs + SIGNATURE_VALIDITY_MS).toISOString();
}

function asSent(url: string): string {
  const parsed = parsePreloadUrl(url);
  return parsed.ok ? parsed.url.sent : url;
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

function interrupted(): GateError {
  return new GateError("interrupted", "Interrupted before all URLs were submitted.");
}

/** What is not an error of ours (a bug, an exhausted machine) leaves the outcome unknown all the same. */
function asGateError(error: unknown): GateError {
  if (error instanceof GateError) return error;
  return new GateError("malformedAnswer", `Submitting failed: ${String(error)}`, {
    cause: error,
    mayHaveBeenAccepted: true,
  });
}
