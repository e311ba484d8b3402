import fc from "fast-check";
import type { GateState } from "../../provider/core/gate-state";

import { readGateState, savedStateOf } from "../../provider/core/saved-state";
import type { ToldOutcome } from "../support/words";
import { A, B, C, GateStage, MINUTE_MS } from "./gate-stage";

import { type PushScript, scripts, type TaskScript } from "./scripted-service";

/**
 * The two promises, over generated histories of one resource: runs that are interrupted, time out or start in
 * a new process, against a service that accepts, refuses, loses answers and lets tasks end as they like.
 */

const taskScript: fc.Arbitrary<TaskScript> = fc.constantFrom(...Object.values(scripts));
const pushScript: fc.Arbitrary<PushScript> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.constantFrom<PushScript>(
    { refusedWith: "queueFull" },
    { refusedWith: "quota" },
    { refusedWith: "rejected" },
    { unknownOutcome: { isAccepted: true } },
    { unknownOutcome: { isAccepted: false } },
    { unknownOutcome: { isAccepted: true, serviceCode: "InternalError" } },
    { unknownOutcome: { isAccepted: true, serviceCode: "InternalError", acceptedAfterMs: 40_000 } },
    { unknownOutcome: { isAccepted: true, serviceCode: "InternalError", acceptedAfterMs: 12 * MINUTE_MS } },
    { unknownOutcome: { isAccepted: true, acceptedAfterMs: 8 * MINUTE_MS } },
    { unknownOutcome: { isAccepted: true, acceptedAfterMs: 14 * MINUTE_MS } },
    { unknownOutcome: { isAccepted: false, serviceCode: "ServiceUnavailable" } },
    { answersAfterMs: 700 },
    { answersAfterMs: 40_000 },
  ),
);
const run = fc.record({
  urls: fc.subarray([A, B, C], { minLength: 1 }),
  policy: fc.record({
    minSuccessPercent: fc.constantFrom(0, 0, 48),
    onInconclusive: fc.constantFrom("fail" as const, "warn" as const),
  }),
  wait: fc.constantFrom(true, true, false),
  timeoutMs: fc.constantFrom(1_000, 5_000, MINUTE_MS, 8 * MINUTE_MS, 45 * MINUTE_MS),
  interruptAfterMs: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined, freq: 2 }),
  pauseMs: fc.constantFrom(0, 500, 30_000, 10 * MINUTE_MS),
  isNewProcess: fc.boolean(),
  isOnAllowList: fc.constantFrom(true, true, false),
  searchFails: fc.constantFrom(false, false, false, true),
});

interface Accepted {
  readonly urls: readonly string[];
  readonly taskId: string;
  readonly script: TaskScript;
  readonly createdAtMs: number;
}

/** A stage that notes which submissions the service has accepted. */
class WatchedStage extends GateStage {
  readonly accepted: Accepted[] = [];
  /** Submissions of a URL of which a task ran or had passed, in words. */
  readonly second: string[] = [];
  /** What the last run has found. */
  saved: ToldOutcome | undefined;
  minSuccessPercent = 0;

  constructor(pushScripts: PushScript[], taskScripts: TaskScript[]) {
    super();
    this.service.pushScripts = pushScripts;
    this.service.taskScripts = taskScripts;
    const push = this.service.pushObjectCache.bind(this.service);
    const add = this.service.addTask.bind(this.service);
    this.service.pushObjectCache = (request, options) => {
      for (const url of request.urls) this.#check(url);
      return push(request, options);
    };
    this.service.addTask = (urls, script, changes) => {
      const taskId = add(urls, script, changes);
      const createdAtMs = this.clock.nowMs() - (changes?.ageMs ?? 0);
      this.accepted.push({ urls, taskId, script, createdAtMs });
      return taskId;
    };
  }

