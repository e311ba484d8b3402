import type { GateState } from "../../provider/core/gate-state";
import { gatePolicy } from "../../provider/core/policy-schema";
import type { ResultScope } from "../../provider/core/url-index";
import { pollOnce } from "../../provider/gate/poll-once";
import { PollScheduler } from "../../provider/gate/poll-scheduler";
import { QuotaLedger } from "../../provider/gate/quota-ledger";
import { A, B, GateStage, MINUTE_MS } from "./gate-stage";
import { scripts } from "./scripted-service";

/** What `pulumi refresh` does to a saved state. */
async function refreshed(
  stage: GateStage,
  state: GateState,
  options: { scope: ResultScope; listedTaskIds?: readonly string[] },
): Promise<GateState> {
  const { clock, service } = stage;
  const run = pollOnce({
    client: service,
    clock,
    scheduler: new PollScheduler({ clock, callsPerSecond: () => 20 }),
    quotaLedger: new QuotaLedger(),
    signal: new AbortController().signal,
    emit: () => undefined,
    state,
    policy: gatePolicy.parse({}),
    ...options,
  });
  return (await clock.run(run)).state;
}

test("a gate that no longer names its URLs asks anew for all that the tasks name", async () => {
  const stage = new GateStage();
  const id = stage.service.addTask([A, B], scripts.losesOneUrl, { ageMs: MINUTE_MS });
  const first = await stage.gate([id], { urls: [A] });
  expect(first.verdict).toBe("passed");
  const second = await stage.gate([id], { previous: first.state });
  expect(second.verdict).toBe("failed");
  expect(second.results.map(({ state }) => state).sort()).toEqual(["failed", "preloaded"]);
});

test("a gate that names one more URL asks its tasks for it", async () => {
  const stage = new GateStage();
  const id = stage.service.addTask([A, B], scripts.succeedsAtOnce, { ageMs: MINUTE_MS });
  const first = await stage.gate([id], { urls: [A] });
  const second = await stage.gate([id], { urls: [A, B], previous: first.state });
  expect(second.verdict).toBe("passed");
});

test("a gate that names fewer URLs, or the same, asks no task that has ended", async () => {
  const stage = new GateStage();
  const id = stage.service.addTask([A, B], scripts.succeedsAtOnce, { ageMs: MINUTE_MS });
  const first = await stage.gate([id]);
  const polls = stage.service.detailPolls.length;
  const second = await stage.gate([id], { urls: [A], previous: first.state });
  expect(second.verdict).toBe("passed");
  expect(stage.service.detailPolls).toHaveLength(polls);
});

test("a refresh of a gate over all URLs takes up rows that were not there before", async () => {
  const stage = new GateStage();
  const id = stage.service.addTask(
    [A, B],
    [
      { status: "Refreshing", processPercent: 50, success: { "/b.js": null, "": 50 } },
      {
        fromMs: 10 * MINUTE_MS,
        status: "Complete",
        retCode: "0",
        processPercent: 100,
        success: { "/b.js": 0, "": 100 },
      },
    ],
    { ageMs: MINUTE_MS },
  );
  const first = await stage.gate([id], { timeoutMs: MINUTE_MS });
  expect(first.state.saved.wanted).toBe("any");
  await stage.clock.run(stage.clock.sleep(20 * MINUTE_MS));
  const state = await refreshed(stage, first.state, { scope: "any", listedTaskIds: [id] });
  expect((await stage.gate([id], { previous: state })).verdict).toBe("failed");
});

test("an override is about the verdict that was saved, not about what a refresh has found since", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = [
    [
      { status: "Refreshing", processPercent: 99, success: 99 },
      { fromMs: 10 * MINUTE_MS, status: "Failed", retCode: "500", processPercent: 100, success: 0 },
    ],
    scripts.neverFinishes,
  ];
  const first = await stage.preload([A], { timeoutMs: MINUTE_MS });
  expect(first.verdict).toBe("inconclusive");
  await stage.clock.run(stage.clock.sleep(20 * MINUTE_MS));
  const state = await refreshed(stage, first.state, { scope: "submitted" });
  const policy = { override: "nearly there" };
  const next = await stage.preload([A], { previous: state, policy, timeoutMs: MINUTE_MS });
  expect(next).toMatchObject({ accepted: false, acceptedBy: undefined });
});

