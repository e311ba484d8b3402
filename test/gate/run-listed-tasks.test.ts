import { A, B, C, GateStage, MINUTE_MS } from "./gate-stage";
import { scripts } from "./scripted-service";

const completeAt = (success: number) =>
  [{ status: "Complete", retCode: "0", processPercent: 100, success }] as const;

test("a gate over a running task waits for it, judges all that it names and submits nothing", async () => {
  const stage = new GateStage();
  const task = stage.service.addTask([A, B], scripts.succeeds);
  const outcome = await stage.gate([task]);
  expect(outcome).toMatchObject({ verdict: "passed", accepted: true, taskIds: [task] });
  expect(outcome.results.map((result) => result.url)).toEqual([
    "cdn.example.com/a.js",
    "cdn.example.com/b.js",
  ]);
  expect(stage.service.pushes).toEqual([]);
});

test("a task of another's that has ended is judged by the first poll, at once", async () => {
  const stage = new GateStage();
  const task = stage.service.addTask([A], completeAt(100), { ageMs: MINUTE_MS });
  const outcome = await stage.gate([task]);
  expect(outcome.verdict).toBe("passed");
  expect(outcome.summary.elapsedMs).toBeLessThan(1_000);
});

test("with wanted URLs no other is judged", async () => {
  const stage = new GateStage();
  const task = stage.service.addTask([A, B], scripts.losesOneUrl, { ageMs: MINUTE_MS });
  const outcome = await stage.gate([task], { urls: [A] });
  expect(outcome).toMatchObject({ verdict: "passed" });
  expect(outcome.results.map((result) => result.url)).toEqual([A]);
  expect((await stage.gate([task])).verdict).toBe("failed");
});

test("a wanted URL that no listed task names is inconclusive", async () => {
  const stage = new GateStage();
  const task = stage.service.addTask([A], completeAt(100), { ageMs: MINUTE_MS });
  const outcome = await stage.gate([task], { urls: [A, B] });
  expect(outcome.verdict).toBe("inconclusive");
  expect(outcome.reasons.join("\n")).toContain("b.js: its task ended without a row for it");
});

test("each listed task has to end before the gate passes", async () => {
  const stage = new GateStage();
  const ended = stage.service.addTask([A], completeAt(100), { ageMs: MINUTE_MS });
  const stuck = stage.service.addTask([B], scripts.neverFinishes, { ageMs: MINUTE_MS });
  const outcome = await stage.gate([ended, stuck], { urls: [A], timeoutMs: 5 * MINUTE_MS });
  expect(outcome).toMatchObject({ verdict: "inconclusive", accepted: false, failure: { code: "timeout" } });
  expect(outcome.reasons.join("\n")).toContain(`Task ${stuck} has not ended`);
});

test("a listed task of other domains than the wanted URLs ends the wait all the same", async () => {
  const stage = new GateStage();
  const own = stage.service.addTask([A], completeAt(100), { ageMs: MINUTE_MS });
  const other = stage.service.addTask([C], scripts.succeeds);
  const outcome = await stage.gate([own, other], { urls: [A] });
  expect(outcome.verdict).toBe("passed");
  expect(outcome.summary.elapsedMs).toBeLessThan(2 * MINUTE_MS);
});

test("for a URL in several listed tasks the newest counts, whatever their order", async () => {
  const stage = new GateStage();
  const older = stage.service.addTask([A], completeAt(0), { ageMs: 10 * MINUTE_MS });
  const newer = stage.service.addTask([A], completeAt(100), { ageMs: MINUTE_MS });
  for (const ids of [
    [older, newer],
    [newer, older],
  ]) {
    expect((await stage.gate(ids)).verdict).toBe("passed");
  }
  const newest = stage.service.addTask([A], completeAt(0));
  for (const ids of [
    [newer, newest],
    [newest, newer],
  ]) {
    expect((await stage.gate(ids)).verdict).toBe("failed");
  }
});

