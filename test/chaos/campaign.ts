import fc from "fast-check";
import { check, type Violation } from "./check";
import { type Schedule, schedules } from "./schedule";
import type { Simulator } from "./simulate";
import type { Subject } from "./subject";

export interface CampaignOptions {
  readonly simulator: Simulator;
  readonly runs: number;
  readonly seed: number;
  /** Where to begin, as fast-check prints it: the failing schedule of an earlier campaign. */
  readonly path?: string | undefined;
  /** After so long the schedules so far are enough. */
  readonly timeLimitMs?: number | undefined;
  readonly subject?: Subject | undefined;
  /** Whether a failing schedule is made smaller; default `true`. */
  readonly shrinks?: boolean | undefined;
  /** Judges a violation: `false` lets it pass. Default: each counts. */
  readonly counts?: ((violation: Violation) => boolean) | undefined;
}

export interface CampaignResult {
  readonly schedules: number;
  readonly calls: number;
  readonly elapsedMs: number;
  readonly seed: number;
  /** The smallest schedule found that breaks a rule. */
  readonly failure:
    | { readonly schedule: Schedule; readonly violations: readonly Violation[]; readonly path: string }
    | undefined;
}

/** How long a failing schedule is made smaller. */
const SHRINK_LIMIT_MS = 60_000;

/** Plays schedules until one breaks a rule, which is then made as small as it gets. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { simulator, runs, seed, subject, counts = () => true } = options;
  const startedAtMs = performance.now();
  let played = 0;
  let calls = 0;
  let shrinkUntilMs = Number.POSITIVE_INFINITY;
  let lastViolations: readonly Violation[] = [];
  const property = fc.asyncProperty(schedules, async (schedule) => {
    if (performance.now() > shrinkUntilMs) return;
    const histories = await simulator.play(schedule, subject);
    const isShrinking = Number.isFinite(shrinkUntilMs);
    if (!isShrinking) {
      played += 1;
      calls += histories[0]!.calls;
    }
    const violations = histories.flatMap(check).filter(counts);
    if (violations.length === 0) return;
    if (!isShrinking) shrinkUntilMs = performance.now() + SHRINK_LIMIT_MS;
    lastViolations = violations;
    throw new Error(violations.map(showViolation).join("\n"));
  });
  const { timeLimitMs, path, shrinks = true } = options;
  const details = await fc.check(property, {
    numRuns: runs,
    seed,
    endOnFailure: !shrinks,
    ...(path === undefined ? {} : { path }),
    ...(timeLimitMs === undefined
      ? {}
      : { interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: false }),
  });
  const schedule = details.counterexample?.[0];
  const again = schedule ? (await simulator.play(schedule, subject)).flatMap(check).filter(counts) : [];
  const violations = again.length > 0 ? again : lastViolations;
  // Whether a run hangs is told by a real clock: on a machine that was too busy it does not do so again.
  const isRepeatable = again.length > 0 || !violations.every(({ rule }) => rule === "hung");
  return {
    schedules: played,
    calls,
    elapsedMs: performance.now() - startedAtMs,
    seed,
    failure:
      schedule && isRepeatable ? { schedule, violations, path: details.counterexamplePath ?? "" } : undefined,
  };
}

/** For people: what went wrong, and the one command that shows it again. */
export function explainFailure({ failure, seed }: CampaignResult): string {
  if (!failure) return "";
  return [
    ...failure.violations.map(showViolation),
    "",
    "Replay it with:",
    `  npm run chaos -- --replay '${JSON.stringify(failure.schedule)}'`,
    `  npm run chaos -- --seed ${seed} --path ${failure.path}`,
  ].join("\n");
}

export function showViolation({ rule, run, what }: Violation): string {
  return `run ${run}: ${rule}: ${what}`;
}
