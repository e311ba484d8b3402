import { A, B, GateStage, MINUTE_MS } from "./gate-stage";
import { scripts } from "./scripted-service";

test("with purgeFirst each URL is purged once, and preloaded only after its purge has ended", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = [scripts.succeeds, scripts.losesOneUrl, scripts.succeeds];
  const first = await stage.preload([A, B], { purgeFirst: true });
  expect(first.verdict).toBe("failed");
  expect(stage.service.purges.map((purge) => purge.urls)).toEqual([[A, B]]);
  expect(stage.service.pushes[0]!.atMs - stage.service.purges[0]!.atMs).toBeGreaterThanOrEqual(30_000);
  const second = await stage.preload([A, B], { purgeFirst: true, previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.purges).toHaveLength(1);
  expect(stage.service.pushes.map((push) => push.urls)).toEqual([[A, B], [B]]);
});

test("a purge that failed preloads nothing, and the next run purges again", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = [scripts.completesAtNothing, scripts.succeeds, scripts.succeeds];
  const first = await stage.preload([A], { purgeFirst: true, policy: { onInconclusive: "warn" } });
  expect(first).toMatchObject({ verdict: "inconclusive", accepted: false, failure: { code: "purgeFailed" } });
  expect(stage.service.pushes).toEqual([]);
  const second = await stage.preload([A], { purgeFirst: true, previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.purges).toHaveLength(2);
});

test("a purge that got several tasks has ended once each of them has, and the worst counts", async () => {
  const stage = new GateStage();
  stage.service.tasksPerPurgedUrl = 2;
  stage.service.taskScripts = [scripts.succeedsAtOnce, scripts.succeedsSlowly];
  const slow = await stage.preload([A, B], { purgeFirst: true });
  expect(slow.verdict).toBe("passed");
  expect(stage.service.pushes[0]!.atMs - stage.service.purges[0]!.atMs).toBeGreaterThanOrEqual(
    20 * MINUTE_MS,
  );

  const other = new GateStage();
  other.service.tasksPerPurgedUrl = 2;
  other.service.taskScripts = [scripts.succeedsAtOnce, scripts.completesWithRetCode500];
  const failed = await other.preload([A, B], { purgeFirst: true });
  expect(failed.failure).toMatchObject({ code: "purgeFailed" });
  expect(failed.failure?.message).toContain("(task 1002, status Failed");
  expect(other.service.pushes).toHaveLength(0);
});

test("a purge that is interrupted is gone on with, not repeated", async () => {
  const stage = new GateStage();
  const first = await stage.preload([A], { purgeFirst: true, interruptAfterMs: 10_000 });
  expect(first.failure?.code).toBe("interrupted");
  const second = await stage.preload([A], { purgeFirst: true, previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.purges).toHaveLength(1);
});

test("a purge of an earlier run that has failed meanwhile is repeated at once, not after one more failure", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = [scripts.completesAtNothing, scripts.succeeds, scripts.succeeds];
  const first = await stage.preload([A], { purgeFirst: true, timeoutMs: 1_000 });
  expect(first.failure?.message).toContain(
    "The deadline passed before the purge had ended (task 1001). Nothing was preloaded after it.",
  );
  await stage.clock.run(stage.clock.sleep(10_000));
  const second = await stage.preload([A], { purgeFirst: true, previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.purges).toHaveLength(2);
});

test("a purge of an earlier run with an undocumented status ends the run before it is repeated", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = [scripts.saysSomethingNew];
  const first = await stage.preload([A], { purgeFirst: true, timeoutMs: 1_000 });
  await stage.clock.run(stage.clock.sleep(20_000));
  const second = await stage.preload([A], { purgeFirst: true, previous: first.state });
  expect(second.failure?.message).toContain(
    `${A} (task 1001, status Paused). Nothing was preloaded after it.`,
  );
  expect(stage.service.purges).toHaveLength(1);
});

test("a purge whose URL has been preloaded otherwise keeps no other URL waiting", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = [scripts.isTooOld];
  const first = await stage.preload([A], { purgeFirst: true, timeoutMs: 1_000 });
  stage.service.addTask([A], scripts.succeeds);
  await stage.clock.run(stage.clock.sleep(5_000));
  const adopted = await stage.preload([A], { purgeFirst: true, adoptInFlight: true, previous: first.state });
  expect(adopted.verdict).toBe("passed");
  const second = await stage.preload([A, B], { purgeFirst: true, previous: adopted.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.purges.map((purge) => purge.urls)).toEqual([[A], [B]]);
});

