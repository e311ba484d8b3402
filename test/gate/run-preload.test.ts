import type { ErrorCode } from "../../provider/core/errors";
import type { GateState } from "../../provider/core/gate-state";
import { withOpenAttempt, withUrls } from "../../provider/core/state-changes";
import type { StatusRow } from "../../provider/core/task";
import { askWithin } from "../../provider/gate/ask-within";
import type { GateEvent } from "../../provider/gate/events";
import { failed, inWords, wordingFor } from "../support/words";
import { A, B, C, DAY_MS, GateStage, MINUTE_MS, urlsOf } from "./gate-stage";
import { scripts, type TaskScript } from "./scripted-service";

/** A stage whose next tasks follow these scripts. */
function stageWith(...taskScripts: TaskScript[]): GateStage {
  const stage = new GateStage();
  stage.service.taskScripts = taskScripts;
  return stage;
}

const states = (outcome: { results: readonly { state: string }[] }) =>
  outcome.results.map((result) => result.state);

test("a preload that succeeds passes after one submission", async () => {
  const stage = stageWith(scripts.succeeds);
  const outcome = await stage.preload([A, B]);
  expect(outcome).toMatchObject({
    verdict: "passed",
    accepted: true,
    acceptedBy: undefined,
    reasons: [],
    failure: undefined,
    taskIds: ["1001"],
  });
  expect(outcome.summary).toMatchObject({
    urls: 2,
    preloaded: 2,
    failed: 0,
    unknown: 0,
    lowestSuccessPercent: 100,
  });
  expect(stage.service.pushes).toHaveLength(1);
});

test("the first poll of a lone task comes 2.2 s after the submission, once the service shows it", async () => {
  const stage = stageWith(scripts.succeedsAtOnce);
  const startMs = stage.clock.nowMs();
  await stage.preload([A]);
  const elapsedMs = stage.clock.nowMs() - startMs;
  expect(elapsedMs).toBeGreaterThanOrEqual(2_200);
  expect(elapsedMs).toBeLessThan(2_800);
  expect(stage.service.detailPolls).toHaveLength(1);
});

