import type { EmulatorOptions } from "../../emulator/emulator";
import { openBench, withBench } from "./cli-on-emulator";

type Checks = Record<string, string>;

async function diagnose(
  options: EmulatorOptions,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<{ exitCode: number; checks: Checks; details: Checks; policy: unknown; submissions: number }> {
  const bench = await openBench(options);
  try {
    const document = await bench.json(["doctor", ...args], { env });
    const rows: { name: string; status: string; detail: string }[] = document.checks;
    return {
      exitCode: document.exitCode,
      checks: Object.fromEntries(rows.map(({ name, status }) => [name, status])),
      details: Object.fromEntries(rows.map(({ name, detail }) => [name, detail])),
      policy: document.leastPrivilegePolicy,
      submissions: bench.emulator.submissionCount() + bench.emulator.purgeCount(),
    };
  } finally {
    await bench.end();
  }
}

test("where all is well it says so, submits nothing, and its policy is enough for a run", async () => {
  const { exitCode, checks, policy, submissions } = await diagnose({}, ["--purge-first"]);
  expect(exitCode).toBe(0);
  expect(checks).toEqual({
    credentials: "ok",
    endpoint: "ok",
    clock: "ok",
    "cdn:DescribeRefreshQuota": "ok",
    "cdn:PushObjectCache": "ok",
    "cdn:DescribeRefreshTaskById": "ok",
    "cdn:DescribeRefreshTasks": "ok",
    "cdn:RefreshObjectCaches": "ok",
    "allow-list": "ok",
    quota: "ok",
  });
  expect(submissions).toBe(0);
  await withBench({ ramPolicy: policy as NonNullable<EmulatorOptions["ramPolicy"]> }, async (bench) => {
    expect(await bench.json(["run", "cdn.example.com/a.js", "--purge-first"])).toMatchObject({ exitCode: 0 });
  });
});

test("it tells where credentials were found, never what they are", async () => {
  const { details } = await diagnose({});
  expect(details.credentials).toBe(
    "an access key from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment",
  );
});

test("with half of an access key it says which half, and that nothing else was tried", async () => {
  const { exitCode, checks, details } = await diagnose({}, [], { ALIBABA_CLOUD_ACCESS_KEY_ID: "" });
  expect([exitCode, checks]).toEqual([4, { credentials: "failed" }]);
  expect(details.credentials).toContain(
    "ALIBABA_CLOUD_ACCESS_KEY_ID is not set). Nothing else was tried, such as ~/.aliyun/config.json",
  );
});

test("a wrong secret is told apart from an endpoint that does not answer", async () => {
  const wrong = await diagnose({}, [], { ALIBABA_CLOUD_ACCESS_KEY_SECRET: "wrong" });
  expect([wrong.exitCode, wrong.checks.credentials, wrong.checks.endpoint]).toEqual([4, "failed", "ok"]);
  const dead = await diagnose({}, ["--endpoint", "http://127.0.0.1:9"]);
  expect([dead.exitCode, dead.checks]).toEqual([7, { credentials: "ok", endpoint: "failed" }]);
});

test("each RAM action that is missing is named", async () => {
  const { exitCode, checks } = await diagnose({
    ramPolicy: {
      Version: "1",
      Statement: [{ Effect: "Allow", Action: ["cdn:DescribeRefreshQuota", "cdn:DescribeRefreshTaskById"] }],
    },
  });
  expect(exitCode).toBe(4);
  expect(checks).toMatchObject({
    "cdn:DescribeRefreshQuota": "ok",
    "cdn:PushObjectCache": "failed",
    "cdn:DescribeRefreshTaskById": "ok",
    "cdn:DescribeRefreshTasks": "failed",
    "allow-list": "warning",
  });
});

test("an account that is not on the allow-list is warned of, or refused where details are asked for", async () => {
  const warned = await diagnose({ allowListed: false });
  expect([warned.exitCode, warned.checks["allow-list"]]).toEqual([0, "warning"]);
  const refused = await diagnose({ allowListed: false }, ["--require-detail"]);
  expect([refused.exitCode, refused.checks["allow-list"]]).toEqual([4, "failed"]);
});

test("a quota that is used up is a failure", async () => {
  const { exitCode, checks } = await diagnose({ quotas: { preloadL1: 0 } });
  expect([exitCode, checks.quota]).toEqual([5, "failed"]);
});

test("a clock that is off is told, with the direction", async () => {
  const bench = await openBench();
  bench.emulator.advanceClock(20 * 60_000);
  const document = await bench.json(["doctor"]).finally(() => bench.end());
  const clock = document.checks.find(({ name }: { name: string }) => name === "clock");
  expect(clock).toMatchObject({
    status: "warning",
    detail: expect.stringMatching(
      /^this machine's clock is (19m 59s|20m|20m 1s) behind the service's, more than a signature allows$/,
    ),
  });
});

test("in words it marks each check and prints the policy", async () => {
  await withBench({ allowListed: false }, async (bench) => {
    const run = await bench.run(["doctor"]);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run.stdout).toMatch(/^✓ credentials: /);
    expect(run.stdout).toMatch(/\n! allow-list: .*\n {4}→ Ask the vendor's account manager/);
    expect(JSON.parse(run.stdout.slice(run.stdout.indexOf("\n{")))).toMatchObject({ Version: "1" });
  });
});
