import fc from "fast-check";
import { ServerClock } from "../../provider/transport/server-clock";
import { VirtualClock } from "../support/virtual-clock";

const START_MS = Date.parse("2026-11-23T10:00:00Z");

/** An answer of a server whose clock is ahead of ours, as its header tells. */
function answered(options: {
  sentAtMs: number;
  durationMs: number;
  aheadMs: number;
  writtenAfterMs?: number;
}) {
  const { sentAtMs, durationMs, aheadMs, writtenAfterMs = durationMs / 2 } = options;
  return {
    sentAtMs,
    receivedAtMs: sentAtMs + durationMs,
    dateHeader: new Date(sentAtMs + writtenAfterMs + aheadMs).toUTCString(),
  };
}

test("before the first answer, the local clock is the best guess", () => {
  expect(new ServerClock(new VirtualClock({ startMs: START_MS })).nowMs()).toBe(START_MS);
});

test("one answer that agrees with the local clock sets the service's time immediately", () => {
  const server = new ServerClock(new VirtualClock({ startMs: START_MS }));
  server.observe(answered({ sentAtMs: START_MS, durationMs: 80, aheadMs: 3_000 }));
  expect(server.hasObserved).toBe(true);
  expect(Math.abs(server.offsetMs - 3_000)).toBeLessThanOrEqual(540);
});

test("a first answer that contradicts the local clock is believed once another says the same", () => {
  const server = new ServerClock(new VirtualClock({ startMs: START_MS }));
  server.observe(answered({ sentAtMs: START_MS, durationMs: 80, aheadMs: 600_000 }));
  expect(server).toMatchObject({ hasObserved: false, offsetMs: 0 });
  server.observe(answered({ sentAtMs: START_MS + 500, durationMs: 80, aheadMs: 600_000 }));
  expect(server.hasObserved).toBe(true);
  expect(Math.abs(server.offsetMs - 600_000)).toBeLessThanOrEqual(540);
});

test("one wrong answer after many right ones changes nothing but what is possible", () => {
  const server = new ServerClock(new VirtualClock({ startMs: START_MS }));
  server.observe(answered({ sentAtMs: START_MS, durationMs: 40, aheadMs: 0 }));
  const { offsetMs } = server;
  server.observe(answered({ sentAtMs: START_MS, durationMs: 40, aheadMs: -700_000 }));
  expect(server).toMatchObject({ hasObserved: false, offsetMs });
  expect(server.nowMs("farthestBack")).toBeLessThan(START_MS - 690_000);
  expect(server.nowMs("earliest")).toBeGreaterThan(START_MS - 2_000);
  server.observe(answered({ sentAtMs: START_MS, durationMs: 40, aheadMs: 0 }));
  expect(server.hasObserved).toBe(true);
  expect(server.nowMs("farthestBack")).toBeGreaterThan(START_MS - 2_000);
});

test("wrong answers that contradict each other are never believed", () => {
  const server = new ServerClock(new VirtualClock({ startMs: START_MS }));
  server.observe(answered({ sentAtMs: START_MS, durationMs: 40, aheadMs: 0 }));
  const { offsetMs } = server;
  for (const aheadMs of [-600_000, 700_000, -600_000, 300_000]) {
    server.observe(answered({ sentAtMs: START_MS, durationMs: 40, aheadMs }));
    expect(server.offsetMs).toBe(offsetMs);
  }
});

test.each([-56 * 365 * 86_400_000, 4 * 86_400_000, 17 * 60_000, -17 * 60_000])(
  "a date %d ms off is never believed if the service accepted the signature",
  (aheadMs) => {
    const server = new ServerClock(new VirtualClock({ startMs: START_MS }));
    for (let call = 0; call < 5; call += 1) {
      const sentAtMs = START_MS + call * 1_000;
      server.observe({ ...answered({ sentAtMs, durationMs: 40, aheadMs }), signedAtMs: sentAtMs });
    }
    expect(server).toMatchObject({ hasObserved: false, offsetMs: 0 });
    expect(server.nowMs("farthestBack")).toBe(START_MS - 15 * 60_000);
  },
);

