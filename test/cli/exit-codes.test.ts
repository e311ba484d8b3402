import type { EmulatorOptions } from "../../emulator/emulator";
import { type Bench, withBench } from "./cli-on-emulator";

const URL = "https://cdn.example.com/app.js";
const FAILS = "https://cdn.example.com/emulate-retcode-500/app.js";
const NEVER_ENDS = "https://cdn.example.com/emulate-never-ends/app.js";
const DEAD_ENDPOINT = { ALICDN_ENDPOINT: "http://127.0.0.1:9" };
const ONLY_QUERIES = {
  ramPolicy: { Version: "1" as const, Statement: [{ Effect: "Allow" as const, Action: "cdn:Describe*" }] },
};

interface Cause {
  readonly cause: string;
  readonly exitCode: number;
  readonly args: readonly string[];
  readonly emulator?: EmulatorOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** What the document holds beside the exit code. */
  readonly document: object;
}

const gate = (verdict: string, code: string | null = null) => ({
  kind: "gate",
  verdict,
  error: code === null ? null : { code },
});
const error = (code: string) => ({ kind: "error", error: { code } });

const CAUSES: readonly Cause[] = [
  { cause: "all URLs preloaded", exitCode: 0, args: ["run", URL], document: gate("passed") },
  {
    cause: "as many failures as may be",
    exitCode: 0,
    args: ["run", URL, FAILS, "--max-failed-urls", "1"],
    document: { ...gate("passed"), accepted: true, summary: { failed: 1 } },
  },
  {
    cause: "a late URL that is let through with a warning",
    exitCode: 0,
    args: ["run", NEVER_ENDS, "--timeout", "3s", "--on-inconclusive", "warn"],
    document: { ...gate("inconclusive", "timeout"), accepted: true, acceptedBy: "warn" },
  },
  { cause: "submitted", exitCode: 0, args: ["submit", NEVER_ENDS], document: gate("pending") },
  { cause: "a RetCode", exitCode: 1, args: ["run", FAILS], document: gate("failed") },
  {
    cause: "fewer POPs than asked for",
    exitCode: 1,
    args: ["run", "cdn.example.com/emulate-one-pop-in-three/a.js", "--min-success-percent", "90"],
    document: gate("failed"),
  },
  { cause: "an unknown option", exitCode: 2, args: ["run", "--unknown"], document: error("usage") },
  { cause: "no URL", exitCode: 2, args: ["run"], document: error("usage") },
  { cause: "a wrong URL", exitCode: 2, args: ["run", "ftp://x.example.com/"], document: error("usage") },
  { cause: "a wrong task id", exitCode: 2, args: ["wait", "a b"], document: error("usage") },
  {
    cause: "a domain that is not the account's",
    exitCode: 2,
    args: ["run", URL],
    emulator: { domains: { "other.example.com": "online" } },
    document: gate("inconclusive", "rejected"),
  },
  {
    cause: "the deadline",
    exitCode: 3,
    args: ["run", NEVER_ENDS, "--timeout", "3s"],
    document: gate("inconclusive", "timeout"),
  },
  {
    cause: "an undocumented status",
    exitCode: 3,
    args: ["run", "cdn.example.com/emulate-unknown-status/a.js", "--timeout", "20s"],
    document: gate("inconclusive"),
  },
  { cause: "an unknown task", exitCode: 3, args: ["status", "123"], document: gate("pending") },
  {
    cause: "no credentials",
    exitCode: 4,
    args: ["run", URL],
    env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "" },
    document: gate("inconclusive", "credentials"),
  },
  {
    cause: "no credentials, where only a question is asked",
    exitCode: 4,
    args: ["quota"],
    env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "" },
    document: error("credentials"),
  },
  {
    cause: "a wrong secret",
    exitCode: 4,
    args: ["run", URL],
    env: { ALIBABA_CLOUD_ACCESS_KEY_SECRET: "wrongSecretValue" },
    document: gate("inconclusive", "credentials"),
  },
  {
    cause: "a RAM policy that does not allow to submit",
    exitCode: 4,
    args: ["run", URL],
    emulator: ONLY_QUERIES,
    document: gate("inconclusive", "permission"),
  },
  {
    cause: "an account that is not on the allow-list, where details are asked for",
    exitCode: 4,
    args: ["run", URL, "--require-detail"],
    emulator: { allowListed: false },
    document: gate("inconclusive", "notOnAllowList"),
  },
  {
    cause: "a quota that is too small",
    exitCode: 5,
    args: ["run", URL, FAILS],
    emulator: { quotas: { preloadL1: 1 } },
    document: gate("inconclusive", "quota"),
  },
  {
    cause: "a quota that is too small, seen by a dry run",
    exitCode: 5,
    args: ["run", URL, FAILS, "--dry-run"],
    emulator: { quotas: { preloadL1: 1 } },
    document: { kind: "plan", quota: { isEnough: false } },
  },
  {
    cause: "a queue that stays full",
    exitCode: 5,
    args: ["run", URL, "--timeout", "3s"],
    emulator: { queueCapacityUrls: 0 },
    document: gate("inconclusive", "queueFull"),
  },
  {
    cause: "a service that cannot be reached before anything was submitted",
    exitCode: 7,
    args: ["run", URL],
    env: DEAD_ENDPOINT,
    document: gate("inconclusive", "unreachable"),
  },
  {
    cause: "a service that cannot be reached for the whole wait",
    exitCode: 7,
    args: ["wait", "123", "--timeout", "2s"],
    env: DEAD_ENDPOINT,
    document: gate("inconclusive", "timeout"),
  },
  {
    cause: "a service that cannot be reached, where only a question is asked",
    exitCode: 7,
    args: ["quota"],
    env: DEAD_ENDPOINT,
    document: error("unreachable"),
  },
];

