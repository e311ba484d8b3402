import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";
import { type Outcome, runGate, type Session } from "../../provider/gate";
import { Sessions } from "./sessions";

// Real polls of real tasks, some of them several times over.
jest.setTimeout(60_000);

const URL = "https://cdn.example.com/app.js";
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const OFFSETS = [
  ["a day behind the service's", DAY_MS],
  ["a day ahead of the service's", -DAY_MS],
  ["an hour behind the service's", HOUR_MS],
  ["an hour ahead of the service's", -HOUR_MS],
] as const;

let emulator: Emulator;
let session: Session;
const sessions = new Sessions();

/** An emulator whose clock goes so much ahead of this machine's. */
async function start(offsetMs: number, options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator({ visibilityDelayMs: 0, ...options });
  emulator.advanceClock(offsetMs);
  session = newSession();
}

const newSession = () => sessions.with(emulator);

afterEach(async () => {
  await sessions.close();
  await emulator.close();
});

const refusedForTheirDate = () =>
  emulator.calls.filter(({ errorCode }) => errorCode === "InvalidTimeStamp.Expired").length;

test.each(OFFSETS)(
  "a local clock that is %s is learned from the first refusal, and the call is signed again",
  async (_case, offsetMs) => {
    await start(offsetMs, { speed: 5 });
    const outcome = await runGate({ urls: [URL], session, timeout: "30s" });
    expect(outcome).toMatchObject({ verdict: "passed", reasons: [] });
    expect(emulator.submissionCount()).toBe(1);
    expect(refusedForTheirDate()).toBe(1);
    // What is kept is the service's time.
    const submittedAtMs = outcome.state.saved.submissions[0]?.submittedAtMs ?? Number.NaN;
    expect(Math.abs(submittedAtMs - Date.now() - offsetMs)).toBeLessThan(60_000);
  },
);

test.each(OFFSETS)("a deadline is kept where the local clock is %s", async (_case, offsetMs) => {
  await start(offsetMs, { scenario: { defaultScript: "never-ends" } });
  const startedAtMs = performance.now();
  const outcome = await runGate({ urls: [URL], session, timeout: "3s" });
  expect(outcome).toMatchObject({ verdict: "inconclusive", failure: { code: "timeout" } });
  const elapsedMs = performance.now() - startedAtMs;
  expect(elapsedMs).toBeGreaterThanOrEqual(2_990);
  expect(elapsedMs).toBeLessThan(3_000 + 15_000);
});

test.each(OFFSETS)(
  "where the local clock is %s a running task is resumed, not taken for an expired one",
  async (_case, offsetMs) => {
    // Three days less half an hour old: an hour more, and it could not be asked about it.
    const oldMs = 3 * DAY_MS - HOUR_MS / 2;
    await start(offsetMs - oldMs, { scenario: { defaultScript: "never-ends" } });
    const first = await runGate({ urls: [URL], session, timeout: "1s" });
    expect(first.verdict).toBe("inconclusive");
    emulator.advanceClock(oldMs);
    emulator.changeScript(URL, "completes-at-once");
    const second = await runGate({
      urls: [URL],
      session: newSession(),
      timeout: "30s",
      previous: saved(first),
    });
    expect(second).toMatchObject({ verdict: "passed", taskIds: first.taskIds });
    expect(emulator.submissionCount()).toBe(1);
  },
);

test("a submission without an answer is looked up in the service's time, whatever the local clock says", async () => {
  await start(DAY_MS, {
    speed: 5,
    faults: [{ kind: "resetAfter", operation: "PushObjectCache", fromCall: 1 }],
  });
  const outcome = await runGate({ urls: [URL], session, timeout: "30s" });
  expect(outcome).toMatchObject({ verdict: "passed", state: { saved: { openAttempts: [] } } });
  expect(emulator.submissionCount()).toBe(1);
});

test("a clock that is set in the middle of a wait is learned anew, and the wait goes on", async () => {
  await start(0, { scenario: { defaultScript: "never-ends" } });
  let isSet = false;
  const outcome = await runGate({
    urls: [URL],
    session,
    timeout: "40s",
    onEvent: (event) => {
      if (event.type !== "progress" || isSet) return;
      isSet = true;
      emulator.advanceClock(HOUR_MS);
      emulator.changeScript(URL, "completes-at-once");
    },
  });
  expect(outcome).toMatchObject({ verdict: "passed", reasons: [] });
  expect(refusedForTheirDate()).toBe(1);
  expect(emulator.submissionCount()).toBe(1);
});

/** As a file would keep it. */
function saved(outcome: Outcome): unknown {
  return JSON.parse(JSON.stringify(outcome.state));
}