  /** A newer submission of a URL is allowed only where each older task has ended badly, or no one can see it. */
  #check(url: string): void {
    const known = this.saved?.results.find((result) => result.url === url);
    // By status-only evidence a URL has passed only a gate that asks for no share.
    const isPass = known?.successPercent === 100 || (!known?.successPercent && this.minSuccessPercent === 0);
    if (known?.state === "preloaded" && isPass) {
      this.second.push(`${url} although task ${known.taskId} has passed`);
    }
    for (const task of this.accepted) {
      if (!task.urls.includes(url) || !this.#mayRun(task)) continue;
      this.second.push(`${url} although task ${task.taskId} may run`);
    }
  }

  #mayRun({ script, createdAtMs }: Accepted): boolean {
    const ageMs = this.clock.nowMs() - createdAtMs;
    // Too old for the service, or seen by neither operation for five minutes: neither running nor passed.
    if (script.some((phase) => phase.error === "taskTooOld")) return false;
    if (script.some((phase) => phase.fromPoll !== undefined)) {
      return script.every((phase) => phase.error !== undefined || phase.success === 100);
    }
    const now = script.filter((phase) => ageMs >= (phase.fromMs ?? 0)).at(-1);
    if (!now) return true;
    if (now.isUnknown) return ageMs < 5 * MINUTE_MS;
    return now.status === "Refreshing" || now.error !== undefined || now.hangs === true;
  }
}

/** Whether the outcome's own evidence proves what it says. */
function isProven({ state, results, verdict }: ToldOutcome, minSuccessPercent: number): boolean {
  if (verdict !== "passed") return true;
  return results.every((result) => {
    const task = state.tasks.find((one) => one.taskId === result.taskId && one.domain === result.domain);
    if (task?.evidence === "statusOnly") return minSuccessPercent === 0;
    const share = result.successPercent ?? 0;
    return task?.status === "Complete" && task.retCode === "0" && share > 0 && share >= minSuccessPercent;
  });
}

test("whatever the service and the runs go through, no URL is submitted while a task of it may run, and nothing passes without proof", async () => {
  let submissions = 0;
  let passes = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(run, { minLength: 1, maxLength: 5 }),
      fc.array(pushScript, { maxLength: 8 }),
      fc.array(taskScript, { minLength: 12, maxLength: 12 }),
      async (runs, pushScripts, taskScripts) => {
        const stage = new WatchedStage([...pushScripts], [...taskScripts]);
        let previous: GateState | undefined;
        for (const one of runs) {
          if (one.isNewProcess) stage.startNewProcess();
          stage.service.isOnAllowList = one.isOnAllowList;
          stage.service.searchError = one.searchFails ? "unreachable" : undefined;
          const startMs = stage.clock.nowMs();
          const { urls, policy, wait, timeoutMs, interruptAfterMs } = one;
          stage.minSuccessPercent = policy.minSuccessPercent;
          const outcome = await stage.preload(urls, {
            policy,
            wait,
            timeoutMs,
            previous,
            ...(interruptAfterMs === undefined ? {} : { interruptAfterMs }),
          });
          expect(stage.clock.nowMs() - startMs).toBeLessThanOrEqual(timeoutMs + 16_000);
          if (interruptAfterMs !== undefined && outcome.failure?.code === "interrupted") {
            expect(stage.clock.nowMs() - startMs).toBeLessThanOrEqual(interruptAfterMs + 1_000);
          }
          expect(isProven(outcome, policy.minSuccessPercent)).toBe(true);
          expect(outcome.accepted).toBe(outcome.verdict === "passed" || outcome.acceptedBy !== undefined);
          if (outcome.acceptedBy === "warn") {
            expect(outcome.state.saved.openAttempts).toEqual([]);
            expect(outcome.results.every((result) => result.taskId !== "")).toBe(true);
          }
          if (outcome.verdict === "passed") passes += 1;
          // As the stack's state: through JSON.
          previous = readGateState(JSON.parse(JSON.stringify(savedStateOf(outcome.state))));
          stage.saved = outcome;
          stage.clock.skip(one.pauseMs);
        }
        submissions += stage.service.pushes.length;
        expect(stage.second).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
  expect(submissions).toBeGreaterThan(200);
  expect(passes).toBeGreaterThan(30);
}, 60_000);