test("all purges that have failed are named and repeated together, in however many calls they are asked about", async () => {
  const stage = new GateStage();
  const urls = Array.from({ length: 25 }, (_, index) => `https://cdn.example.com/${index}.js`);
  stage.service.urlsPerPurgeTask = 1;
  stage.service.taskScripts = [scripts.completesAtNothing];
  const first = await stage.preload(urls, { purgeFirst: true });
  expect(first.failure?.message).toContain(
    'https://cdn.example.com/4.js (task 1005, status Failed, "Internal Error") and 20 more. Nothing was preloaded after it.',
  );
  const second = await stage.preload(urls, { purgeFirst: true, previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.purges.map((purge) => purge.urls.length)).toEqual([25, 25]);
});

test.each<["fail" | "warn" | "off", string, number]>([
  ["fail", "inconclusive", 0],
  ["warn", "passed", 1],
  ["off", "passed", 1],
])("a quota that is too small, with quotaCheck %s, ends as %s", async (quotaCheck, verdict, pushes) => {
  const stage = new GateStage();
  stage.service.quota = { ...stage.service.quota, preloadL1: { total: 1000, remaining: 1 } };
  const outcome = await stage.preload([A, B], { quotaCheck });
  expect(outcome.verdict).toBe(verdict);
  expect(stage.service.pushes).toHaveLength(pushes);
  expect(stage.notices().some((notice) => notice.includes("need more than the quota has"))).toBe(
    quotaCheck === "warn",
  );
});

test("with adoptInFlight a running task of someone else's is taken over, an ended one is not", async () => {
  for (const [ageMs, pushes] of [
    [10_000, 0],
    [10 * MINUTE_MS, 1],
  ] as const) {
    const stage = new GateStage();
    stage.service.addTask([A], scripts.succeeds, { ageMs });
    const outcome = await stage.preload([A], { adoptInFlight: true });
    expect(outcome.verdict).toBe("passed");
    expect(stage.service.pushes).toHaveLength(pushes);
  }
});

test("with adoptInFlight all running tasks of the newest submission are taken over, and the worst counts", async () => {
  const stage = new GateStage();
  stage.service.addTask([A], scripts.neverFinishes, { taskId: "6000", ageMs: MINUTE_MS });
  stage.service.addTask([A], scripts.succeeds, { taskId: "7001", ageMs: 3_000 });
  stage.service.addTask([A], scripts.completesAtNothing, { taskId: "7002", ageMs: 3_000 });
  const outcome = await stage.preload([A], { adoptInFlight: true, timeoutMs: 5 * MINUTE_MS });
  expect(outcome).toMatchObject({ verdict: "failed", taskIds: ["7001", "7002"] });
  expect(stage.notices().join("\n")).toContain("Took over tasks 7001, 7002, which someone else started");
});

test("what a resource has reserved and will not preload, since its purge has no quota, another one may use", async () => {
  const stage = new GateStage();
  stage.service.quota = {
    ...stage.service.quota,
    preloadL1: { total: 1000, remaining: 2 },
    refreshUrls: { total: 1000, remaining: 0 },
  };
  const refused = await stage.preload([A, B], { quotaCheck: "fail", purgeFirst: true });
  expect(refused).toMatchObject({ verdict: "inconclusive", failure: { code: "quota" } });
  expect([stage.service.purges, stage.service.pushes]).toEqual([[], []]);
  expect((await stage.preload([A, B], { quotaCheck: "fail" })).verdict).toBe("passed");
});

test("what a resource has reserved and the service refused, another one may use; what was accepted, or may have been, it may not", async () => {
  const stage = new GateStage();
  const urls = Array.from({ length: 250 }, (_, index) => `https://cdn.example.com/${index}.js`);
  const common = { quotaCheck: "fail", wait: false } as const;
  stage.service.quota = { ...stage.service.quota, preloadL1: { total: 1000, remaining: 250 } };
  const lost = { unknownOutcome: { isAccepted: true, acceptedAfterMs: 600_000 } };
  stage.service.pushScripts = [{}, lost, { refusedWith: "usage" }];
  expect(await stage.preload(urls.slice(0, 200), common)).toMatchObject({
    failure: { code: "outcomeUnknown" },
  });
  expect(await stage.preload(urls.slice(200), common)).toMatchObject({ failure: { code: "usage" } });
  const tooMany = await stage.preload([...urls.slice(200), A], common);
  expect(tooMany.failure?.message).toContain(
    "51 URLs need more than the quota has: 250 of 1000 preload URLs left today, 200 of them taken",
  );
  expect((await stage.preload(urls.slice(200), common)).failure).toBeUndefined();
});

test("where the service says that the quota is used up, nothing is given back on the strength of an older answer", async () => {
  const stage = new GateStage();
  const common = { quotaCheck: "fail", wait: false } as const;
  stage.service.quota = { ...stage.service.quota, preloadL1: { total: 1000, remaining: 2 } };
  stage.service.pushScripts = [{ refusedWith: "quota" }];
  expect(await stage.preload([A, B], common)).toMatchObject({ failure: { code: "quota" } });
  const second = await stage.preload([B], common);
  expect(second.failure?.message).toContain("1 URL needs more than the quota has");
  expect(stage.service.pushes).toHaveLength(1);
});

test("a URL that failed and is accepted again keeps what was reserved for it, also under the same task id", async () => {
  const stage = new GateStage();
  const common = { quotaCheck: "fail" } as const;
  stage.service.quota = { ...stage.service.quota, preloadL1: { total: 1000, remaining: 3 } };
  stage.service.pushScripts = [
    { taskIds: ["1001"], script: scripts.completesAtNothing },
    { taskIds: ["1001"] },
  ];
  const failed = await stage.preload([A], common);
  const repaired = await stage.preload([A], { ...common, previous: failed.state, wait: false });
  expect([failed.verdict, repaired.taskIds, repaired.failure]).toEqual(["failed", ["1001"], undefined]);
  const others = await stage.preload([B, `${B}?2`], common);
  expect(others.failure?.message).toContain("3 of 1000 preload URLs left today, 2 of them taken");
});

test("the purges of all resources draw on one quota, whichever POPs they preload to", async () => {
  const stage = new GateStage();
  stage.service.quota = { ...stage.service.quota, refreshUrls: { total: 1000, remaining: 1 } };
  const common = { quotaCheck: "fail", purgeFirst: true } as const;
  expect((await stage.preload([A], common)).verdict).toBe("passed");
  const second = await stage.preload([B], { ...common, settings: { l2Preload: true } });
  expect(second.failure?.message).toContain(
    "1 URL needs more than the quota has: 1 of 1000 refresh URLs left today, 1 of them taken",
  );
});
