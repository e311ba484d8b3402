import fc from "fast-check";
import { VirtualClock } from "./virtual-clock";

test("sleeps end in the order of their instants, and then of their calls", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 }), async (durations) => {
      const clock = new VirtualClock();
      const startMs = clock.nowMs();
      const ended: { index: number; durationMs: number; atMs: number }[] = [];
      const sleeps = durations.map(async (durationMs, index) => {
        await clock.sleep(durationMs);
        ended.push({ index, durationMs, atMs: clock.nowMs() - startMs });
      });
      await clock.run(Promise.all(sleeps));
      const expected = durations
        .map((durationMs, index) => ({ index, durationMs, atMs: durationMs }))
        .sort((a, b) => a.durationMs - b.durationMs);
      expect(ended).toEqual(expected);
      expect(clock.sleptMs).toEqual(durations);
    }),
    { numRuns: 50 },
  );
});

test("an outside event comes before a sleep that ends at the same instant", async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const sleeper = clock.sleep(1_000).then(() => seen.push("awake"));
  clock.after(1_000, () => seen.push("outside"));
  await clock.run(sleeper);
  expect(seen).toEqual(["outside", "awake"]);
});

test("an aborted sleep ends immediately with the reason, and no time passes", async () => {
  const clock = new VirtualClock();
  const startMs = clock.nowMs();
  const controller = new AbortController();
  const sleep = clock.sleep(60_000, controller.signal);
  expect(clock.sleeperCount).toBe(1);
  controller.abort(new Error("enough"));
  await expect(clock.run(sleep)).rejects.toThrow("enough");
  expect(clock.sleeperCount).toBe(0);
  await expect(clock.sleep(1, controller.signal)).rejects.toThrow("enough");
  await clock.advanceUntilIdle();
  expect(clock.nowMs()).toBe(startMs);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])("a sleep of %d ms is an error", async (durationMs) => {
  await expect(new VirtualClock().sleep(durationMs)).rejects.toThrow(`a sleep of ${durationMs} ms`);
});

test("work that waits forever is an error, and so is work that never ends", async () => {
  await expect(new VirtualClock().run(new Promise(() => undefined))).rejects.toThrow("nothing sleeps");
  const clock = new VirtualClock({ maxTimers: 100 });
  const forEver = async (): Promise<void> => {
    for (;;) await clock.sleep(1);
  };
  await expect(clock.run(forEver())).rejects.toThrow("goes on for ever");
});

test("real work stops the time until each piece is done", async () => {
  const clock = new VirtualClock({ quietTurns: 4 });
  const startMs = clock.nowMs();
  const seen: string[] = [];
  const real = (name: string) =>
    clock.exclusively(async () => {
      for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} at ${clock.nowMs() - startMs}`);
    });
  void clock.sleep(1).then(() => seen.push(`awake at ${clock.nowMs() - startMs}`));
  void real("first");
  void real("second");
  expect(await clock.pass(10)).toBe("done");
  expect(seen).toEqual(["first at 0", "second at 0", "awake at 1"]);
  expect(clock.nowMs() - startMs).toBe(10);
});

test("advancing the clock wakes sleeps that end at that instant, and setting it wakes nothing", async () => {
  const clock = new VirtualClock({ startMs: 0 });
  let isAwake = false;
  void clock.sleep(100).then(() => {
    isAwake = true;
  });
  clock.set(90);
  clock.skip(9);
  await clock.advance(0);
  expect(isAwake).toBe(false);
  await clock.advance(1);
  expect([isAwake, clock.nowMs()]).toEqual([true, 100]);
});

test("a cancelled event, or one of an earlier world, does not happen", async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  clock.after(1, () => seen.push("cancelled"))();
  clock.after(2, () => seen.push("of the earlier world"));
  clock.restart(0);
  clock.after(3, () => seen.push("of this one"));
  await clock.advanceUntilIdle();
  expect([seen, clock.nowMs()]).toEqual([["of this one"], 3]);
});

test("time does not pass between consecutive pieces of work, however short", async () => {
  const clock = new VirtualClock({ quietTurns: 4 });
  const startMs = clock.nowMs();
  clock.after(60_000, () => {});
  const turns = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
  const ended = (async () => {
    for (let piece = 0; piece < 5; piece += 1) {
      await clock.exclusively(async () => undefined);
      await turns();
    }
    return clock.nowMs();
  })();
  expect(await clock.run(ended)).toBe(startMs);
});
