import fc from "fast-check";
import { ServerClock } from "../../provider/transport/server-clock";
import { FakeClock } from "./fake-clock";

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

test("until an answer was seen, the local clock is the best guess", () => {
  expect(new ServerClock(new FakeClock({ startMs: START_MS })).nowMs()).toBe(START_MS);
});

test("one answer tells the service's time to within a second and the call's duration", () => {
  const clock = new FakeClock({ startMs: START_MS });
  const server = new ServerClock(clock);
  server.observe(answered({ sentAtMs: START_MS, durationMs: 80, aheadMs: 3_600_000 }));
  expect(Math.abs(server.offsetMs - 3_600_000)).toBeLessThanOrEqual(540);
});

test("many answers tell it finer than a header can, and never leave what is possible", () => {
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
        const server = new ServerClock(new FakeClock());
        let sentAtMs = START_MS;
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

test("a clock that was set is believed at once, not averaged away", () => {
  const server = new ServerClock(new FakeClock());
  for (let call = 0; call < 50; call += 1) {
    server.observe(answered({ sentAtMs: START_MS + call * 137, durationMs: 40, aheadMs: 0 }));
  }
  server.observe(answered({ sentAtMs: START_MS + 10_000, durationMs: 40, aheadMs: -1_200_000 }));
  expect(Math.abs(server.offsetMs + 1_200_000)).toBeLessThanOrEqual(520);
});

test.each([undefined, "", "yesterday"])("a Date header of %p is ignored", (dateHeader) => {
  const server = new ServerClock(new FakeClock());
  server.observe({ sentAtMs: START_MS, receivedAtMs: START_MS, dateHeader });
  expect(server.offsetMs).toBe(0);
});