test("an override lets nothing pass that was not waited for", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = [scripts.neverFinishes];
  const first = await stage.preload([A], { wait: false });
  expect(first.verdict).toBe("pending");
  const next = await stage.preload([A], { previous: first.state, wait: false, policy: { override: "so" } });
  expect(next).toMatchObject({ verdict: "pending", accepted: false });
});

test("an answer with an unknown code is reconciled once and never submitted again and again", async () => {
  const stage = new GateStage();
  const unknown = {
    unknownOutcome: { isAccepted: false, serviceCode: "Brand.New", code: "unknownServiceCode" as const },
  };
  stage.service.pushScripts = Array.from({ length: 80 }, () => unknown);
  const outcome = await stage.preload([A]);
  expect(stage.service.pushes).toHaveLength(1);
  expect(outcome.verdict).toBe("inconclusive");
  expect(outcome.failure?.serviceCode).toBe("Brand.New");
});

test("a lost answer is submitted again once in a run, after it was certainly not accepted", async () => {
  const stage = new GateStage();
  stage.service.pushScripts = Array.from({ length: 80 }, () => ({ unknownOutcome: { isAccepted: false } }));
  const outcome = await stage.preload([A]);
  expect(stage.service.pushes).toHaveLength(2);
  expect(outcome).toMatchObject({ verdict: "inconclusive", accepted: false });
});

test("what kept the tasks from being asked about is among the reasons at the deadline", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = [[{ error: "unreachable" }]];
  const outcome = await stage.preload([A]);
  expect(outcome.reasons.join("\n")).toContain("The last answer was: ");
});

test("why a submission is not settled is among the reasons", async () => {
  const stage = new GateStage();
  stage.service.pushScripts = [{ unknownOutcome: { isAccepted: false } }];
  const outcome = await stage.preload([A], { timeoutMs: MINUTE_MS });
  expect(outcome.failure?.code).toBe("outcomeUnknown");
  expect(outcome.reasons.join("\n")).toMatch(
    /The service may or may not have accepted this submission \(1 URL, sent 20\d\d-.*Z\)/,
  );
});

test("an unknown task is not submitted again in a run that could not ask about it", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = [[{ isUnknown: true }, { fromMs: 50 * MINUTE_MS, error: "unreachable" }]];
  const first = await stage.preload([A], { timeoutMs: 6 * MINUTE_MS });
  await stage.clock.run(stage.clock.sleep(60 * MINUTE_MS));
  stage.startNewProcess();
  await stage.preload([A], { previous: first.state, timeoutMs: MINUTE_MS });
  expect(stage.service.pushes).toHaveLength(1);
});

test("one run's interruption does not end the question about the quota that others wait for", async () => {
  const stage = new GateStage();
  const ledger = new QuotaLedger();
  const interrupted = new AbortController();
  const { service: client } = stage;
  const first = ledger.ask({ client, options: { signal: interrupted.signal } }).then(
    () => "answered",
    (error: { code: string }) => error.code,
  );
  const second = ledger
    .ask({ client, options: { signal: new AbortController().signal } })
    .then(() => "answered");
  interrupted.abort(new Error("Ctrl-C"));
  expect(await stage.clock.run(Promise.all([first, second]))).toEqual(["interrupted", "answered"]);
});

test("two resources that ask for the quota in the same moment never take the same remainder", async () => {
  const stage = new GateStage();
  stage.service.quota = {
    requestId: "R",
    preloadL1: { total: 5, remaining: 5 },
    preloadL2: undefined,
    refreshUrls: undefined,
  };
  const ledger = new QuotaLedger();
  const demand = {
    client: stage.service,
    purpose: "preload" as const,
    urls: 3,
    l2Preload: false,
    options: { signal: new AbortController().signal },
  };
  const findings = await stage.clock.run(Promise.all([ledger.reserve(demand), ledger.reserve(demand)]));
  expect(findings.map((finding) => finding?.isEnough)).toEqual([true, false]);
});
