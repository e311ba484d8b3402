import { type Emulator, type FaultInput, startEmulator } from "../../emulator";
import { runGate } from "../../provider/gate";
import { Sessions } from "./sessions";

// The service's answers are dated wrongly on the way; the machine's clock and the service's are right.
jest.setTimeout(60_000);

const URL = "https://cdn.example.com/app.js";
const DAY_MS = 24 * 3_600_000;

let emulator: Emulator;
const sessions = new Sessions();

const newSession = () => sessions.with(emulator);

afterEach(async () => {
  await sessions.close();
  await emulator.close();
});

const WRONG_DATES: readonly [string, FaultInput][] = [
  ["the first answer is of 1970", { kind: "wrongDate", date: "Thu, 01 Jan 1970 00:00:00 GMT" }],
  ["the first answer is four days ahead", { kind: "wrongDate", offsetMs: 4 * DAY_MS }],
  ["every answer is four days ahead", { kind: "wrongDate", offsetMs: 4 * DAY_MS, toCall: null }],
  ["every answer is of 1970", { kind: "wrongDate", date: "Thu, 01 Jan 1970 00:00:00 GMT", toCall: null }],
  [
    "every answer is a cached one",
    { kind: "wrongDate", offsetMs: -600_000, headers: { age: "600" }, toCall: null },
  ],
];

test.each(WRONG_DATES)("a task that runs is not submitted again where %s", async (_case, fault) => {
  emulator = await startEmulator({ visibilityDelayMs: 0, scenario: { defaultScript: "never-ends" } });
  const first = await runGate({ urls: [URL], session: newSession(), timeout: "1s" });
  emulator.setFaults([fault]);
  const previous = JSON.parse(JSON.stringify(first.state));
  const second = await runGate({ urls: [URL], session: newSession(), timeout: "1s", previous });
  expect(second).toMatchObject({ verdict: "inconclusive", taskIds: first.taskIds });
  emulator.changeScript(URL, "completes-at-once");
  const third = await runGate({ urls: [URL], session: newSession(), timeout: "30s", previous });
  expect(third.verdict).toBe("passed");
  expect(emulator.submissionCount()).toBe(1);
});

test.each(WRONG_DATES)("a lost submission is found where %s", async (_case, fault) => {
  emulator = await startEmulator({ visibilityDelayMs: 0, speed: 5 });
  emulator.setFaults([fault, { kind: "resetAfter", operation: "PushObjectCache" }]);
  const outcome = await runGate({ urls: [URL], session: newSession(), timeout: "30s" });
  expect(outcome.verdict).toBe("passed");
  expect(emulator.submissionCount()).toBe(1);
});
