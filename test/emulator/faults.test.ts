import type { FaultInput } from "../../emulator";
import { systemSleep } from "../../emulator/sleep";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

const PUSH = { ObjectPath: "https://a.example.com/1" };

async function startWithFaults(...faults: readonly FaultInput[]) {
  const delaysMs: number[] = [];
  const started = await start({
    faults,
    sleep: async (durationMs, signal) => {
      delaysMs.push(durationMs);
      if (durationMs === Number.POSITIVE_INFINITY) await systemSleep(durationMs, signal);
    },
  });
  return { ...started, delaysMs, submit: () => started.call("PushObjectCache", PUSH) };
}

test("a reset before the work leaves nothing submitted, and the next call is served", async () => {
  const { emulator, submit } = await startWithFaults({ kind: "resetBefore", operation: "PushObjectCache" });
  await expect(submit()).rejects.toThrow("fetch failed");
  expect(emulator.submissionCount()).toBe(0);
  expect((await submit()).status).toBe(200);
  expect(emulator.calls).toMatchObject([
    { httpStatus: 0, fault: "resetBefore" },
    { httpStatus: 200, taskIds: [expect.any(String)] },
  ]);
});

test("a reset after the work leaves the URL submitted, with its task id recorded", async () => {
  const { emulator, submit } = await startWithFaults({ kind: "resetAfter" });
  await expect(submit()).rejects.toThrow("fetch failed");
  expect(emulator.submissionCount(PUSH.ObjectPath)).toBe(1);
  expect(emulator.calls).toMatchObject([
    { httpStatus: 0, fault: "resetAfter", taskIds: [emulator.submissions()[0]?.taskId] },
  ]);
});

test("a truncated body breaks the connection after the work", async () => {
  const { emulator, submit } = await startWithFaults({ kind: "truncatedBody" });
  await expect(submit()).rejects.toThrow();
  expect(emulator.submissionCount()).toBe(1);
  expect(emulator.calls).toMatchObject([{ fault: "truncatedBody" }]);
});

test.each([
  [502, false, 0],
  [200, false, 0],
  [200, true, 1],
])("a proxy's page with status %i (work done: %s)", async (httpStatus, workDone, submitted) => {
  const { emulator, submit } = await startWithFaults({ kind: "htmlProxyPage", httpStatus, workDone });
  const answer = await submit();
  expect([answer.status, answer.headers.get("content-type")]).toEqual([httpStatus, "text/html"]);
  expect(answer.text).toMatch(/^<!DOCTYPE html>/);
  expect(emulator.submissionCount()).toBe(submitted);
  expect(emulator.calls).toMatchObject([{ httpStatus, fault: "htmlProxyPage" }]);
});

test.each([
  [500, "InternalError", false, 0],
  [503, "ServiceUnavailable", true, 1],
])("an error %i %s (work done: %s)", async (httpStatus, code, workDone, submitted) => {
  const { emulator, submit } = await startWithFaults({ kind: "error", httpStatus, code, workDone });
  const answer = await submit();
  expect([answer.status, answer.json.Code]).toEqual([httpStatus, code]);
  expect(emulator.submissionCount()).toBe(submitted);
  expect(emulator.calls).toMatchObject([{ httpStatus, errorCode: code, fault: "error" }]);
});

test("a burst of throttling affects a range of calls of one operation", async () => {
  const { call, submit } = await startWithFaults({
    kind: "throttlingBurst",
    operation: "PushObjectCache",
    fromCall: 2,
    toCall: 3,
  });
  const codes: unknown[] = [];
  for (let nth = 0; nth < 4; nth += 1) codes.push((await submit()).json.Code);
  expect(codes).toEqual([undefined, "Throttling.User", "Throttling.User", undefined]);
  expect((await call("DescribeRefreshQuota")).status).toBe(200);
});

test("an error or a burst of throttling can have a Retry-After", async () => {
  const { submit } = await startWithFaults(
    { kind: "throttlingBurst", code: "TooManyRequests", retryAfterSeconds: 2 },
    { kind: "error", fromCall: 2, httpStatus: 503, retryAfterSeconds: 0, workDone: true },
    { kind: "error", fromCall: 3 },
  );
  const retryAfter = async () => {
    const { status, headers } = await submit();
    return [status, headers.get("retry-after")];
  };
  expect(await retryAfter()).toEqual([429, "2"]);
  expect(await retryAfter()).toEqual([503, "0"]);
  expect(await retryAfter()).toEqual([503, null]);
});

test("a fault whose last call is null affects all later calls", async () => {
  const { submit } = await startWithFaults({ kind: "error", toCall: null });
  for (let nth = 0; nth < 5; nth += 1) expect((await submit()).status).toBe(503);
});

