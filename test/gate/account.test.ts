import type { GateState } from "../../provider/core/gate-state";
import { withUrls } from "../../provider/core/state-changes";
import { A, B, C, DAY_MS, GateStage, MINUTE_MS, urlsOf } from "./gate-stage";
import { scripts } from "./scripted-service";

/** The same URLs seen by a key of this account. */
function stageOf(account: string | undefined): GateStage {
  const stage = new GateStage();
  stage.account = account;
  return stage;
}

test("another account's word closes no open attempt, and the right key submits nothing twice", async () => {
  const own = stageOf("key-1");
  own.service.pushScripts = [{ unknownOutcome: { isAccepted: true, acceptedAfterMs: 5 * MINUTE_MS } }];
  const first = await own.preload([A], { timeoutMs: 10_000 });
  expect(first.state.saved.openAttempts).toHaveLength(1);

  const other = stageOf("key-2");
  await other.clock.run(other.clock.sleep(30 * MINUTE_MS));
  const second = await other.preload([A], { previous: first.state });
  expect(second).toMatchObject({ verdict: "inconclusive", failure: { code: "otherAccount", exitCode: 4 } });
  expect(second.reasons.join("\n")).toContain("The saved state was made with another access key");
  expect(second.state.saved).toMatchObject({
    account: "key-1",
    openAttempts: first.state.saved.openAttempts,
  });
  expect(other.service.pushes).toHaveLength(0);

  await own.clock.run(own.clock.sleep(30 * MINUTE_MS));
  const third = await own.preload([A], { previous: second.state });
  expect(third.verdict).toBe("passed");
  expect(own.service.pushes).toHaveLength(1);
});

test("a running task is not submitted again on the word of an account that does not know it", async () => {
  const own = stageOf("key-1");
  own.service.taskScripts = [scripts.neverFinishes];
  const first = await own.preload([A, B], { timeoutMs: 10_000 });
  const other = stageOf("key-2");
  const second = await other.preload([A, B], { previous: first.state });
  expect(second.failure).toMatchObject({ code: "otherAccount" });
  expect(second.failure?.message).toContain("none of its tasks (1001)");
  expect(second.taskIds).toEqual(["1001"]);
  expect(other.service.pushes).toHaveLength(0);
});

test("another key of the same account is taken once the service shows it a saved task", async () => {
  const stage = stageOf("key-1");
  stage.service.taskScripts = [scripts.succeedsSlowly];
  const first = await stage.preload([A], { timeoutMs: 10_000 });
  stage.account = "key-2";
  const second = await stage.preload([A], { previous: first.state });
  expect(second).toMatchObject({ verdict: "passed", state: { saved: { account: "key-2" } } });
  expect(stage.service.pushes).toHaveLength(1);
});

test.each([
  ["a temporary key names no account", undefined],
  ["the same key is the same account", "key-1"],
])("%s: the run goes on", async (_, account) => {
  const stage = stageOf("key-1");
  stage.service.taskScripts = [scripts.succeedsSlowly];
  const first = await stage.preload([A], { timeoutMs: 10_000 });
  stage.account = account;
  expect((await stage.preload([A], { previous: first.state })).verdict).toBe("passed");
});

test("a temporary key has to be shown a saved task of another key, and closes no open attempt", async () => {
  const own = stageOf("key-1");
  own.service.pushScripts = [{ unknownOutcome: { isAccepted: true, acceptedAfterMs: 5 * MINUTE_MS } }];
  const first = await own.preload([A], { timeoutMs: 10_000 });
  const other = stageOf(undefined);
  await other.clock.run(other.clock.sleep(30 * MINUTE_MS));
  const second = await other.preload([A], { previous: first.state });
  expect(second.failure).toMatchObject({ code: "otherAccount" });
  expect(second.state.saved.openAttempts).toHaveLength(1);
});

test("what a temporary key left open is not closed by another key that is shown none of it", async () => {
  const temporary = stageOf(undefined);
  temporary.service.pushScripts = [{ unknownOutcome: { isAccepted: true, acceptedAfterMs: 5 * MINUTE_MS } }];
  const first = await temporary.preload([A], { timeoutMs: 10_000 });
  const other = stageOf("key-1");
  await other.clock.run(other.clock.sleep(30 * MINUTE_MS));
  expect((await other.preload([A], { previous: first.state })).failure).toMatchObject({
    code: "otherAccount",
  });
});

/** The state of a run that has ended with a submission whose outcome it does not know. */
async function leftOpen(
  stage: GateStage,
  options: {
    readonly isAccepted: boolean;
    readonly previous?: GateState;
    readonly urls?: readonly string[];
  },
): Promise<GateState> {
  const { isAccepted, previous, urls = [A, B] } = options;
  stage.service.pushScripts = [{ unknownOutcome: { isAccepted } }];
  stage.service.searchError = "unreachable";
  const { state } = await stage.preload(urls, { timeoutMs: 10_000, previous });
  stage.service.searchError = undefined;
  expect(state.saved.openAttempts).toHaveLength(1);
  return state;
}

test("a key for each run: an open attempt is settled once the service shows what it has started", async () => {
  const stage = stageOf("key-of-run-1");
  const previous = await leftOpen(stage, { isAccepted: true });
  stage.account = "key-of-run-2";
  const second = await stage.preload([A, B], { previous });
  expect(second).toMatchObject({ verdict: "passed", taskIds: ["1001"] });
  expect(stage.service.pushes).toHaveLength(1);
});

