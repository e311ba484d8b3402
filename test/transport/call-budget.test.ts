import fc from "fast-check";
import { type CallBudget, type CallPermit, createCallBudget } from "../../provider/transport/call-budget";
import { CALLS_PER_SECOND, type OperationName } from "../../provider/wire/limits";
import { VirtualClock } from "../support/virtual-clock";
import { throwsInWords, wordingFor } from "../support/words";

const DETAIL = "DescribePreloadDetailById";

function largestCountInASecond(timesMs: readonly number[]): number {
  return Math.max(
    0,
    ...timesMs.map((startMs) => timesMs.filter((atMs) => atMs >= startMs && atMs <= startMs + 1_000).length),
  );
}

/** Requests `count` permits together and keeps those that were granted. */
function askFor(budget: CallBudget, count: number, operation: OperationName = DETAIL): CallPermit[] {
  const granted: CallPermit[] = [];
  for (let asked = 0; asked < count; asked += 1) {
    budget.acquire(operation).then((permit) => granted.push(permit));
  }
  return granted;
}

test("no sliding second ever holds more calls than allowed, and every caller is served in the end", async () => {
  const callers = fc.array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: 3_000 }),
      operation: fc.constantFrom(...(Object.keys(CALLS_PER_SECOND) as OperationName[])),
      priority: fc.constantFrom("high" as const, "normal" as const),
      isThrottled: fc.boolean(),
    }),
    { maxLength: 80 },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), callers, async (callsPerSecond, plan) => {
      const clock = new VirtualClock();
      const budget = createCallBudget({ clock, callsPerSecond });
      const granted: CallPermit[] = [];
      for (const { afterMs, operation, priority, isThrottled } of plan) {
        await clock.advance(afterMs % 400);
        budget.acquire(operation, { priority }).then((permit) => {
          granted.push(permit);
          if (isThrottled) {
            budget.reportThrottled(permit);
          }
        });
      }
      await clock.advanceUntilIdle();
      expect(granted).toHaveLength(plan.length);
      for (const operation of Object.keys(CALLS_PER_SECOND) as OperationName[]) {
        const times = granted.filter((permit) => permit.operation === operation).map((p) => p.grantedAtMs);
        expect(largestCountInASecond(times)).toBeLessThanOrEqual(
          Math.min(CALLS_PER_SECOND[operation], callsPerSecond),
        );
      }
    }),
    { numRuns: 60 },
  );
});

test("by default an operation gets 20 calls a second, or its documented rate if that is less", async () => {
  const clock = new VirtualClock();
  const budget = createCallBudget({ clock });
  const detail = askFor(budget, 30);
  const search = askFor(budget, 30, "DescribeRefreshTasks");
  await clock.advance(0);
  expect([detail.length, search.length]).toEqual([20, 10]);
  await clock.advance(1_100);
  expect([detail.length, search.length]).toEqual([30, 20]);
});

test("a rate below one call a second is one call in several seconds", async () => {
  const clock = new VirtualClock();
  const granted = askFor(createCallBudget({ clock, callsPerSecond: 0.1 }), 3);
  await clock.advance(10_000);
  expect(granted).toHaveLength(1);
  await clock.advance(600);
  expect(granted).toHaveLength(2);
});

test("a high priority goes before a normal one, and calls of one priority go in order", async () => {
  const clock = new VirtualClock();
  const budget = createCallBudget({ clock, callsPerSecond: 1 });
  const order: string[] = [];
  for (const [name, priority] of [
    ["first", "normal"],
    ["second", "normal"],
    ["third", "normal"],
    ["urgent", "high"],
    ["urgent too", "high"],
  ] as const) {
    budget.acquire(DETAIL, { priority }).then(() => order.push(name));
  }
  await clock.advanceUntilIdle();
  expect(order).toEqual(["first", "urgent", "urgent too", "second", "third"]);
});

test("an aborted caller leaves immediately with the signal's reason, and the next caller gets its turn", async () => {
  const clock = new VirtualClock();
  const budget = createCallBudget({ clock, callsPerSecond: 1 });
  const controller = new AbortController();
  await budget.acquire(DETAIL);
  const aborted = budget.acquire(DETAIL, { signal: controller.signal });
  const next = budget.acquire(DETAIL);
  controller.abort(new Error("enough"));
  await expect(aborted).rejects.toThrow("enough");
  await clock.advance(1_100);
  await expect(next).resolves.toMatchObject({ operation: DETAIL });
});