test("wrong JSON comes with status 200 after the work", async () => {
  const { emulator, submit } = await startWithFaults(
    { kind: "wrongJson" },
    { kind: "wrongJson", fromCall: 2, body: "[]" },
  );
  const cut = await submit();
  expect([cut.status, cut.text, cut.json]).toEqual([200, '{"Message":', undefined]);
  expect((await submit()).json).toEqual([]);
  expect(emulator.submissionCount()).toBe(2);
});

test("delays before and after the work add up with another fault", async () => {
  const { delaysMs, submit } = await startWithFaults(
    { kind: "delay", delayMs: 100 },
    { kind: "delay", delayMs: 200, afterWork: true },
    { kind: "error", workDone: true },
  );
  expect((await submit()).status).toBe(503);
  expect(delaysMs).toEqual([100, 200]);
});

test("a call whose client disconnects during a delay is still served", async () => {
  let goOn: () => void = () => undefined;
  const { emulator, call } = await start({
    faults: [{ kind: "delay", delayMs: 60_000 }],
    sleep: () => new Promise((resolve) => (goOn = resolve)),
  });
  const abort = new AbortController();
  const asked = call("PushObjectCache", PUSH, { signal: abort.signal });
  while (emulator.calls.length === 0) await new Promise(setImmediate);
  abort.abort();
  await expect(asked).rejects.toThrow("aborted");
  expect(emulator.submissionCount()).toBe(0);
  goOn();
  while (emulator.submissionCount() === 0) await new Promise(setImmediate);
});

test("a hanging call is never answered, is recorded, and ends with the emulator", async () => {
  const { emulator, submit } = await startWithFaults({ kind: "hang" });
  const asked = submit();
  const refused = expect(asked).rejects.toThrow("fetch failed");
  while (emulator.calls[0]?.fault !== "hang") await new Promise(setImmediate);
  expect(emulator.calls).toMatchObject([{ httpStatus: 0 }]);
  await emulator.close();
  await refused;
});

test("faults that are set later start counting calls then", async () => {
  const { emulator, submit } = await startWithFaults();
  await submit();
  emulator.setFaults([{ kind: "error", fromCall: 2 }]);
  expect((await submit()).status).toBe(200);
  expect((await submit()).status).toBe(503);
  emulator.setFaults([]);
  expect((await submit()).status).toBe(200);
});

test("the system's sleep waits, and an abort ends it immediately", async () => {
  const startedAtMs = performance.now();
  await systemSleep(5, new AbortController().signal);
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(4);
  const abort = new AbortController();
  const stopped = systemSleep(60_000, abort.signal);
  abort.abort();
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  await expect(systemSleep(60_000, AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
});

test("a sleep without an end is no timer that is too long for Node, which would fire after 1 ms", async () => {
  const timers = jest.requireActual<typeof import("node:timers/promises")>("node:timers/promises");
  const setTimeout = jest.spyOn(timers, "setTimeout").mockResolvedValue(undefined);
  try {
    await systemSleep(Number.POSITIVE_INFINITY, new AbortController().signal);
    expect(setTimeout.mock.calls.map(([durationMs]) => durationMs)).toEqual([2 ** 31 - 1]);
  } finally {
    setTimeout.mockRestore();
  }
});

test("a wrong date works with any answer and with other faults", async () => {
  const { submit } = await startWithFaults(
    { kind: "wrongDate", offsetMs: -86_400_000 },
    { kind: "wrongDate", fromCall: 2, date: "yesterday", headers: { age: "600" } },
    { kind: "error", fromCall: 2 },
    { kind: "wrongDate", fromCall: 3, date: null },
  );
  const first = await submit();
  expect([first.status, first.headers.get("date")]).toEqual([200, "Wed, 14 Jan 2026 08:00:00 GMT"]);
  const second = await submit();
  expect([second.status, second.headers.get("date"), second.headers.get("age")]).toEqual([
    503,
    "yesterday",
    "600",
  ]);
  expect((await submit()).headers.get("date")).toBeNull();
  expect((await submit()).headers.get("date")).toBe("Thu, 15 Jan 2026 08:00:00 GMT");
});

test("a Retry-After can be a date or any other text", async () => {
  const { submit } = await startWithFaults(
    { kind: "throttlingBurst", retryAfter: "Thu, 15 Jan 2026 09:00:00 GMT" },
    { kind: "error", fromCall: 2, retryAfter: "999999999999", retryAfterSeconds: 1 },
  );
  expect((await submit()).headers.get("retry-after")).toBe("Thu, 15 Jan 2026 09:00:00 GMT");
  expect((await submit()).headers.get("retry-after")).toBe("999999999999");
});