test("a key for each run: a task of any earlier run that the service shows is proof", async () => {
  const stage = stageOf("key-of-run-1");
  stage.service.taskScripts = [scripts.losesOneUrl, scripts.succeeds];
  const { state } = await stage.preload([A, B]);
  stage.account = "key-of-run-2";
  const previous = await leftOpen(stage, { isAccepted: false, previous: state });
  stage.account = "key-of-run-3";
  const third = await stage.preload([A, B], { previous });
  expect(third.verdict).toBe("passed");
  expect(stage.service.pushedUrls).toEqual([A, B, B, B]);
});

test("a task of URLs that are no longer wanted proves the account too", async () => {
  const stage = stageOf("key-of-run-1");
  const { state } = await stage.preload([A]);
  stage.account = "key-of-run-2";
  const previous = await leftOpen(stage, { isAccepted: false, previous: state, urls: [B, C] });
  stage.account = "key-of-run-3";
  expect((await stage.preload([B, C], { previous })).verdict).toBe("passed");
});

test("a key that may ask for details alone proves its account by them", async () => {
  const stage = stageOf("key-of-run-1");
  stage.service.taskScripts = [scripts.succeedsSlowly];
  const first = await stage.preload([A], { timeoutMs: 10_000 });
  stage.startNewProcess();
  stage.account = "key-of-run-2";
  stage.service.statusError = "permission";
  expect((await stage.preload([A], { previous: first.state })).verdict).toBe("passed");
});

test("a question that is throttled is asked again before a key is refused", async () => {
  const stage = stageOf("key-of-run-1");
  stage.service.taskScripts = [scripts.succeedsSlowly];
  const first = await stage.preload([A], { timeoutMs: 10_000 });
  stage.account = "key-of-run-2";
  stage.service.statusError = "throttled";
  stage.clock.after(MINUTE_MS, () => {
    stage.service.statusError = undefined;
  });
  const second = await stage.preload([A], { previous: first.state });
  expect(second).toMatchObject({ verdict: "passed", state: { saved: { account: "key-of-run-2" } } });
  expect(stage.service.pushes).toHaveLength(1);
});

test("a key that may not look is told so, and not that the state is another account's", async () => {
  const stage = stageOf("key-of-run-1");
  stage.service.taskScripts = [scripts.succeedsSlowly];
  const first = await stage.preload([A], { timeoutMs: 10_000 });
  stage.account = "key-of-run-2";
  stage.startNewProcess();
  stage.service.statusError = "permission";
  stage.service.isOnAllowList = false;
  const second = await stage.preload([A], { previous: first.state });
  expect(second).toMatchObject({
    verdict: "inconclusive",
    failure: { code: "permission" },
    taskIds: ["1001"],
  });
  expect(stage.service.pushes).toHaveLength(1);
});

test("a task of the account before proves nothing of what the last one has left open", async () => {
  const first = stageOf("key-1");
  const { state } = await first.preload([A]);
  const other = stageOf("key-2");
  const previous = await leftOpen(other, { isAccepted: true, previous: state });
  first.account = "key-3";
  await first.clock.run(first.clock.sleep(30 * MINUTE_MS));
  const third = await first.preload([A, B], { previous });
  expect(third.failure).toMatchObject({ code: "otherAccount" });
  expect(third.state.saved.openAttempts).toEqual(previous.saved.openAttempts);
});

test("what another key has left open lapses once the service confirms that it is past three days", async () => {
  const own = stageOf("key-1");
  own.service.taskScripts = [scripts.neverFinishes];
  const first = await own.preload([A, C], { timeoutMs: 10_000 });
  const previous = await leftOpen(own, { isAccepted: true, previous: withUrls(first.state, urlsOf([A, B])) });
  const other = stageOf("key-2");
  const atOnce = await other.preload([A, B], { previous });
  expect(atOnce.failure?.message).toContain(
    "none of its tasks (1001). Nothing was submitted. What the service may have accepted stays noted until 2026-11-26T10:15:",
  );

  // A clock says that it is past; the service does not yet.
  other.service.dateOffsetMs = 10 * DAY_MS;
  other.clock.skip(3 * DAY_MS);
  const early = await other.preload([A, B], { previous: atOnce.state });
  expect(early.failure).toMatchObject({ code: "otherAccount" });
  expect(other.service.pushes).toHaveLength(0);

  other.service.dateOffsetMs = 0;
  other.clock.skip(20 * MINUTE_MS);
  const late = await other.preload([A, B], { previous: early.state });
  expect(late).toMatchObject({ verdict: "passed", state: { saved: { account: "key-2", openAttempts: [] } } });
  expect(other.service.pushedUrls.toSorted()).toEqual([A, B]);
  expect(other.notices().join("\n")).toContain("the service confirms that it is more than three days old");
});

test("a state that does not say when its task was submitted does not lapse", async () => {
  const own = stageOf("key-1");
  own.service.taskScripts = [scripts.neverFinishes];
  const { state } = await own.preload([A], { timeoutMs: 10_000 });
  const previous = { ...state, saved: { ...state.saved, submissions: [] } };
  const other = stageOf("key-2");
  other.clock.skip(4 * DAY_MS);
  const second = await other.preload([A], { previous });
  expect(second.failure?.message).toMatch(/stays noted\.$/);
});
