import fc from "fast-check";
import { nextPollDelayMs, type ProgressSample, predictedEndMs } from "../../provider/core/poll-plan";

/** Polls whose progress grew, at growing times, as a watcher notes them. */
const samples: fc.Arbitrary<ProgressSample[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 600_000 }), fc.double({ min: 0, max: 1, noNaN: true })), {
    maxLength: 12,
  })
  .map((pairs) => {
    const shares = pairs.map(([, share]) => share).sort((a, b) => b - a);
    let atMs = 0;
    return pairs.map(([stepMs], index) => {
      atMs += stepMs;
      return { atMs, remainingShare: shares[index]! };
    });
  });

/** Anything that a broken clock or service could bring. */
const wildPolls: fc.Arbitrary<ProgressSample[]> = fc.array(
  fc.record({
    atMs: fc.integer({ min: -1e9, max: 1e12 }),
    remainingShare: fc.double({ min: -1, max: 2, noNaN: true }),
  }),
  { maxLength: 8 },
);
const elapsedMs = fc.oneof(fc.integer({ min: -1e9, max: 1e12 }), fc.double({ min: 0, max: 1, noNaN: true }));
const factor = fc.double({ min: 0.1, max: 50, noNaN: true });

/** The longest wait for the next poll that the time passed so far allows; rounding may add a trifle. */
function longestWaitMs(factorInUse: number, passedMs: number): number {
  return 6_000 * factorInUse * Math.max(passedMs / 1000, 1) ** 0.3 * (1 + 1e-9);
}

test.each([
  [0.5, 2_200],
  [0.75, 3_300],
  [1, 4_400],
])("the first poll follows the load: at a factor of %d it comes after %i ms", (value, delayMs) => {
  expect(nextPollDelayMs([], 0, { pollIntervalFactor: value })).toBe(delayMs);
});

test("the first poll comes neither before the service shows a task nor later than a small task takes", () => {
  fc.assert(
    fc.property(factor, (value) => {
      const delayMs = nextPollDelayMs([], 0, { pollIntervalFactor: value });
      expect(delayMs).toBeGreaterThanOrEqual(2_200);
      expect(delayMs).toBeLessThanOrEqual(4_400);
    }),
  );
});

test("a delay is finite and never below the floor", () => {
  fc.assert(
    fc.property(
      fc.oneof(samples, wildPolls),
      elapsedMs,
      factor,
      fc.integer({ min: 1, max: 60_000 }),
      (seen, now, value, floorMs) => {
        const delayMs = nextPollDelayMs(seen, now, { pollIntervalFactor: value, floorMs });
        expect(Number.isFinite(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(now <= 0 ? 2_200 : floorMs);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("a larger factor never polls sooner", () => {
  fc.assert(
    fc.property(samples, elapsedMs, factor, factor, (seen, now, left, right) => {
      const [less, more] = [Math.min(left, right), Math.max(left, right)];
      expect(nextPollDelayMs(seen, now, { pollIntervalFactor: more })).toBeGreaterThanOrEqual(
        nextPollDelayMs(seen, now, { pollIntervalFactor: less }),
      );
    }),
    { numRuns: 2_000 },
  );
});

test("however a task goes on, the wait for the next poll is bounded by the time that has passed", () => {
  fc.assert(
    fc.property(
      fc.oneof(samples, wildPolls),
      fc.integer({ min: 1, max: 1e9 }),
      factor,
      (seen, now, value) => {
        const boundMs = Math.max(500, longestWaitMs(value, now));
        expect(nextPollDelayMs(seen, now, { pollIntervalFactor: value })).toBeLessThanOrEqual(boundMs);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("whatever a task shows, polling it ends, and its end is seen within one such wait", () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 3_600_000 }), factor, (shown, durationMs, value) => {
      let now = 0;
      let calls = 0;
      // One `expect` for each of the thousands of polls would take most of the test's time.
      while (now < durationMs && calls < 5_000) {
        const seen = shown.filter((sample) => sample.atMs <= now);
        now += nextPollDelayMs(seen, now, { pollIntervalFactor: value });
        calls += 1;
      }
      expect(calls).toBeLessThan(5_000);
      expect(now - durationMs).toBeLessThanOrEqual(Math.max(4_400, longestWaitMs(value, durationMs)));
    }),
    { numRuns: 300 },
  );
});

test("without progress the delay grows slowly with the time that has passed", () => {
  const delays = [4_400, 60_000, 600_000, 1_800_000].map((now) => Math.round(nextPollDelayMs([], now)));
  expect(delays).toEqual([4934, 6840, 9121, 10464]);
});

test("a task at 0 % is planned like one that says nothing", () => {
  const stillAtStart = [{ atMs: 5_000, remainingShare: 1 }];
  expect(nextPollDelayMs(stillAtStart, 60_000)).toBe(nextPollDelayMs([], 60_000));
});

test("a steady task is polled shortly before its end, then about once a second", () => {
  const seen = [
    { atMs: 10_000, remainingShare: 0.9 },
    { atMs: 20_000, remainingShare: 0.8 },
  ];
  const far = nextPollDelayMs(seen, 20_000);
  expect(far).toBeGreaterThan(5_000);
  expect(far).toBeLessThan(20_000);
  const near = [...seen, { atMs: 99_000, remainingShare: 0.01 }];
  expect(nextPollDelayMs(near, 99_000)).toBeLessThan(2_500);
});

test("a task that stalls is polled less and less, by the time that has passed", () => {
  const stalled = [
    { atMs: 10_000, remainingShare: 0.5 },
    { atMs: 20_000, remainingShare: 0.01 },
  ];
  const delays = [30_000, 120_000, 900_000, 3_600_000].map((now) => nextPollDelayMs(stalled, now));
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(delays.at(-1)).toBeLessThan(60_000);
});

test("polls without progress between two that moved change nothing", () => {
  const seen = [
    { atMs: 10_000, remainingShare: 0.7 },
    { atMs: 20_000, remainingShare: 0.4 },
  ];
  const withStandstill = [seen[0]!, { atMs: 15_000, remainingShare: 0.7 }, seen[1]!];
  expect(nextPollDelayMs(withStandstill, 21_000)).toBe(nextPollDelayMs(seen, 21_000));
});

test("a week of waiting costs few polls", () => {
  let now = 0;
  let calls = 0;
  for (; now < 7 * 24 * 3_600_000; calls += 1) now += nextPollDelayMs([], now);
  expect(calls).toBeLessThan(40_000);
});

test.each<[string, ProgressSample[], number | undefined]>([
  ["nothing seen", [], undefined],
  ["0 % seen", [{ atMs: 5_000, remainingShare: 1 }], undefined],
  ["half done after 10 s", [{ atMs: 10_000, remainingShare: 0.5 }], 19_990],
  [
    "two polls that moved",
    [
      { atMs: 10_000, remainingShare: 0.6 },
      { atMs: 20_000, remainingShare: 0.2005 },
    ],
    25_006,
  ],
  ["all but the last POPs done", [{ atMs: 10_000, remainingShare: 0.0005 }], 10_000],
  [
    "going backwards",
    [
      { atMs: 1, remainingShare: 0.2 },
      { atMs: 2, remainingShare: 0.4 },
    ],
    undefined,
  ],
])("the end is predicted from the last poll that moved: %s", (_name, seen, expected) => {
  const endMs = predictedEndMs(seen);
  expect(endMs === undefined ? undefined : Math.round(endMs)).toBe(expected);
});