test("a listed id that the service does not know ends the gate after a minute, by name", async () => {
  const stage = new GateStage();
  const known = stage.service.addTask([A], scripts.neverFinishes);
  const outcome = await stage.gate([known, "7777"]);
  expect(outcome).toMatchObject({
    verdict: "inconclusive",
    accepted: false,
    failure: { code: "taskUnknown" },
  });
  expect(outcome.failure?.message).toContain("7777");
  expect(outcome.summary.elapsedMs).toBeGreaterThanOrEqual(MINUTE_MS);
  expect(outcome.summary.elapsedMs).toBeLessThan(2 * MINUTE_MS);
});

test.each<[number]>([[5_000], [30_000], [5 * MINUTE_MS]])(
  "warn never covers a listed id that the service does not know, with a timeout of %d ms",
  async (timeoutMs) => {
    for (const urls of [undefined, [A]]) {
      const stage = new GateStage();
      const outcome = await stage.gate(["7777"], {
        ...(urls && { urls }),
        timeoutMs,
        policy: { onInconclusive: "warn" },
      });
      expect(outcome).toMatchObject({ verdict: "inconclusive", accepted: false });
    }
  },
);

test("a task that was started a moment ago and is not visible yet is no wrong id", async () => {
  const stage = new GateStage();
  const task = stage.service.addTask([A], scripts.succeeds);
  expect((await stage.gate([task])).verdict).toBe("passed");
});

test("a listed task that is too old is inconclusive at once", async () => {
  const stage = new GateStage();
  const task = stage.service.addTask([A], scripts.isTooOld, { ageMs: MINUTE_MS });
  const outcome = await stage.gate([task], { urls: [A], policy: { onInconclusive: "warn" } });
  expect(outcome).toMatchObject({ verdict: "inconclusive", accepted: false });
  expect(outcome.summary.elapsedMs).toBeLessThan(MINUTE_MS);
});

test("a listed task that failed and names no URL fails the gate", async () => {
  const stage = new GateStage();
  const task = stage.service.addTask([A], [{ status: "Failed", retCode: "500", success: null }], {
    ageMs: MINUTE_MS,
  });
  const outcome = await stage.gate([task]);
  expect(outcome.verdict).toBe("failed");
  expect(outcome.reasons.join("\n")).toContain(`The task failed and names no URL (task ${task}`);
});

test("a listed task that is complete and names no URL is no evidence", async () => {
  const stage = new GateStage();
  const task = stage.service.addTask([A], [{ status: "Complete", retCode: "0", success: null }], {
    ageMs: MINUTE_MS,
  });
  const outcome = await stage.gate([task], { policy: { onInconclusive: "warn" } });
  expect(outcome).toMatchObject({ verdict: "inconclusive", accepted: false });
});

test("the same id twice is asked about once", async () => {
  const stage = new GateStage();
  const task = stage.service.addTask([A], completeAt(100), { ageMs: MINUTE_MS });
  const outcome = await stage.gate([task, task]);
  expect(outcome.taskIds).toEqual([task]);
  expect(stage.service.detailPolls).toEqual([task]);
});

