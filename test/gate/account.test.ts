import { A, B, GateStage, MINUTE_MS } from "./gate-stage";
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