test.concurrent.each(CAUSES)("$cause: exit code $exitCode from $args.0", async (cause) => {
  await withBench(cause.emulator ?? {}, async (bench: Bench) => {
    const document = await bench.json(cause.args, { env: cause.env });
    expect(document).toMatchObject({ exitCode: cause.exitCode, ...cause.document });
  });
});

test.concurrent.each(["SIGINT", "SIGTERM"] as const)("%s: exit code 130", async (signal) => {
  await withBench({}, async (bench) => {
    const cli = bench.start(["run", NEVER_ENDS, "--json"]);
    while (!cli.stderrSoFar().includes("% of POPs")) await new Promise((resolve) => setTimeout(resolve, 50));
    cli.child.kill(signal);
    const run = await cli.ended;
    expect(run.exitCode).toBe(130);
    expect(JSON.parse(run.stdout)).toMatchObject({
      verdict: "inconclusive",
      error: { code: "interrupted" },
      resumeCommand: expect.stringMatching(/^cdn-preload-gate wait \d+ --endpoint /),
    });
  });
});

test.concurrent("a service that fails after something was submitted: exit code 3, not 7", async () => {
  await withBench({}, async (bench) => {
    bench.emulator.setFaults([
      { kind: "resetBefore", operation: "DescribePreloadDetailById", fromCall: 1, toCall: null },
      { kind: "resetBefore", operation: "DescribeRefreshTaskById", fromCall: 1, toCall: null },
    ]);
    const document = await bench.json(["run", URL, "--timeout", "4s"]);
    expect(document).toMatchObject({ exitCode: 3, verdict: "inconclusive", taskIds: [expect.any(String)] });
  });
});

test.concurrent("no run shows a secret or a signature, whatever goes wrong", async () => {
  await withBench({}, async (bench) => {
    const secret = "wrongSecretValue";
    for (const args of [["run", URL], ["quota"], ["doctor"]]) {
      const run = await bench.run(args, { env: { ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret } });
      expect(run.exitCode).toBe(4);
      expect(run.stdout + run.stderr).not.toContain(secret);
      expect(run.stdout + run.stderr).not.toMatch(/[0-9a-f]{64}|ACS3-HMAC/);
    }
  });
});
