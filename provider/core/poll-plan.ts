import type { Problem } from "./problems";

/**
 * When to poll a task next.
 *
 * A poll costs one call of the account's shared budget, and an ending is seen only at the next poll. So:
 * predict the end from the last two polls that moved, wait until the early edge of the prediction's
 * uncertainty, inside it poll at a density that falls with its width, and never wait longer than the time
 * already passed suggests, since where progress tells nothing the past is the only guide.
 *
 * The numbers were fitted to simulated tasks; `npm run bench -- --only polling` shows what they bring, also
 * for a kind of task that they were not fitted to.
 */

/** One poll that saw progress, relative to the task's start. */
export interface ProgressSample {
  readonly atMs: number;
  /** Share of the POPs on which the task has not ended yet, from 0 to 1. */
  readonly remainingShare: number;
}

export interface PollPlanOptions {
  /** The one knob: a larger one polls less often. Default 1, which costs about as many calls as every ten seconds. */
  readonly pollIntervalFactor?: number;
  /** Never poll sooner than this after the last poll, in milliseconds. Default 500. */
  readonly floorMs?: number;
}

/** A preload of one small file takes about four seconds; an earlier first poll is wasted more often than not. */
const FIRST_POLL_MS = 4_400;
/** With calls to spare, a task is asked about as soon as the service shows it: two seconds after its submission. */
const SOONEST_FIRST_POLL_MS = 2_200;
const DEFAULT_POLL_INTERVAL_FACTOR = 1;
const DEFAULT_FLOOR_MS = 500;
/** A task counts as ended at 99.95 %: the last POPs are not worth a prediction of their own. */
const ENDED_SHARE = 0.0005;
/** The service counts in steps of 0.01 %; a smaller one is noise, and dividing by it is not finite. */
const LEAST_STEP_SHARE = 1e-9;

/**
 * @param samples the polls at which progress grew, oldest first; the start of the task need not be among them.
 * @param elapsedMs time since the task's start, in milliseconds; 0 before the first poll.
 * @returns the delay until the next poll, in milliseconds: at least the floor, always finite. The first poll
 *   comes after 2.2 s for a lone task, after 4.4 s at a factor of 1 or more.
 */
export function nextPollDelayMs(
  samples: readonly ProgressSample[],
  elapsedMs: number,
  options: PollPlanOptions = {},
): number {
  const factor = options.pollIntervalFactor ?? DEFAULT_POLL_INTERVAL_FACTOR;
  if (elapsedMs <= 0) return firstPollDelayMs(factor);
  const floorMs = Math.max(options.floorMs ?? DEFAULT_FLOOR_MS, 1);
  const nowS = elapsedMs / 1000;
  const moved = samplesThatMoved(samples);
  if (moved.length === 1) return Math.max(floorMs, 4_100 * factor * nowS ** (1 / 8));

  const endS = predictedEndS(moved, moved.length - 1);
  const remainingS = endS - nowS;
  const uncertaintyS = Math.max(
    // How far the prediction has moved since the poll before. With one poll, there is no prediction before it.
    moved.length > 2
      ? Math.abs(endS - predictedEndS(moved, moved.length - 2))
      : 0.7 * Math.max(remainingS, 0),
    // A prediction is worth less the longer its end is past.
    -0.4 * remainingS,
  );
  const insideBandS = 1.05 * factor * Math.cbrt(uncertaintyS);
  const byThePastS = 6 * factor * nowS ** 0.3;
  const delayS = Math.min(Math.max(remainingS - uncertaintyS, insideBandS), byThePastS);
  return Math.max(floorMs, delayS * 1000);
}

function firstPollDelayMs(factor: number): number {
  return Math.max(SOONEST_FIRST_POLL_MS, FIRST_POLL_MS * Math.min(1, factor));
}

interface MovedSample {
  readonly atS: number;
  readonly share: number;
}

/** The start, and each poll with less left than at the one before. */
function samplesThatMoved(samples: readonly ProgressSample[]): MovedSample[] {
  const moved: MovedSample[] = [{ atS: 0, share: 1 }];
  for (const sample of samples) {
    const isStep = moved.at(-1)!.share - sample.remainingShare > LEAST_STEP_SHARE;
    if (isStep) moved.push({ atS: sample.atMs / 1000, share: sample.remainingShare });
  }
  return moved;
}

/** When the task ends if it goes on as between the polls `index - 1` and `index`, in seconds since its start. */
function predictedEndS(moved: readonly MovedSample[], index: number): number {
  const last = moved[index]!;
  const before = moved[index - 1]!;
  const secondsPerShare = (last.atS - before.atS) / (before.share - last.share);
  return last.atS + Math.max(last.share - ENDED_SHARE, 0) * secondsPerShare;
}

/** When the task is likely to end, in milliseconds since its start; `undefined` while progress says nothing. */
export function predictedEndMs(samples: readonly ProgressSample[]): number | undefined {
  const last = samples.at(-1);
  if (!last || last.remainingShare >= 1) return undefined;
  const before = samples.at(-2) ?? { atMs: 0, remainingShare: 1 };
  if (!(before.remainingShare - last.remainingShare > LEAST_STEP_SHARE)) return undefined;
  return (
    predictedEndS(
      [before, last].map((sample) => ({ atS: sample.atMs / 1000, share: sample.remainingShare })),
      1,
    ) * 1000
  );
}

/** The closest that even a lone task is watched: closer costs calls and gains fractions of a second. */
export const MIN_POLL_INTERVAL_FACTOR = 0.5;
/** The least that even thousands of tasks are watched: beyond it a poll is too rare to be worth the wait. */
export const MAX_POLL_INTERVAL_FACTOR = 12;

/** What is wrong with a factor that a user sets; `undefined` when nothing is. */
export function pollIntervalFactorProblem(factor: number): Problem | undefined {
  const isInRange = factor >= MIN_POLL_INTERVAL_FACTOR && factor <= MAX_POLL_INTERVAL_FACTOR;
  return isInRange
    ? undefined
    : { kind: "outOfRange", least: MIN_POLL_INTERVAL_FACTOR, most: MAX_POLL_INTERVAL_FACTOR };
}

/**
 * The factor that fits the load. The calls that polling takes fall about as the factor grows, so the demand
 * at a factor of 1 over the calls there are is the factor at which they are just enough.
 *
 * @param demandCallsPerSecond what all watched tasks would take at a factor of 1.
 * @param availableCallsPerSecond what there is for them.
 * @param minPollIntervalFactor no closer than this, however few calls that takes; default {@link MIN_POLL_INTERVAL_FACTOR}.
 */
export function pollIntervalFactorFor(
  demandCallsPerSecond: number,
  availableCallsPerSecond: number,
  minPollIntervalFactor: number = MIN_POLL_INTERVAL_FACTOR,
): number {
  const factor = demandCallsPerSecond / availableCallsPerSecond;
  return Math.min(MAX_POLL_INTERVAL_FACTOR, Math.max(minPollIntervalFactor, factor));
}