test("when the last caller leaves, no timer is left, and a later caller is still served", async () => {
  const clock = new VirtualClock();
  const budget = createCallBudget({ clock, callsPerSecond: 1 });
  const controller = new AbortController();
  await budget.acquire(DETAIL);
  const aborted = budget.acquire(DETAIL, { signal: controller.signal });
  expect(clock.sleeperCount).toBe(1);
  controller.abort(new Error("enough"));
  const late = budget.acquire(DETAIL);
  await expect(aborted).rejects.toThrow("enough");
  await clock.advance(1_100);
  await expect(late).resolves.toMatchObject({ operation: DETAIL });
  expect(clock.sleeperCount).toBe(0);
});

test("a caller whose signal is already aborted is never queued", async () => {
  const budget = createCallBudget({ clock: new VirtualClock() });
  await expect(budget.acquire(DETAIL, { signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow(
    "before",
  );
});

test("a throttled answer halves the rate, and a minute later it is back", async () => {
  const clock = new VirtualClock();
  const budget = createCallBudget({ clock });
  budget.reportThrottled(await budget.acquire(DETAIL));
  expect(budget.currentCallsPerSecond(DETAIL)).toBe(10);
  await clock.advance(30_000);
  expect(budget.currentCallsPerSecond(DETAIL)).toBe(15);
  await clock.advance(30_000);
  expect(budget.currentCallsPerSecond(DETAIL)).toBe(20);
  expect(budget.currentCallsPerSecond("DescribeRefreshTasks")).toBe(10);
});

test("a burst that is throttled halves the rate once, not once per call", async () => {
  const clock = new VirtualClock();
  const budget = createCallBudget({ clock });
  const burst = askFor(budget, 20);
  await clock.advance(5);
  for (const permit of burst) {
    budget.reportThrottled(permit);
  }
  expect(budget.currentCallsPerSecond(DETAIL)).toBe(10);
});

test("however often calls are throttled, one call in four seconds still goes out", async () => {
  const clock = new VirtualClock();
  const budget = createCallBudget({ clock });
  for (let round = 0; round < 12; round += 1) {
    const permit = budget.acquire(DETAIL);
    await clock.advanceUntilIdle();
    await clock.advance(1);
    budget.reportThrottled(await permit);
  }
  const next = askFor(budget, 1);
  await clock.advance(4_300);
  expect(next).toHaveLength(1);
});

test("a Retry-After holds back all calls of the operation, and no others", async () => {
  const clock = new VirtualClock();
  const budget = createCallBudget({ clock });
  budget.reportThrottled(await budget.acquire(DETAIL), 7_000);
  const held = askFor(budget, 1);
  const free = askFor(budget, 1, "DescribeRefreshTaskById");
  await clock.advance(6_999);
  expect([held.length, free.length]).toEqual([0, 1]);
  await clock.advance(1);
  expect(held).toHaveLength(1);
});

test("a Retry-After of hours is honoured for a minute", async () => {
  const clock = new VirtualClock();
  const budget = createCallBudget({ clock });
  budget.reportThrottled(await budget.acquire(DETAIL), 86_400_000);
  const held = askFor(budget, 1);
  await clock.advance(60_000);
  expect(held).toHaveLength(1);
});

test("a clock that is set back by a day does not hold calls back for a day", async () => {
  const clock = new VirtualClock();
  const budget = createCallBudget({ clock, callsPerSecond: 1 });
  budget.reportThrottled(await budget.acquire(DETAIL), 60_000);
  clock.set(clock.nowMs() - 86_400_000);
  const granted = askFor(budget, 2);
  await clock.advance(5_000);
  expect(granted).toHaveLength(2);
});

test.each([0, -1, Number.NaN])("callsPerSecond of %p is a usage error", (callsPerSecond) => {
  const create = () => createCallBudget({ clock: new VirtualClock(), callsPerSecond });
  expect(throwsInWords(create, wordingFor("code"))).toThrow(
    `callsPerSecond must be a number above 0, not ${callsPerSecond}.`,
  );
});