test("a refusal because of the request's time is believed immediately, because the local clock is certainly wrong", () => {
  const server = new ServerClock(new VirtualClock({ startMs: START_MS }));
  const refused = answered({ sentAtMs: START_MS, durationMs: 40, aheadMs: 86_400_000 });
  server.observe({ ...refused, isRefusedForTime: true });
  expect(server.hasObserved).toBe(true);
  expect(Math.abs(server.offsetMs - 86_400_000)).toBeLessThanOrEqual(520);
  // A local clock that the service does not take is no guess: how long a signature is taken for is all that is certain.
  expect(server.nowMs("farthestBack")).toBeCloseTo(server.nowMs() - 500 - 20 - 15 * 60_000, -3);
});

test("many answers give a finer time than one header, within the possible range", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -5_000_000, max: 5_000_000 }),
      fc.array(
        fc.record({
          gapMs: fc.nat(5_000),
          durationMs: fc.nat(300),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        {
          minLength: 1,
          maxLength: 60,
        },
      ),
      (aheadMs, calls) => {
        const server = new ServerClock(new VirtualClock());
        let sentAtMs = START_MS;
        // What the first answer tells, the second one confirms.
        server.observe(answered({ sentAtMs, durationMs: 300, aheadMs }));
        server.observe(answered({ sentAtMs, durationMs: 300, aheadMs }));
        let shortestMs = Number.POSITIVE_INFINITY;
        for (const { gapMs, durationMs, share } of calls) {
          sentAtMs += gapMs;
          server.observe(
            answered({ sentAtMs, durationMs, aheadMs, writtenAfterMs: Math.floor(durationMs * share) }),
          );
          shortestMs = Math.min(shortestMs, durationMs);
        }
        expect(Math.abs(server.offsetMs - aheadMs)).toBeLessThanOrEqual((1_000 + shortestMs) / 2);
      },
    ),
  );
});

test("a changed clock is believed after confirmation, and not averaged", () => {
  const server = new ServerClock(new VirtualClock());
  for (let call = 0; call < 50; call += 1) {
    server.observe(answered({ sentAtMs: START_MS + call * 137, durationMs: 40, aheadMs: 0 }));
  }
  for (const sentAtMs of [START_MS + 10_000, START_MS + 11_000]) {
    server.observe(answered({ sentAtMs, durationMs: 40, aheadMs: -1_200_000 }));
  }
  expect(Math.abs(server.offsetMs + 1_200_000)).toBeLessThanOrEqual(520);
});

test.each([undefined, "", "yesterday"])("a Date header of %p is ignored", (dateHeader) => {
  const server = new ServerClock(new VirtualClock());
  server.observe({ sentAtMs: START_MS, receivedAtMs: START_MS, dateHeader });
  expect(server.offsetMs).toBe(0);
});

test("a local clock that is set after an answer widens what is possible, and decides nothing, until the next answer", () => {
  for (const byMs of [20_000, -20_000]) {
    const time = new VirtualClock({ startMs: START_MS });
    let setMs = 0;
    const clock = {
      nowMs: () => time.nowMs() + setMs,
      steadyMs: () => time.nowMs() - START_MS,
      sleep: () => Promise.resolve(),
    };
    const server = new ServerClock(clock);
    server.observe(answered({ sentAtMs: START_MS, durationMs: 40, aheadMs: 0 }));
    const { offsetMs } = server;
    expect(server.nowMs("farthestAhead") - server.nowMs("farthestBack")).toBeLessThan(2_000);

    setMs = byMs;
    expect(server.offsetMs).toBe(offsetMs);
    const bounds = [server.nowMs("farthestBack"), server.nowMs("farthestAhead")];
    expect(bounds[0]).toBeLessThanOrEqual(START_MS);
    expect(bounds[1]).toBeGreaterThanOrEqual(START_MS);
    expect(Math.abs(server.nowMs("best") - (START_MS + byMs))).toBeLessThan(2_000);
  }
});