test("a later run over the same tasks asks only about what has not ended", async () => {
  const stage = new GateStage();
  const ended = stage.service.addTask([A], completeAt(100), { ageMs: MINUTE_MS });
  const slow = stage.service.addTask([B], scripts.succeedsSlowly);
  const first = await stage.gate([ended, slow], { timeoutMs: MINUTE_MS });
  expect(first.verdict).toBe("inconclusive");
  stage.service.detailPolls.length = 0;
  const second = await stage.gate([ended, slow], { previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(new Set(stage.service.detailPolls)).toEqual(new Set([slow]));
});

test("a gate whose wrong id was corrected forgets it", async () => {
  const stage = new GateStage();
  const first = await stage.gate(["7777"], { urls: [A] });
  expect(first.failure?.code).toBe("taskUnknown");
  const right = stage.service.addTask(
    [A],
    [
      { status: "Refreshing", success: null },
      { fromMs: 5 * MINUTE_MS, ...completeAt(100)[0] },
    ],
  );
  const second = await stage.gate([right], { urls: [A], previous: first.state });
  expect(second.verdict).toBe("passed");
});

test("a gate from whose list a task was taken off judges by the others alone", async () => {
  const stage = new GateStage();
  const older = stage.service.addTask([A], completeAt(0), { ageMs: 10 * MINUTE_MS });
  const newer = stage.service.addTask([A], completeAt(100), { ageMs: MINUTE_MS });
  const first = await stage.gate([older, newer], { urls: [A] });
  expect(first.verdict).toBe("passed");
  const second = await stage.gate([older], { urls: [A], previous: first.state });
  expect(second.verdict).toBe("failed");
});

test("a gate to whose list a newer task was added judges by the newer one", async () => {
  const stage = new GateStage();
  const older = stage.service.addTask([A], completeAt(100), { ageMs: 10 * MINUTE_MS });
  const first = await stage.gate([older], { urls: [A] });
  expect(first.verdict).toBe("passed");
  const newer = stage.service.addTask([A], completeAt(0), { ageMs: MINUTE_MS });
  const second = await stage.gate([older, newer], { urls: [A], previous: first.state });
  expect(second.verdict).toBe("failed");
});

test("by status-only evidence a gate over tasks waits and passes as well", async () => {
  const stage = new GateStage();
  stage.service.isOnAllowList = false;
  const task = stage.service.addTask([A, B], scripts.succeeds);
  const outcome = await stage.gate([task]);
  expect(outcome.verdict).toBe("passed");
  expect(outcome.state.tasks).toMatchObject([{ evidence: "statusOnly" }]);
});

test("a gate that requires details fails where they are refused", async () => {
  const stage = new GateStage();
  stage.service.isOnAllowList = false;
  const task = stage.service.addTask([A], completeAt(100), { ageMs: MINUTE_MS });
  const outcome = await stage.gate([task], { policy: { requireDetail: true, onInconclusive: "warn" } });
  expect(outcome).toMatchObject({
    verdict: "inconclusive",
    accepted: false,
    failure: { code: "notOnAllowList" },
  });
});

test.each<[keyof typeof scripts]>([
  ["neverFinishes"],
  ["neverAnswers"],
  ["isNeverSeen"],
  ["stallsWithoutProgress"],
])("a gate over a task that %s ends by the deadline and one request's timeout", async (script) => {
  for (const timeoutMs of [1, 10_000, 50_000, 20 * MINUTE_MS]) {
    const stage = new GateStage();
    const startMs = stage.clock.nowMs();
    const task = stage.service.addTask([A], scripts[script], { ageMs: MINUTE_MS });
    const outcome = await stage.gate([task], { timeoutMs });
    expect(outcome).toMatchObject({ verdict: "inconclusive", accepted: false });
    expect(stage.clock.nowMs() - startMs).toBeLessThanOrEqual(timeoutMs + 15_000 + 100);
  }
});

test("an interruption ends a gate within a second", async () => {
  const stage = new GateStage();
  const task = stage.service.addTask([A], scripts.neverAnswers, { ageMs: MINUTE_MS });
  const startMs = stage.clock.nowMs();
  const outcome = await stage.gate([task], { interruptAfterMs: 20_000 });
  expect(outcome.failure?.code).toBe("interrupted");
  expect(stage.clock.nowMs() - startMs).toBeLessThanOrEqual(21_000);
});

test("a listed id that the service never shows before a short deadline is told as unknown, not as still running", async () => {
  const stage = new GateStage();
  const outcome = await stage.gate(["7777"], { timeoutMs: 30_000 });
  expect(outcome).toMatchObject({ verdict: "inconclusive", failure: { code: "taskUnknown" } });
  expect(outcome.failure?.message).toMatch(
    /^The service does not know task 7777 \(\d+ answers in a row without it\)\.$/,
  );
});