test.each<[keyof typeof scripts, string, string[], RegExp]>([
  ["completesAt47Percent", "passed", ["preloaded", "preloaded"], /^$/],
  [
    "completesWithRetCode500",
    "failed",
    ["failed", "failed"],
    /a\.js: preload failed, 60% of POPs hold it \(task 1001, domain cdn\.example\.com, RetCode 500/,
  ],
  ["completesAtNothing", "failed", ["failed", "failed"], /a\.js: 0% of POPs hold it, at least one POP must/],
  ["failsAfterTwoPolls", "failed", ["failed", "failed"], /RetCode 500, status Failed/],
  ["losesOneUrl", "failed", ["preloaded", "failed"], /b\.js: 0% of POPs hold it/],
  ["forgetsOneUrl", "inconclusive", ["preloaded", "unknown"], /b\.js: its task ended without a row for it/],
  ["bringsItsRowLate", "passed", ["preloaded", "preloaded"], /^$/],
  ["saysSomethingNew", "inconclusive", ["unknown", "unknown"], /undocumented status "Paused"/],
  ["failsNowAndThen", "passed", ["preloaded", "preloaded"], /^$/],
  ["isMalformedFourTimes", "passed", ["preloaded", "preloaded"], /^$/],
  ["failsFourTimesThenIsMalformedOnce", "passed", ["preloaded", "preloaded"], /^$/],
  ["isSeenLate", "passed", ["preloaded", "preloaded"], /^$/],
])("a task that %s ends as %s", async (script, verdict, urlStates, reason) => {
  const stage = stageWith(scripts[script]);
  const outcome = await stage.preload([A, B]);
  expect(outcome.verdict).toBe(verdict);
  expect(states(outcome)).toEqual(urlStates);
  expect(outcome.reasons.join("\n")).toMatch(reason);
  expect(stage.service.pushes).toHaveLength(1);
});

test("an undocumented status is not waited for", async () => {
  const stage = stageWith(scripts.saysSomethingNew);
  const { summary, failure } = await stage.preload([A]);
  expect(summary.elapsedMs).toBeLessThan(MINUTE_MS);
  expect(failure).toBeUndefined();
});

test.each<[keyof typeof scripts, ErrorCode, number]>([
  ["isForbidden", "permission", 1],
  ["answersWithAnUnknownCode", "unknownServiceCode", 1],
  ["isMalformedForEver", "malformedAnswer", 5],
])("a task that %s ends the wait with %s after %d polls", async (script, code, polls) => {
  const stage = stageWith(scripts[script]);
  const outcome = await stage.preload([A]);
  expect(outcome).toMatchObject({ verdict: "inconclusive", accepted: false, failure: { code } });
  expect(states(outcome)).toEqual(["pending"]);
  expect(stage.service.detailPolls).toHaveLength(polls);
  expect(outcome.reasons.at(-1)).toContain(wordingFor().advice(outcome.failure!));
});

test.each<[keyof typeof scripts]>([
  ["neverFinishes"],
  ["stallsWithoutProgress"],
  ["succeedsSlowly"],
  ["isNeverSeen"],
  ["neverAnswers"],
  ["isMalformedFourTimes"],
])("the wait for a task that %s ends by the deadline and one request's timeout", async (script) => {
  for (const timeoutMs of [1, 3_000, 10_000, 90_000, 15 * MINUTE_MS]) {
    const stage = stageWith(scripts[script]);
    const startMs = stage.clock.nowMs();
    const outcome = await stage.preload([A], { timeoutMs });
    expect(stage.clock.nowMs() - startMs).toBeLessThanOrEqual(timeoutMs + 15_000 + 100);
    if (outcome.verdict !== "passed") expect(outcome.failure?.code).toBe("timeout");
    expect(stage.service.pushes.length).toBeLessThanOrEqual(1);
  }
});

test("after the deadline it polls once more, and a success that races it wins", async () => {
  const succeedsDuringLastPoll: TaskScript = [
    { status: "Refreshing", processPercent: 50, success: 50 },
    { fromMs: 20_000, status: "Complete", retCode: "0", processPercent: 100, success: 100 },
  ];
  const stage = stageWith(succeedsDuringLastPoll);
  const outcome = await stage.preload([A], { timeoutMs: 20_040 });
  expect(outcome).toMatchObject({ verdict: "passed", failure: undefined });
});

test("a timeout tells how long and how far, and the next run goes on without a submission", async () => {
  const stage = stageWith(scripts.succeedsSlowly);
  const first = await stage.preload([A], { timeoutMs: 15 * MINUTE_MS });
  expect(first.verdict).toBe("inconclusive");
  expect(first.reasons[0]).toBe(
    "CDN preload inconclusive at the deadline, after 15m; of 1 URL: 1 still pending.",
  );
  expect(first.reasons[1]).toContain("40% of POPs done");
  stage.startNewProcess();
  const second = await stage.preload([A], { previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.pushedUrls).toEqual([A]);
});

test("a task that stays unseen is not given up before five minutes, and only after both operations were asked", async () => {
  const stage = stageWith(scripts.isNeverSeen);
  const short = await stage.preload([A], { timeoutMs: 4 * MINUTE_MS });
  expect(states(short)).toEqual(["pending"]);
  expect(stage.service.statusPolls).toEqual([]);
  const long = await stage.preload([A], { previous: short.state, timeoutMs: 4 * MINUTE_MS });
  expect(states(long)).toEqual(["unknown"]);
  expect(stage.service.statusPolls).toEqual([["1001"]]);
  expect(stage.service.pushes).toHaveLength(1);
  stage.service.taskScripts = [scripts.succeeds];
  const repaired = await stage.preload([A], { previous: long.state });
  expect(repaired.verdict).toBe("passed");
  expect(stage.service.pushedUrls).toEqual([A, A]);
});

test("a task that turns up after it was given up is taken, and nothing is submitted", async () => {
  const stage = stageWith([
    { isUnknown: true },
    { fromMs: 7 * MINUTE_MS, status: "Complete", retCode: "0", success: 100 },
  ]);
  const first = await stage.preload([A], { timeoutMs: 6 * MINUTE_MS });
  expect(states(first)).toEqual(["unknown"]);
  stage.clock.skip(2 * MINUTE_MS);
  const second = await stage.preload([A], { previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(1);
});

test("a repair submits only what failed", async () => {
  const stage = stageWith(scripts.losesOneUrl);
  const first = await stage.preload([A, B]);
  expect(first.verdict).toBe("failed");
  stage.service.taskScripts = [scripts.succeeds];
  const second = await stage.preload([A, B], { previous: first.state });
  expect(second).toMatchObject({ verdict: "passed", taskIds: ["1001", "1002"] });
  expect(stage.service.pushes.map((push) => push.urls)).toEqual([[A, B], [B]]);
});

test("a run after a pass submits nothing and asks nothing", async () => {
  const stage = stageWith(scripts.succeeds);
  const first = await stage.preload([A, B]);
  const callsBefore = stage.service.callCount();
  const second = await stage.preload([B, A], { previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.callCount()).toBe(callsBefore);
});

test("an added URL alone is submitted; one that is removed and added again is not", async () => {
  const stage = stageWith(scripts.succeeds);
  const first = await stage.preload([A, B]);
  const removed = await stage.preload([A], { previous: first.state });
  const again = await stage.preload([A, "http://CDN.example.com/b.js", C], { previous: removed.state });
  expect(again.verdict).toBe("passed");
  expect(stage.service.pushes.map((push) => push.urls)).toEqual([[A, B], [C]]);
});

test("a stricter gate judges again by what is saved, and a laxer one too", async () => {
  const stage = stageWith(scripts.completesAt47Percent);
  const first = await stage.preload([A]);
  const lax = await stage.preload([A], { previous: first.state, policy: { minSuccessPercent: 47 } });
  expect(lax.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(1);
  stage.service.taskScripts = [scripts.succeeds];
  const strict = await stage.preload([A], { previous: lax.state, policy: { minSuccessPercent: 90 } });
  expect(strict.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(2);
});

test("with wait: false it submits, reports pending and polls nothing", async () => {
  const stage = stageWith(scripts.succeeds);
  const startMs = stage.clock.nowMs();
  const outcome = await stage.preload([A, B], { wait: false });
  expect(outcome).toMatchObject({ verdict: "pending", accepted: false, reasons: [], taskIds: ["1001"] });
  expect(stage.clock.nowMs() - startMs).toBeLessThan(1_000);
  expect(stage.service.detailPolls).toEqual([]);
});

test("with wait: false a later run polls once, repairs what failed and never waits", async () => {
  const stage = stageWith(scripts.losesOneUrl);
  const first = await stage.preload([A, B], { wait: false });
  stage.clock.skip(MINUTE_MS);
  const startMs = stage.clock.nowMs();
  const second = await stage.preload([A, B], { wait: false, previous: first.state });
  expect(states(second)).toEqual(["preloaded", "pending"]);
  expect(second.verdict).toBe("pending");
  expect(stage.clock.nowMs() - startMs).toBeLessThan(1_000);
  expect(stage.service.pushes.map((push) => push.urls)).toEqual([[A, B], [B]]);
  stage.clock.skip(MINUTE_MS);
  const third = await stage.preload([A, B], { wait: false, previous: second.state });
  expect(third.verdict).toBe("passed");
});

test("with wait: false tasks that expired unseen cause neither a submission nor a failure", async () => {
  const stage = stageWith(scripts.isTooOld);
  const first = await stage.preload([A], { wait: false });
  stage.clock.skip(4 * DAY_MS);
  const second = await stage.preload([A], { wait: false, previous: first.state });
  expect(second.verdict).toBe("pending");
  expect(stage.service.pushes).toHaveLength(1);
});

test("a task that the service calls too old is unknown and submitted again by the run that waits", async () => {
  const stage = stageWith(scripts.isTooOld, scripts.succeeds);
  const first = await stage.preload([A], { wait: false });
  stage.clock.skip(MINUTE_MS);
  const second = await stage.preload([A], { previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(2);
});

test.each([4 * DAY_MS, -20_000 * DAY_MS])(
  "a time that is %d ms wrong makes no task too old: the service is asked, and it runs",
  async (dateOffsetMs) => {
    const stage = stageWith(scripts.neverFinishes);
    const first = await stage.preload([A], { timeoutMs: MINUTE_MS });
    stage.startNewProcess();
    stage.service.dateOffsetMs = dateOffsetMs;
    for (const wait of [true, false]) {
      const later = await stage.preload([A], { previous: first.state, timeoutMs: MINUTE_MS, wait });
      expect(later.taskIds).toEqual(first.taskIds);
    }
    expect(stage.service.pushes).toHaveLength(1);
  },
);

test("a lost submission that got several tasks is taken over with all of them, and the worst counts", async () => {
  for (const [second, verdict] of [
    [scripts.succeeds, "passed"],
    [scripts.completesWithRetCode500, "failed"],
  ] as const) {
    const stage = new GateStage();
    stage.service.pushScripts = [{ unknownOutcome: { isAccepted: false } }];
    stage.service.addTask([A, B], scripts.succeeds, { taskId: "7001", ageMs: -1_000 });
    // Visible after its sibling has been found.
    stage.clock.after(1_500, () => stage.service.addTask([A, B], second, { taskId: "7002" }));
    const outcome = await stage.preload([A, B]);
    expect(outcome).toMatchObject({ verdict, taskIds: ["7001", "7002"] });
    expect(outcome.results.map(({ taskId }) => taskId)).toEqual(["7001,7002", "7001,7002"]);
    expect(stage.service.pushes).toHaveLength(1);
  }
});

test("where only one of a lost submission's tasks has been found at the deadline, the next run finds them all", async () => {
  const stage = new GateStage();
  stage.service.pushScripts = [{ unknownOutcome: { isAccepted: false } }];
  stage.service.addTask([A], scripts.succeeds, { taskId: "7001", ageMs: 500 });
  stage.clock.after(1_000, () => stage.service.addTask([A], scripts.neverFinishes, { taskId: "7002" }));
  const first = await stage.preload([A], { timeoutMs: 2_000 });
  expect(first).toMatchObject({ verdict: "inconclusive", failure: { code: "outcomeUnknown" } });
  expect(first.state.saved.openAttempts).toHaveLength(1);
  const second = await stage.preload([A], { previous: first.state, timeoutMs: 5 * MINUTE_MS });
  expect(second).toMatchObject({ verdict: "inconclusive", taskIds: ["7001", "7002"] });
  expect(stage.service.pushes).toHaveLength(1);
});

test("a time that is days wrong makes no open attempt over: its task is found", async () => {
  const stage = stageWith(scripts.succeeds);
  stage.service.pushScripts = [{ unknownOutcome: { isAccepted: true } }];
  stage.service.searchError = "unreachable";
  const first = await stage.preload([A], { timeoutMs: MINUTE_MS });
  expect(first.state.saved.openAttempts).toHaveLength(1);
  stage.service.searchError = undefined;
  stage.service.dateOffsetMs = 5 * DAY_MS;
  const second = await stage.preload([A], { previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(1);
});

test("an attempt that the service calls past three days is closed and submitted", async () => {
  const stage = stageWith(scripts.succeeds);
  stage.service.pushScripts = [{ unknownOutcome: { isAccepted: false } }];
  stage.service.searchError = "unreachable";
  const first = await stage.preload([A], { timeoutMs: MINUTE_MS });
  stage.service.searchError = undefined;
  stage.clock.skip(3 * DAY_MS + 5 * MINUTE_MS);
  // The end of its window is still in reach: not over.
  const second = await stage.preload([A], { previous: first.state, wait: false });
  expect(second.state.saved.openAttempts).toHaveLength(1);
  expect(stage.service.pushes).toHaveLength(1);
  stage.clock.skip(20 * MINUTE_MS);
  const third = await stage.preload([A], { previous: second.state });
  expect(third.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(2);
});

test.each<[string, (row: StatusRow) => StatusRow]>([
  [
    "names no zone",
    (row) => ({ ...row, creationTime: row.creationTime.replace("Z", ""), createdMs: undefined }),
  ],
  ["spells its URL otherwise", (row) => ({ ...row, url: row.url.replace("a.js", "%61.js") })],
])(
  "a lost submission is not repeated while the search shows a row that %s, and the row is named",
  async (_what, searchedRow) => {
    const stage = stageWith(scripts.succeeds);
    stage.service.pushScripts = [{ unknownOutcome: { isAccepted: true } }];
    stage.service.searchedRow = searchedRow;
    const first = await stage.preload([A, B]);
    expect(first.verdict).toBe("inconclusive");
    expect(first.state.saved.openAttempts).toHaveLength(1);
    expect(first.reasons.join("\n")).toContain(`for ${A} task 1001, whose row`);
    const second = await stage.preload([A, B], { previous: first.state, urlsAreSecret: true });
    expect(second.verdict).toBe("inconclusive");
    expect(second.reasons.join("\n")).toContain("task 1001");
    expect(second.reasons.join("\n")).not.toContain("a.js");
    expect(stage.service.pushedUrls.filter((url) => url === A)).toHaveLength(1);
  },
);

test("an interruption while waiting ends within a second and keeps the task", async () => {
  const stage = stageWith(scripts.succeedsSlowly);
  const startMs = stage.clock.nowMs();
  const first = await stage.preload([A], { interruptAfterMs: 60_000 });
  expect(stage.clock.nowMs() - startMs).toBeLessThanOrEqual(61_000);
  expect(first).toMatchObject({
    verdict: "inconclusive",
    accepted: false,
    failure: { code: "interrupted" },
    taskIds: ["1001"],
  });
  stage.startNewProcess();
  const second = await stage.preload([A], { previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(1);
});

test("an interruption before the first submission submits nothing", async () => {
  const stage = stageWith(scripts.succeeds);
  const outcome = await stage.preload([A], { interruptAfterMs: 0 });
  expect(outcome).toMatchObject({ verdict: "inconclusive", failure: { code: "interrupted" } });
  expect(states(outcome)).toEqual(["notSubmitted"]);
  expect(stage.service.pushes).toEqual([]);
});

test("an interruption during a submission waits a moment for its answer, which is kept", async () => {
  const stage = stageWith(scripts.succeeds);
  stage.service.pushScripts = [{ answersAfterMs: 700 }];
  const first = await stage.preload([A], { interruptAfterMs: 100 });
  expect(first).toMatchObject({ failure: { code: "interrupted" }, taskIds: ["1001"] });
  expect(first.state.saved.openAttempts).toEqual([]);
  const second = await stage.preload([A], { previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(1);
});

test("an interruption during a submission whose answer does not come leaves an open attempt, and the next run finds its task", async () => {
  const stage = stageWith(scripts.succeeds);
  stage.service.pushScripts = [{ answersAfterMs: 60_000 }];
  const startMs = stage.clock.nowMs();
  const first = await stage.preload([A], { interruptAfterMs: 100 });
  expect(stage.clock.nowMs() - startMs).toBeLessThanOrEqual(1_000);
  expect(first.state.saved.openAttempts).toMatchObject([{ urls: [{ written: A }] }]);
  expect(first).toMatchObject({ verdict: "inconclusive", accepted: false });
  expect(states(first)).toEqual(["unknown"]);
  stage.startNewProcess();
  const second = await stage.preload([A], { previous: first.state });
  expect(second).toMatchObject({ verdict: "passed", taskIds: ["1001"] });
  expect(second.state.saved.openAttempts).toEqual([]);
  expect(stage.service.pushes).toHaveLength(1);
});

test("an unknown outcome of a submission that was accepted is reconciled and never repeated", async () => {
  const stage = stageWith(scripts.succeeds);
  stage.service.pushScripts = [{ unknownOutcome: { isAccepted: true } }];
  const outcome = await stage.preload([A, B]);
  expect(outcome.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(1);
});

test.each([75_000, 12 * MINUTE_MS])(
  "a submission that was answered with InternalError and is executed %d ms later is not sent again",
  async (acceptedAfterMs) => {
    const stage = stageWith(scripts.succeeds);
    stage.service.pushScripts = [
      { unknownOutcome: { isAccepted: true, serviceCode: "InternalError", acceptedAfterMs } },
    ];
    const outcome = await stage.preload([A]);
    expect(outcome.verdict).toBe("passed");
    expect(stage.service.pushes).toHaveLength(1);
  },
);

test("a submission that was accepted is found although an older id of its URL was given again meanwhile", async () => {
  const stage = new GateStage();
  stage.service.pushScripts = [
    { taskIds: ["7"], script: scripts.completesAtNothing },
    { unknownOutcome: { isAccepted: true } },
    { taskIds: ["7"] },
  ];
  const failed = await stage.preload([A]);
  stage.service.searchError = "unreachable";
  const open = await stage.preload([A], { previous: failed.state, timeoutMs: 2 * MINUTE_MS });
  expect(open.state.saved.openAttempts).toHaveLength(1);
  const more = await stage.preload([A, B], { previous: open.state, timeoutMs: 2 * MINUTE_MS });
  stage.service.searchError = undefined;
  const outcome = await stage.preload([A, B], { previous: more.state });
  expect(outcome.verdict).toBe("passed");
  expect(stage.service.pushedUrls).toEqual([A, A, B]);
});

test("an unknown outcome of a submission that was not accepted is repeated only when its signature has expired", async () => {
  const stage = stageWith(scripts.succeeds);
  stage.service.pushScripts = [{ unknownOutcome: { isAccepted: false } }];
  const outcome = await stage.preload([A]);
  expect(outcome.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(2);
  const [first, second] = stage.service.pushes;
  expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(15 * MINUTE_MS);
});

test("an unknown outcome that cannot be reconciled keeps an open attempt, and no later run submits it blindly", async () => {
  const stage = stageWith(scripts.succeeds);
  stage.service.pushScripts = [{ unknownOutcome: { isAccepted: true } }];
  stage.service.searchError = "permission";
  const first = await stage.preload([A, C], { policy: { onInconclusive: "warn" } });
  expect(first).toMatchObject({ verdict: "inconclusive", accepted: false, failure: { code: "permission" } });
  expect(first.state.saved.openAttempts).toHaveLength(1);
  expect(states(first)).toEqual(["unknown", "unknown"]);
  const second = await stage.preload([A, C], { previous: first.state, policy: { onInconclusive: "warn" } });
  expect(second).toMatchObject({ verdict: "inconclusive", accepted: false });
  expect(stage.service.pushes).toHaveLength(1);
  stage.service.searchError = undefined;
  const third = await stage.preload([A, C], { previous: second.state });
  expect(third.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(1);
});

test.each<[ErrorCode]>([["quota"], ["rejected"], ["permission"], ["credentials"], ["unknownServiceCode"]])(
  "a refusal half-way (%s) keeps what was accepted, and the next run submits the rest",
  async (code) => {
    const urls = Array.from({ length: 250 }, (_, index) => `https://cdn.example.com/${index}.js`);
    const stage = new GateStage();
    stage.service.pushScripts = [{}, { refusedWith: code }];
    const first = await stage.preload(urls);
    expect(first).toMatchObject({ verdict: "inconclusive", accepted: false, failure: { code } });
    expect(first.taskIds).toEqual(["1001"]);
    expect(first.state.saved.openAttempts).toEqual([]);
    expect(stage.service.pushes).toHaveLength(2);
    const second = await stage.preload(urls, { previous: first.state });
    expect(second.verdict).toBe("passed");
    expect(stage.service.pushes.map((push) => push.urls.length)).toEqual([100, 100, 100, 50]);
  },
);

test("a full queue is waited for with growing delays", async () => {
  const stage = stageWith(scripts.succeeds);
  stage.service.pushScripts = [
    { refusedWith: "queueFull" },
    { refusedWith: "queueFull" },
    { refusedWith: "queueFull" },
  ];
  const outcome = await stage.preload([A]);
  expect(outcome.verdict).toBe("passed");
  const times = stage.service.pushes.map((push) => push.atMs);
  expect(times.slice(1).map((atMs, index) => Math.round((atMs - times[index]!) / 1000))).toEqual([5, 10, 20]);
  expect(stage.notices()).toHaveLength(3);
});

test("a queue that stays full ends at the deadline with nothing submitted", async () => {
  const stage = new GateStage();
  stage.service.pushScripts = Array.from({ length: 100 }, () => ({ refusedWith: "queueFull" as const }));
  const outcome = await stage.preload([A], { timeoutMs: 5 * MINUTE_MS });
  expect(outcome).toMatchObject({ verdict: "inconclusive", failure: { code: "queueFull" } });
  expect(states(outcome)).toEqual(["notSubmitted"]);
  expect(outcome.summary.elapsedMs).toBeLessThanOrEqual(5 * MINUTE_MS);
});

test.each(["throttled", "transient"] as const)(
  "a submission that is certainly refused as %s is sent again until the deadline",
  async (refusedWith) => {
    const stage = stageWith(scripts.succeedsAtOnce);
    stage.service.pushScripts = Array.from({ length: 5 }, () => ({ refusedWith }));
    const outcome = await stage.preload([A], { timeoutMs: 40_000 });
    expect(outcome.verdict).toBe("passed");
    const times = stage.service.pushes.map((push) => push.atMs);
    const pausesS = times.slice(1).map((atMs, index) => Math.round((atMs - times[index]!) / 1000));
    expect(pausesS).toEqual([1, 2, 4, 8, 16]);
  },
);

test.each(["throttled", "transient"] as const)(
  "where a submission is refused as %s for good, the last one is sent just before the deadline, and none after",
  async (refusedWith) => {
    const stage = new GateStage();
    const startMs = stage.clock.nowMs();
    stage.service.pushScripts = Array.from({ length: 100 }, () => ({ refusedWith }));
    const outcome = await stage.preload([A], { timeoutMs: 40_000 });
    expect(outcome).toMatchObject({ verdict: "inconclusive", failure: { code: refusedWith } });
    expect(states(outcome)).toEqual(["notSubmitted"]);
    expect(stage.service.pushes.at(-1)!.atMs - startMs).toBeGreaterThan(38_000);
    expect(outcome.summary.elapsedMs).toBeLessThanOrEqual(40_000);
    expect(stage.notices()[0]).toMatch(/Trying again in 1s\.$/);
  },
);

test("a Retry-After within the deadline is waited for, and one beyond it ends the run", async () => {
  const stage = stageWith(scripts.succeedsAtOnce);
  stage.service.pushScripts = [{ refusedWith: "throttled", retryAfterMs: 20_000 }];
  const waited = await stage.preload([A], { timeoutMs: 40_000 });
  expect(waited.verdict).toBe("passed");
  stage.service.pushScripts = [{ refusedWith: "throttled", retryAfterMs: 60_000 }];
  const ended = await stage.preload([B], { timeoutMs: 40_000 });
  expect(ended).toMatchObject({ verdict: "inconclusive", failure: { code: "throttled" } });
  expect(ended.summary.elapsedMs).toBeLessThanOrEqual(40_000);
});

test("a question about the quota that is throttled is asked again until the deadline", async () => {
  const stage = stageWith(scripts.succeeds);
  const throttled = failed("throttled", "Too many.", { serviceCode: "Throttling.User" });
  stage.service.quotaErrors = Array.from({ length: 4 }, () => throttled);
  const outcome = await stage.preload([A], { quotaCheck: "fail" });
  expect(outcome.verdict).toBe("passed");
  stage.startNewProcess();
  stage.service.quotaErrors = Array.from({ length: 100 }, () => throttled);
  const ended = await stage.preload([B], { quotaCheck: "fail", timeoutMs: MINUTE_MS });
  expect(ended).toMatchObject({ verdict: "inconclusive", failure: { code: "throttled" } });
  expect(ended.summary.elapsedMs).toBeLessThanOrEqual(MINUTE_MS);
});

test("one poll of tasks ends in any case, also where no answer ever comes", async () => {
  const stage = new GateStage();
  const task = stage.service.addTask([A], scripts.neverAnswers, { ageMs: MINUTE_MS });
  const outcome = await stage.pollTasks([task]);
  expect(outcome).toMatchObject({ accepted: false, failure: { code: "timeout" } });
  expect(outcome.summary.elapsedMs).toBeLessThanOrEqual(80_000);
});

test("questions end in any case, and say that they were not answered", async () => {
  const stage = new GateStage();
  const client = stage.service;
  const hangs = askWithin({ client, clock: stage.clock }, async (bounded) => {
    for (;;) await bounded.describeRefreshQuota();
  });
  await expect(stage.clock.run(hangs).catch((error) => Promise.reject(inWords(error)))).rejects.toMatchObject(
    {
      code: "timeout",
      message: "The service has not answered within 1m.",
    },
  );
});

test("an account that is not on the allow-list is judged by status-only evidence, and the outcome says so", async () => {
  const stage = stageWith(scripts.succeeds);
  stage.service.isOnAllowList = false;
  const outcome = await stage.preload([A, B]);
  expect(outcome.verdict).toBe("passed");
  expect(outcome.state.tasks).toMatchObject([{ evidence: "statusOnly" }]);
  expect(outcome.summary).not.toHaveProperty("lowestSuccessPercent");
  expect(stage.service.detailPolls).toHaveLength(1);
});

test.each<[keyof typeof scripts, string]>([
  ["losesOneUrl", "failed"],
  ["forgetsOneUrl", "inconclusive"],
  ["completesWithRetCode500", "failed"],
  ["saysSomethingNew", "inconclusive"],
])("by status-only evidence a task that %s ends as %s", async (script, verdict) => {
  const stage = stageWith(scripts[script]);
  stage.service.isOnAllowList = false;
  expect((await stage.preload([A, B])).verdict).toBe(verdict);
});

test.each<[string, { requireDetail?: boolean; minSuccessPercent?: number }]>([
  ["requireDetail", { requireDetail: true }],
  ["a minimum share", { minSuccessPercent: 1 }],
])(
  "with %s an account that is not on the allow-list fails before anything is submitted",
  async (_name, policy) => {
    const stage = stageWith(scripts.succeeds);
    stage.service.isOnAllowList = false;
    const outcome = await stage.preload([A], { policy: { ...policy, onInconclusive: "warn" } });
    expect(outcome).toMatchObject({
      verdict: "inconclusive",
      accepted: false,
      failure: { code: "notOnAllowList" },
    });
    expect(stage.service.pushes).toEqual([]);
  },
);

test("what passed by status-only evidence does not pass once details are asked for and refused", async () => {
  const stage = stageWith(scripts.succeeds);
  stage.service.isOnAllowList = false;
  const first = await stage.preload([A]);
  stage.startNewProcess();
  const policy = { minSuccessPercent: 95, onInconclusive: "warn" as const };
  const refused = await stage.preload([A], { previous: first.state, policy });
  expect(refused).toMatchObject({
    verdict: "inconclusive",
    accepted: false,
    failure: { code: "notOnAllowList" },
  });
  stage.startNewProcess();
  stage.service.isOnAllowList = true;
  const allowed = await stage.preload([A], { previous: refused.state, policy });
  expect(allowed.verdict).toBe("passed");
  expect(stage.service.pushes).toHaveLength(1);
});

test("many tasks share calls, and each is judged by a detail poll of its own", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = Array.from({ length: 12 }, () => scripts.succeeds);
  const urls = Array.from({ length: 1_200 }, (_, index) => `https://cdn.example.com/${index}.js`);
  const outcome = await stage.preload(urls);
  expect(outcome.verdict).toBe("passed");
  expect(outcome.state.tasks.every((task) => task.evidence === "detail" && task.retCode === "0")).toBe(true);
  expect(stage.service.detailPolls.length).toBeLessThan(30);
  expect(stage.service.statusPolls.every((ids) => ids.length <= 10)).toBe(true);
});

test("one task of many that is too old says nothing of the others", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = [scripts.isTooOld, ...Array.from({ length: 9 }, () => scripts.succeedsSlowly)];
  const urls = Array.from({ length: 1_000 }, (_, index) => `https://cdn.example.com/${index}.js`);
  const first = await stage.preload(urls, { wait: false });
  expect(stage.service.pushes).toHaveLength(10);
  stage.clock.skip(MINUTE_MS);
  const second = await stage.preload(urls, { previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.pushes.slice(10).map((push) => push.urls.length)).toEqual([100]);
});

test.each<[string, boolean]>([
  ["details", true],
  ["status-only evidence", false],
])("one task of many that is not seen does not hide the others, by %s", async (_name, isOnAllowList) => {
  const stage = new GateStage();
  stage.service.isOnAllowList = isOnAllowList;
  stage.service.taskScripts = [scripts.isNeverSeen, ...Array.from({ length: 9 }, () => scripts.succeeds)];
  const urls = Array.from({ length: 1_000 }, (_, index) => `https://cdn.example.com/${index}.js`);
  const outcome = await stage.preload(urls, { timeoutMs: 10 * MINUTE_MS });
  expect(outcome.summary).toMatchObject({ preloaded: 900, unknown: 100 });
  expect(stage.service.pushes).toHaveLength(10);
});

test("a task that only the detail operation knows is not given up", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = Array.from({ length: 6 }, () => scripts.neverFinishes);
  const urls = Array.from({ length: 600 }, (_, index) => `https://cdn.example.com/${index}.js`);
  stage.service.describeRefreshTaskById = async (ids) => {
    stage.service.statusPolls.push(ids);
    return { requestId: "R-status-only", rows: [] };
  };
  const outcome = await stage.preload(urls, { timeoutMs: 10 * MINUTE_MS });
  expect(outcome.state.saved.unresolvableTaskIds).toEqual([]);
  expect(new Set(states(outcome))).toEqual(new Set(["pending"]));
});

test.each(["Complete", "Failed", "Queued"])(
  "a task of which only the other operation tells, as %s, is not given up",
  async (status) => {
    const stage = new GateStage();
    stage.service.describePreloadDetailById = async () => ({ requestId: "R-detail", entries: [] });
    stage.service.taskScripts = [[{ status, success: 100, retCode: "0" }]];
    const outcome = await stage.preload([A], { timeoutMs: 10 * MINUTE_MS });
    expect(outcome.state.saved.unresolvableTaskIds).toEqual([]);
    const again = await stage.preload([A], { timeoutMs: MINUTE_MS, previous: outcome.state });
    expect(again.verdict).toBe("inconclusive");
    expect(stage.service.pushes).toHaveLength(1);
  },
);

test("warn lets a deadline without a verdict through, and nothing else", async () => {
  const warn = { onInconclusive: "warn" } as const;
  const late = await stageWith(scripts.neverFinishes).preload([A], { policy: warn, timeoutMs: MINUTE_MS });
  expect(late).toMatchObject({ verdict: "inconclusive", accepted: true, acceptedBy: "warn" });
  const failed = await stageWith(scripts.completesAtNothing).preload([A], { policy: warn });
  expect(failed).toMatchObject({ verdict: "failed", accepted: false });
  const interrupted = await stageWith(scripts.neverFinishes).preload([A], {
    policy: warn,
    interruptAfterMs: 30_000,
  });
  expect(interrupted).toMatchObject({ verdict: "inconclusive", accepted: false });
  const forbidden = await stageWith(scripts.isForbidden).preload([A], { policy: warn });
  expect(forbidden).toMatchObject({ verdict: "inconclusive", accepted: false });
  const refused = new GateStage();
  refused.service.pushScripts = [{ refusedWith: "quota" }];
  expect(await refused.preload([A], { policy: warn })).toMatchObject({
    verdict: "inconclusive",
    accepted: false,
  });
});

test("an override lets the saved verdict through, once, and submits nothing", async () => {
  const stage = stageWith(scripts.completesAtNothing);
  const first = await stage.preload([A], { policy: { override: "on create it is void" } });
  expect(first).toMatchObject({ verdict: "failed", accepted: false });
  const second = await stage.preload([A], {
    previous: first.state,
    policy: { override: "known to be fine" },
  });
  expect(second).toMatchObject({ verdict: "failed", accepted: true, acceptedBy: "override" });
  expect(stage.service.pushes).toHaveLength(1);
});

test("an override does not let a URL through that was added with it", async () => {
  const stage = stageWith(scripts.completesAtNothing, scripts.completesAtNothing);
  const first = await stage.preload([A]);
  const second = await stage.preload([A, B], {
    previous: first.state,
    policy: { override: "known to be fine" },
  });
  expect(second).toMatchObject({ verdict: "failed", accepted: false });
});

test("an override is void where the tasks say something new", async () => {
  const stage = stageWith(scripts.losesOneUrl);
  const first = await stage.preload([A, B], { timeoutMs: 3_000 });
  expect(first.verdict).toBe("inconclusive");
  stage.clock.skip(MINUTE_MS);
  stage.service.taskScripts = [scripts.completesAtNothing];
  const second = await stage.preload([A, B], {
    previous: first.state,
    policy: { override: "known to be fine" },
  });
  expect(second).toMatchObject({ verdict: "failed", accepted: false });
});

test("a verdict that passes needs no override", async () => {
  const stage = stageWith(scripts.succeeds);
  const first = await stage.preload([A]);
  const second = await stage.preload([A], { previous: first.state, policy: { override: "just in case" } });
  expect(second).toMatchObject({ verdict: "passed", accepted: true, acceptedBy: undefined });
});

test("progress grows, counts the URLs that are done and ends at all of them", async () => {
  const stage = stageWith(scripts.succeedsSlowly);
  await stage.preload([A, B]);
  const progress = stage.events.flatMap((event) => (event.type === "progress" ? [event.progress] : []));
  const percents = progress.map((one) => one.processPercent);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(progress[0]).toMatchObject({ urls: 2, preloaded: 0, failed: 0 });
  expect(progress.at(-1)).toMatchObject({ preloaded: 2, processPercent: 100, remainingMs: 0 });
  expect(progress.every((one) => one.processPercent >= 0 && one.processPercent <= 100)).toBe(true);
});

test("what a submission may have started is in the state before it is sent", async () => {
  const stage = stageWith(scripts.succeeds);
  const seen: string[] = [];
  const push = stage.service.pushObjectCache.bind(stage.service);
  stage.service.pushObjectCache = (request, options) => {
    const last = stage.events.findLast((event) => event.type === "state");
    seen.push(
      ...(last?.type === "state"
        ? last.state.saved.openAttempts.flatMap((one) => one.urls.map(({ written }) => written))
        : []),
    );
    return push(request, options);
  };
  await stage.preload([A, B]);
  expect(seen).toEqual([A, B]);
});

test("two spellings of one URL are submitted once", async () => {
  const stage = stageWith(scripts.succeeds);
  const outcome = await stage.preload([A, "CDN.example.com/a.js"]);
  expect(stage.service.pushedUrls).toEqual([A]);
  expect(outcome.summary.urls).toBe(1);
});

test("no delay is ever negative or endless", async () => {
  for (const script of Object.values(scripts)) {
    const stage = stageWith(script);
    await stage.preload([A, B], { timeoutMs: 8 * MINUTE_MS });
    expect(Math.min(...stage.clock.sleptMs)).toBeGreaterThanOrEqual(0);
    expect(stage.clock.sleptMs.length).toBeLessThan(2_000);
  }
});

test("a URL that is removed while its task runs and added again later is not submitted a second time", async () => {
  for (const isSameDomain of [true, false]) {
    const other = isSameDomain ? B : C;
    const stage = stageWith(scripts.succeeds);
    const first = await stage.preload([A, other], { timeoutMs: 10_000 });
    expect(first.verdict).toBe("inconclusive");
    const without = await stage.preload([other], { previous: first.state });
    expect(without.verdict).toBe("passed");
    const again = await stage.preload([A, other], { previous: without.state });
    expect(again.verdict).toBe("passed");
    expect(stage.service.pushes).toHaveLength(1);
  }
});

test("an error of a listener that is told of the state does not unmake an accepted submission", async () => {
  const stage = stageWith(scripts.succeeds);
  let last: GateState | undefined;
  const emit = (event: GateEvent) => {
    if (event.type !== "state") return;
    last = event.state;
    // As a certain refusal of the service would be, but it comes from the sink.
    if (event.state.saved.submissions.length > 0) throw failed("rejected", "The disk is full");
  };
  const outcome = await stage.preload([A], { emit });
  expect(outcome).toMatchObject({
    accepted: false,
    taskIds: ["1001"],
    failure: { code: "rejected", facts: { words: "The disk is full" } },
  });
  expect(last?.saved).toMatchObject({ openAttempts: [], submissions: [{ taskIds: ["1001"] }] });
});

test("a listener that throws is told as that, is not retried, and costs no task id", async () => {
  const stage = stageWith(scripts.succeeds);
  const cause = new TypeError("no such property");
  const emit = (event: GateEvent) => {
    if (event.type === "state" && event.state.saved.submissions.length > 0) throw cause;
  };
  const outcome = await stage.preload([A], { emit });
  expect(outcome).toMatchObject({ verdict: "inconclusive", accepted: false, taskIds: ["1001"] });
  expect(outcome.failure).toMatchObject({ code: "internal", retryable: false, cause });
  expect(outcome.failure?.message).toBe(
    'A listener of the run\'s "state" event failed: TypeError: no such property.',
  );
  expect(outcome.reasons.join("\n")).toContain("Report it with the message.");
  expect(outcome.reasons.join("\n")).not.toContain("could not be understood");
  expect(stage.service.pushes).toHaveLength(1);
});

test.each(["transient", "outcomeUnknown", "taskTooOld"] as const)(
  "a listener that fails with %s, as if it were the service, ends the run wherever it is told of a state",
  async (code) => {
    const fault = failed(code, "The listener's own disk is full");
    const stage = stageWith(scripts.neverFinishes);
    const first = await stage.preload([A], { interruptAfterMs: 3_000 });
    const sentAtMs = stage.clock.nowMs() - 30 * MINUTE_MS;
    const previous = withOpenAttempt(withUrls(first.state, urlsOf([A, B, C])), {
      purpose: "preload",
      urls: urlsOf([B]),
      sentAtMs,
      expiresAtMs: sentAtMs + 15 * MINUTE_MS,
    });
    const endAt = async (toldStates: number) => {
      const states: GateState[] = [];
      const emit = (event: GateEvent) => {
        if (event.type === "state" && states.push(event.state) === toldStates) throw fault;
      };
      const outcome = await stage.preload([A, B, C], { previous, emit });
      expect(outcome.failure).toMatchObject({ code, facts: fault.facts, retryable: false });
      return states;
    };
    // The attempt closes, the running task answers, a new attempt opens: each told of before the next is done.
    const pushes = stage.service.pushes.length;
    for (const toldStates of [1, 2, 3]) expect(await endAt(toldStates)).toHaveLength(toldStates);
    expect(stage.service.pushes).toHaveLength(pushes);
  },
);

/** Waits between two runs. */
const pass = (stage: GateStage, ms: number) => stage.clock.run(stage.clock.sleep(ms));

test("a URL that comes back within three days keeps its result, and a notice says so", async () => {
  const stage = stageWith(scripts.succeedsAtOnce);
  const first = await stage.preload([A, B]);
  const second = await stage.preload([A], { previous: first.state });
  await pass(stage, 2 * DAY_MS);
  const third = await stage.preload([A, B], { previous: second.state });
  expect(third).toMatchObject({ verdict: "passed" });
  expect(stage.service.pushes).toHaveLength(1);
  expect(stage.notices()).toEqual([
    "1 URL wanted again after being removed: the earlier preload (task 1001) is less than three days old and counts.",
  ]);
});

test("a URL that comes back after three days is preloaded again, and a notice says so", async () => {
  const stage = stageWith(scripts.succeedsAtOnce);
  const first = await stage.preload([A, B]);
  const second = await stage.preload([A], { previous: first.state });
  await pass(stage, 3 * DAY_MS + MINUTE_MS);
  const third = await stage.preload([A, B], { previous: second.state });
  expect(third).toMatchObject({ verdict: "passed" });
  expect(stage.service.pushes.map(({ urls }) => urls)).toEqual([[A, B], [B]]);
  expect(stage.notices()).toEqual([
    "1 URL wanted again after being removed: the earlier preload (task 1001) is more than three days old and does not count. Preloading again.",
  ]);
});

test("a URL that comes back is not preloaded again on the word of a wrong clock: the service still tells of its task", async () => {
  const stage = stageWith(scripts.succeedsAtOnce);
  const first = await stage.preload([A, B]);
  const second = await stage.preload([A], { previous: first.state });
  const past = "2020-01-01T00:00:00Z";
  const submissions = second.state.saved.submissions.map((one) => ({
    ...one,
    submittedAtMs: Date.parse(past),
  }));
  const previous = { ...second.state, saved: { ...second.state.saved, submissions } };
  const withOldTasks = {
    ...previous,
    tasks: previous.tasks.map((task) => ({ ...task, creationTime: past, createdMs: Date.parse(past) })),
  };
  const third = await stage.preload([A, B], { previous: withOldTasks });
  expect(third).toMatchObject({ verdict: "passed" });
  expect(stage.service.pushes).toHaveLength(1);
});

test.each([
  ["every day, a state holds its last three days", 1, 5],
  ["every four days, a state is as large as after one", 4, 2],
])("with releases of other URLs %s", async (_, days, enough) => {
  const stage = stageWith(scripts.succeedsAtOnce);
  const sizes: number[] = [];
  let previous: GateState | undefined;
  for (let release = 10; release < 40; release += 1) {
    const urls = Array.from({ length: 10 }, (_, n) => `https://cdn.example.com/${release}-${n}.js`);
    const outcome = await stage.preload(urls, { previous });
    expect(outcome.verdict).toBe("passed");
    previous = outcome.state;
    sizes.push(JSON.stringify(previous).length);
    await pass(stage, days * DAY_MS);
  }
  expect(sizes.at(-1)).toBeLessThanOrEqual(sizes[enough - 1]! + 100);
});

test("answers that cannot be understood are told as that first, not as a task that is not visible yet", async () => {
  for (const timeoutMs of [45 * MINUTE_MS, 10_000]) {
    const stage = stageWith(scripts.isMalformedForEver);
    const { verdict, reasons } = await stage.preload([A], { timeoutMs });
    expect(verdict).toBe("inconclusive");
    expect(reasons[0]).toMatch(/could not be understood; of 1 URL: 1 still pending\.$/);
    expect(reasons[1]).toBe(`${A}: no answer about its task could be understood (task 1001).`);
    expect(reasons.join("\n")).not.toContain("not visible yet");
  }
});
