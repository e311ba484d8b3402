import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { adviceFor, GateError, type GateEvent, openSession, runGate } from "../../provider/code";
import { type Bench, openBench } from "./cli-on-emulator";
import { cleanEnvironment } from "./run-cli";

const A = "https://cdn.example.com/a.js";
const FAILS = "https://cdn.example.com/emulate-retcode-500-once/b.js";

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.end());

const connection = () => ({
  endpoint: bench.emulator.endpoint,
  accessKey: {
    accessKeyId: bench.emulator.accessKeyId,
    accessKeySecret: bench.emulator.accessKeySecret,
    from: "a test",
  },
});

test("it submits, waits and judges, telling each step; a later run goes on from its state", async () => {
  const events: GateEvent[] = [];
  const first = await runGate({
    urls: [A, FAILS],
    connection: connection(),
    onEvent: (event) => events.push(event),
  });
  expect(first).toMatchObject({ verdict: "failed", accepted: false, summary: { urls: 2, failed: 1 } });
  expect(new Set(events.map(({ type }) => type))).toEqual(
    new Set(["state", "submitting", "submitted", "progress"]),
  );
  const previous: unknown = JSON.parse(JSON.stringify(first.state));
  const second = await runGate({ urls: [A, FAILS], connection: connection(), previous });
  expect(second).toMatchObject({ verdict: "passed", accepted: true, reasons: [] });
  expect([bench.emulator.submissionCount(A), bench.emulator.submissionCount(FAILS)]).toEqual([1, 2]);
});

test("without a wait it only submits; with task ids it only waits", async () => {
  const submitted = await runGate({ urls: [A], wait: false, connection: connection() });
  expect(submitted).toMatchObject({ verdict: "pending", failure: undefined });
  const waited = await runGate({ taskIds: submitted.taskIds.join(","), connection: connection() });
  expect(waited).toMatchObject({ verdict: "passed", taskIds: submitted.taskIds });
  expect(bench.emulator.submissionCount()).toBe(1);
});

test("a signal ends the wait, and the outcome says what is known", async () => {
  const controller = new AbortController();
  const outcome = await runGate({
    urls: ["https://cdn.example.com/emulate-never-ends/a.js"],
    connection: connection(),
    signal: controller.signal,
    onEvent: ({ type }) => type === "progress" && controller.abort(),
  });
  expect(outcome).toMatchObject({ verdict: "inconclusive", failure: { code: "interrupted" } });
  expect(outcome.taskIds).toHaveLength(1);
});

test("a session that is given is shared and stays open", async () => {
  const session = openSession(connection());
  const outcomes = await Promise.all([
    runGate({ session, urls: [A] }),
    runGate({ session, urls: [`${A}?2`] }),
  ]);
  expect(outcomes.map(({ verdict }) => verdict)).toEqual(["passed", "passed"]);
  await expect(session.client.describeRefreshQuota()).resolves.toBeDefined();
  await session.close();
});

test.each<[object, string]>([
  [{ urls: [] }, "urls must hold at least one URL."],
  [
    { urls: [A, "ftp://x.example.com/?token=hush"] },
    "urls[1] has the scheme ftp; only http and https are served.",
  ],
  [{ urls: [A], gate: { minSuccessPercent: 200 } }, "gate.minSuccessPercent must be a number from 0 to 100."],
  [{ urls: [A], timeout: "soon" }, 'timeout must be a duration such as "90s", "45m" or "2h".'],
  [{ taskIds: [] }, "taskIds must hold at least one task id."],
  [{ urls: [A], previous: { stateVersion: 99 } }, "it has version 99"],
])("an option that is not valid is named, and nothing is sent: %j", async (options, message) => {
  const failure = await runGate({ connection: connection(), ...options } as never).catch((error) => error);
  expect(failure).toBeInstanceOf(GateError);
  expect(failure).toMatchObject({ code: "usage", message: expect.stringContaining(message) });
  expect(failure.message).not.toContain("hush");
  expect(bench.emulator.calls).toEqual([]);
});

test("a program reads sentences with the names of its own options, and the same as facts", async () => {
  const session = openSession({
    ...connection(),
    accessKey: { ...connection().accessKey, accessKeyId: "LTAI-none-such" },
  });
  const outcome = await runGate({ session, urls: [A], quotaCheck: "off" });
  const { failure } = outcome;
  expect(failure?.facts).toMatchObject({ kind: "refused", code: "credentials" });
  expect(failure?.message).toMatch(
    /^The service does not know access key LTAI…such\. .*InvalidAccessKeyId\.NotFound.* The credentials came from a test\.$/,
  );
  expect(outcome.reasons.at(-1)).toBe(`${failure?.message} ${adviceFor(failure!)}`);
  expect(adviceFor(failure!)).toMatch(/^Check the id for a typing error\./);
  await session.close();
});

test("the module loads no Pulumi, no command line, and no vendor library", async () => {
  const script = `
    const { runGate } = require("cdn-preload-gate/gate");
    const { urlsFromText } = require("cdn-preload-gate/urls");
    const connection = { endpoint: process.env.ALICDN_ENDPOINT };
    runGate({ urls: urlsFromText(${JSON.stringify(A)}), connection }).then((outcome) => {
      const loaded = Object.keys(require.cache).map((file) => file.replaceAll("\\\\", "/"));
      console.log(JSON.stringify({ verdict: outcome.verdict, loaded }));
    });`;
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], {
    cwd: join(__dirname, "../.."),
    env: cleanEnvironment(bench.env),
  });
  const { verdict, loaded } = JSON.parse(stdout) as { verdict: string; loaded: string[] };
  expect(verdict).toBe("passed");
  expect(loaded.length).toBeGreaterThan(30);
  expect(
    loaded.filter((file) =>
      /@pulumi|@alicloud|commander|cli-progress|saxes|\/provider\/(pulumi|cli)\//.test(file),
    ),
  ).toEqual([]);
});
