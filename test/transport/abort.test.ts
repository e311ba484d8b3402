import { getEventListeners } from "node:events";
import {
  onAbort,
  unlessAborted,
  untilAllAbort,
  withGrace,
  withTimeout,
} from "../../provider/transport/abort";
import { VirtualClock } from "../support/virtual-clock";

const reason = new Error("over");
/** Ends only by its signal. */
const hang = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => onAbort(signal, () => reject(signal.reason)));

function listenersOf(...controllers: AbortController[]): number {
  return controllers.flatMap(({ signal }) => getEventListeners(signal, "abort")).length;
}

test("a listener is called once, immediately if the signal has aborted, and never after its removal", () => {
  const controller = new AbortController();
  const calls: string[] = [];
  const stopListening = onAbort(controller.signal, () => calls.push("taken away"));
  onAbort(controller.signal, () => calls.push("kept"));
  stopListening();
  controller.abort(reason);
  onAbort(controller.signal, () => calls.push("late"));
  expect(calls).toEqual(["kept", "late"]);
  expect(() => onAbort(undefined, () => calls.push("never"))()).not.toThrow();
});

test("work with a timeout is aborted with its reason after that time", async () => {
  const clock = new VirtualClock();
  const startMs = clock.nowMs();
  const work = withTimeout({ clock, durationMs: 5_000, reason }, hang).catch((error: unknown) => error);
  expect(await clock.run(work)).toBe(reason);
  expect(clock.nowMs() - startMs).toBe(5_000);
});

test("work with a timeout follows its signal, and leaves neither a timer nor a listener", async () => {
  const clock = new VirtualClock();
  const user = new AbortController();
  const interruption = new Error("Ctrl-C");
  const bound = { clock, durationMs: 5_000, reason, signal: user.signal };
  clock.after(1_000, () => user.abort(interruption));
  const interrupted = withTimeout(bound, hang).catch((error: unknown) => error);
  expect(await clock.run(interrupted)).toBe(interruption);
  expect(await clock.run(withTimeout({ ...bound, signal: undefined }, async () => "done"))).toBe("done");
  expect(clock.sleeperCount).toBe(0);
});

test("work with a grace period is aborted that much later than its signal", async () => {
  const clock = new VirtualClock();
  const user = new AbortController();
  const startMs = clock.nowMs();
  clock.after(1_000, () => user.abort(reason));
  const work = withGrace({ clock, graceMs: 800, signal: user.signal }, hang).catch((error: unknown) => error);
  expect(await clock.run(work)).toBe(reason);
  expect(clock.nowMs() - startMs).toBe(1_800);
});

test("work that ends within the grace period is not aborted, and leaves neither a timer nor a listener", async () => {
  const clock = new VirtualClock();
  const user = new AbortController();
  const seen: boolean[] = [];
  const work = withGrace({ clock, graceMs: 800, signal: user.signal }, async (signal) => {
    user.abort(reason);
    await clock.sleep(700);
    seen.push(signal.aborted);
  });
  await clock.run(work);
  expect(seen).toEqual([false]);
  expect(clock.sleeperCount).toBe(0);
  expect(listenersOf(user)).toBe(0);
});

test("shared work continues until its last caller gives up", async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const shared = untilAllAbort([first.signal, second.signal], hang).catch((error: unknown) => error);
  first.abort(new Error("first"));
  second.abort(reason);
  expect(await shared).toBe(reason);
  expect(listenersOf(first, second)).toBe(0);
});

test("shared work that ends leaves no listener on its callers", async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const stillWanted = untilAllAbort([first.signal, second.signal], async (signal) => {
    first.abort(reason);
    return !signal.aborted;
  });
  expect(await stillWanted).toBe(true);
  expect(listenersOf(first, second)).toBe(0);
});

test("a caller of a shared answer waits only until its abort, and gets the chosen error", async () => {
  const user = new AbortController();
  const waits = unlessAborted(new Promise(() => {}), user.signal, (cause) => new Error("gave up", { cause }));
  user.abort(reason);
  await expect(waits).rejects.toMatchObject({ message: "gave up", cause: reason });
  await expect(unlessAborted(new Promise(() => {}), user.signal)).rejects.toBe(reason);
  // A later failure has no listener, and must not end the process.
  const failsLater = new Promise((_resolve, reject) => setImmediate(reject, new Error("late")));
  await expect(unlessAborted(failsLater, user.signal)).rejects.toBe(reason);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
});

test("an answer before the abort is returned, and leaves no listener", async () => {
  const user = new AbortController();
  expect(await unlessAborted(Promise.resolve("answer"), user.signal)).toBe("answer");
  expect(await unlessAborted(Promise.resolve("answer"), undefined)).toBe("answer");
  expect(listenersOf(user)).toBe(0);
});
