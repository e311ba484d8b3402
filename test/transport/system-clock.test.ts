import { getEventListeners } from "node:events";
import { systemClock } from "../../provider/transport/system-clock";

/** Jest's fake timers leave `node:timers/promises` alone. */
function useFakeTimers(): void {
  jest.useFakeTimers();
  const timers = jest.requireActual<typeof import("node:timers/promises")>("node:timers/promises");
  jest
    .spyOn(timers, "setTimeout")
    .mockImplementation((durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)));
}

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

test("the time is the wall clock's", () => {
  expect(Math.abs(systemClock.nowMs() - Date.now())).toBeLessThan(1_000);
});

test("a sleep ends after its duration and leaves no listener on the signal", async () => {
  const controller = new AbortController();
  const startMs = performance.now();
  await systemClock.sleep(5, controller.signal);
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(5);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test.each([0, -5, Number.NaN])("a sleep of %p ms ends immediately", async (durationMs) => {
  await expect(systemClock.sleep(durationMs)).resolves.toBeUndefined();
});

test("an abort ends a sleep immediately with the signal's reason and leaves no listener", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const slept = systemClock.sleep(3_600_000, controller.signal);
  controller.abort(reason);
  await expect(slept).rejects.toBe(reason);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test("an already aborted signal ends a sleep before it starts", async () => {
  await expect(systemClock.sleep(3_600_000, AbortSignal.abort(new Error("before")))).rejects.toThrow(
    "before",
  );
});

test("a sleep that is too long for a timer is split and lasts its full duration", async () => {
  useFakeTimers();
  const durationMs = 2 ** 31 + 1_000;
  let isOver = false;
  const slept = systemClock.sleep(durationMs).then(() => {
    isOver = true;
  });
  // In steps of days: one timer of 2^31 ms or more would have fired after 1 ms.
  await jest.advanceTimersByTimeAsync(1_000_000);
  expect(isOver).toBe(false);
  await jest.advanceTimersByTimeAsync(durationMs - 1_000_001);
  expect(isOver).toBe(false);
  await jest.advanceTimersByTimeAsync(1);
  await slept;
  expect(isOver).toBe(true);
}, 60_000);

test("a machine that was suspended past the end notices it within half a minute after resuming", async () => {
  useFakeTimers();
  let isOver = false;
  const slept = systemClock.sleep(3_600_000).then(() => {
    isOver = true;
  });
  await jest.advanceTimersByTimeAsync(1_000);
  // Suspended: the wall clock has gone on by a day, timers and the monotonic clock have not.
  jest.setSystemTime(Date.now() + 86_400_000);
  await jest.advanceTimersByTimeAsync(30_000);
  await slept;
  expect(isOver).toBe(true);
});

test("a wall clock that is set back by a day does not make a sleep longer", async () => {
  useFakeTimers();
  const slept = systemClock.sleep(60_000);
  await jest.advanceTimersByTimeAsync(1_000);
  jest.setSystemTime(Date.now() - 86_400_000);
  await jest.advanceTimersByTimeAsync(60_000);
  await expect(slept).resolves.toBeUndefined();
});
