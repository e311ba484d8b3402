import type { CdnClient } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import type { GateError } from "../core/errors";
import { emptyGateState, type GateState, splitTaskIds, type UrlResult, withUrls } from "../core/gate-state";
import { evidenceOf, TaskFacts, withJudgedUrls } from "../core/judge";
import type { GatePolicy } from "../core/policy";
import { mergeSpellings, type PreloadUrl } from "../core/preload-url";
import { urlsToSubmit } from "../core/submit-plan";
import type { EventSink } from "./events";
import { type Outcome, outcomeOf } from "./outcome";
import { StateCell } from "./state-cell";
import { type PreloadSettings, submitUrls } from "./submit";
import type { TaskReader } from "./task-reader";
import { lookOnce, type WatchOptions, watchTasks } from "./watch";

/** What every run needs from around it. */
export interface RunContext {
  readonly client: CdnClient;
  /** One for the whole process: it remembers whether the account may ask for details. */
  readonly reader: TaskReader;
  readonly clock: Clock;
  /** Ends the run: what is known by then is in the outcome. */
  readonly signal: AbortSignal;
  readonly emit: EventSink;
  /** Reasons then name no URL. */
  readonly urlsAreSecret: boolean;
}

export interface PreloadRun extends RunContext {
  readonly urls: readonly PreloadUrl[];
  readonly settings: PreloadSettings;
  readonly policy: GatePolicy;
  /** `false`: submit, look once at what was submitted before, and leave the waiting to another gate. */
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
  const callsBefore = run.client.callCount();
  const urls = mergeSpellings(run.urls);
  const cell = new StateCell(run.previous ? withUrls(run.previous, urls) : emptyGateState(urls), run.emit);
  const watch = {
    ...run,
    cell,
    scope: "submitted",
    startedAtMs,
    deadlineMs: startedAtMs + run.timeoutMs,
  } as const satisfies WatchOptions;
  const done = (stop: GateError | undefined, overridden = false) =>
    outcomeOf(cell.state, {
      policy: run.policy,
      serverNowMs: run.client.serverNowMs(),
      stop,
      wait: run.wait,
      overridden,
      urlsAreSecret: run.urlsAreSecret,
      elapsedMs: run.clock.nowMs() - startedAtMs,
      apiCalls: run.client.callCount() - callsBefore,
    });

  judgeAgain(cell, run);
  const before = evidenceOf(cell.state);
  const lookStop = await lookOnce(watch);
  judgeAgain(cell, run);
  if (lookStop && !lookStop.retryable) return done(lookStop);

  const isOverridden =
    run.policy.override !== undefined && run.previous !== undefined && evidenceOf(cell.state) === before;
  if (isOverridden) return done(lookStop, true);

  const wanted = urlsToSubmit(cell.state, run.client.serverNowMs()).filter(
    (result) => run.wait || !isExpired(cell.state, result, run),
  );
  const submitStop = await submitUrls(wanted, watch);
  judgeAgain(cell, run);
  if (submitStop || !run.wait) return done(submitStop ?? lookStop);
  return done(await watchTasks(watch));
}

function judgeAgain(cell: StateCell, run: PreloadRun): void {
  cell.set(withJudgedUrls(cell.state, { policy: run.policy, serverNowMs: run.client.serverNowMs() }));
}

/** Where nobody waits, a task that nobody has asked about in time is no reason to submit again. */
function isExpired(state: GateState, result: UrlResult, run: PreloadRun): boolean {
  const facts = new TaskFacts(state, run.client.serverNowMs());
  return result.state === "unknown" && splitTaskIds(result.taskId).some((id) => facts.isGone(id));
}
