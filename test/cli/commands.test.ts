import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bench, openBench } from "./cli-on-emulator";

const A = "https://cdn.example.com/a.js";
const FAILS = "https://cdn.example.com/emulate-retcode-500/b.js?token=hush";

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.end());

test("run says little where there is no terminal, and failures last: URL, percent, the service's words, what to do", async () => {
  const run = await bench.run(["run", A, FAILS]);
  expect(run.exitCode).toBe(1);
  const lines = run.stderr.trimEnd().split("\n");
  expect(lines).toEqual([
    expect.stringMatching(/^\[ +0s\] submitting 2 URLs in 1 call$/),
    expect.stringMatching(/^\[ +\ds\] submitted 2 URLs: task \d+$/),
    expect.stringMatching(/^\[ +\ds\] 100% of POPs, 1 of 2 URLs preloaded, 1 failed, \d calls$/),
  ]);
  expect(run.stdout).toMatch(/^FAILED: 1 of 2 URLs preloaded, 1 failed\n/);
  expect(run.stdout).toMatch(
    /✗ https:\/\/cdn\.example\.com\/emulate-retcode-500\/b\.js\?…\n {4}preload failed, 0% of POPs hold it \(task \d+, RetCode 500, status Complete, request [\w-]+\)\n {4}the service says: "Origin Return StatusCode 5XX\|Internal Error"\n {4}→ The origin answered with a server error\. .*\n$/,
  );
  expect(run.stdout + run.stderr).not.toMatch(/hush|(?!\n)\p{Cc}/u);
});

test("--quiet leaves only the result", async () => {
  const run = await bench.run(["run", A, "-q"]);
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  expect(run.stdout).toMatch(/^PASSED: 1 of 1 URL preloaded\n/);
});

test("submit, then status while it runs, then wait, then status again: each says how it stands", async () => {
  const submitted = await bench.json(["submit", A, "https://img.example.com/slow.png"]);
  expect(submitted).toMatchObject({ command: "submit", verdict: "pending", exitCode: 0, accepted: false });
  expect(submitted.taskIds).toHaveLength(2);
  const ids = submitted.taskIds.join(",");
  expect(submitted.resumeCommand).toBe(`cdn-preload-gate wait ${ids} --endpoint ${bench.emulator.endpoint}`);
  bench.emulator.changeScript("https://img.example.com/slow.png", "never-ends");

  const running = await bench.json(["status", ids]);
  expect(running).toMatchObject({ command: "status", verdict: "pending", exitCode: 3, error: null });

  bench.emulator.changeScript("https://img.example.com/slow.png", "passes");
  const waited = await bench.json(["wait", ...submitted.taskIds]);
  expect(waited).toMatchObject({
    command: "wait",
    verdict: "passed",
    exitCode: 0,
    results: [{ state: "preloaded" }, { state: "preloaded" }],
    tasks: [
      { retCode: "0", evidence: "detail" },
      { retCode: "0", evidence: "detail" },
    ],
  });
  expect(await bench.json(["status", ids])).toMatchObject({ verdict: "passed", exitCode: 0 });
  expect(bench.emulator.submissionCount()).toBe(2);
});

test("status names tasks that the service does not know", async () => {
  const run = await bench.run(["status", "123,456"]);
  expect(run.exitCode).toBe(3);
  expect(run.stdout).toContain("123: not known to the service (yet), or older than three days");
});

test("options of the service reach it, and a header's value is in no output", async () => {
  const run = await bench.run([
    "run",
    A,
    "--area",
    "overseas",
    "--l2-preload",
    "--query-hash-key",
    "-H",
    "Accept-Encoding: gzip",
    "-H",
    "Accept-Encoding: br",
    "-H",
    "X-Token: hushHush",
  ]);
  expect(run.exitCode).toBe(0);
  const push = bench.emulator.calls.find(({ operation }) => operation === "PushObjectCache");
  expect(push?.parameters).toMatchObject({
    ObjectPath: A,
    Area: "overseas",
    L2Preload: "true",
    QueryHashkey: "true",
    WithHeader: '{"Accept-Encoding":["gzip","br"],"X-Token":["hushHush"]}',
  });
  expect(run.stdout + run.stderr).not.toContain("hushHush");
});

test("--purge-first refreshes each URL once before it is preloaded", async () => {
  const document = await bench.json(["run", A, "--purge-first"]);
  expect(document).toMatchObject({ verdict: "passed" });
  expect(bench.emulator.purgeCount(A)).toBe(1);
  const order = bench.emulator.calls.map(({ operation }) => operation);
  expect(order.indexOf("RefreshObjectCaches")).toBeLessThan(order.indexOf("PushObjectCache"));
});

test("--adopt-in-flight takes over a running preload of the same URL", async () => {
  bench.emulator.setScenario({ rules: [{ host: "cdn.example.com", script: { endsAfterMs: 100_000 } }] });
  const first = await bench.json(["submit", A]);
  const document = await bench.json(["run", A, "--adopt-in-flight"]);
  expect(document).toMatchObject({ verdict: "passed", taskIds: first.taskIds });
  expect(bench.emulator.submissionCount(A)).toBe(1);
});

test("where the account may not ask for details, status-only evidence judges and the result says so", async () => {
  bench.emulator.configure({ allowListed: false });
  const run = await bench.run(["run", A]);
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toContain("status-only evidence: the account may not ask for details");
});

test("quota shows what is left, in words and as a document", async () => {
  bench.emulator.configure({ quotas: { preloadL1: 40 } });
  await bench.run(["submit", A]);
  expect((await bench.run(["quota"])).stdout).toMatch(
    /^preload \(as usual\): +39 of 40 URLs left today\npreload with --l2-preload: 1000 of 1000 URLs left today\nrefresh \(--purge-first\): +10000 of 10000 URLs left today\nresets at 00:00 UTC\+8, in /,
  );
  expect(await bench.json(["quota"])).toMatchObject({
    kind: "quota",
    exitCode: 0,
    preloadL1: { total: 40, remaining: 39 },
  });
});

test("a dry run shows URLs, calls and quota, and sends nothing that submits", async () => {
  mkdirSync(join(bench.folder, "dist/assets"), { recursive: true });
  for (let index = 0; index < 120; index += 1) {
    writeFileSync(join(bench.folder, `dist/assets/chunk-${index}.js`), "");
  }
  writeFileSync(join(bench.folder, "dist/assets/chunk-1.js.map"), "");
  const args = [
    "run",
    "--dir",
    "dist",
    "--base",
    "https://cdn.example.com",
    "--exclude",
    "*.map",
    "--dry-run",
  ];
  const plan = await bench.json([...args, "https://CDN.example.com/assets/chunk-1.js"]);
  expect(plan).toMatchObject({
    kind: "plan",
    exitCode: 0,
    mergedSpellings: 1,
    batches: [
      { urls: 100, domains: ["cdn.example.com"] },
      { urls: 20, domains: ["cdn.example.com"] },
    ],
    quota: { isEnough: true },
  });
  expect(plan.urls).toHaveLength(120);
  const run = await bench.run(args);
  expect(run.stdout).toContain("Would submit 120 URLs in 2 calls.");
  expect(run.stdout).toContain("1000 of 1000 preload URLs left today");
  expect(new Set(bench.emulator.calls.map(({ operation }) => operation))).toEqual(
    new Set(["DescribeRefreshQuota"]),
  );
});

test("a dry run without credentials shows the plan and says that the quota is not known", async () => {
  const plan = await bench.json(["run", A, "--dry-run"], {
    env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "" },
  });
  expect(plan).toMatchObject({
    exitCode: 0,
    quota: { isEnough: null, text: expect.stringMatching(/^not known: /) },
  });
});

test("URLs come from standard input", async () => {
  const input = "# released\r\nhttps://cdn.example.com/a.js\r\n\r\ncdn.example.com/b.js\r\n";
  const plan = await bench.json(["run", "-f", "-", "--dry-run"], { input });
  expect(plan.urls).toEqual(["https://cdn.example.com/a.js", "cdn.example.com/b.js"]);
});

test("a wrong URL in a file is named by its line, and its query string is left out", async () => {
  writeFileSync(
    join(bench.folder, "urls.txt"),
    "https://cdn.example.com/a.js\nftp://cdn.example.com/x?token=hush\n",
  );
  const run = await bench.run(["run", "-f", "urls.txt"]);
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toBe(
    "error: urls.txt line 2: ftp://cdn.example.com/x?… has the scheme ftp; only http and https are served\n",
  );
});

test("the profile, the region and the rate are taken before and after the command", async () => {
  const missing = await bench.run(["--profile", "nobody", "quota"]);
  expect(missing.exitCode).toBe(4);
  expect(missing.stderr).toContain('the profile "nobody"');
  const { stdout } = await bench.run(["quota", "--region", "us-west-1", "--calls-per-second", "5"]);
  expect(stdout).toContain("URLs left today");
});

test("what the service says cannot steer a terminal or a runner's log", async () => {
  bench.emulator.setScenario({
    rules: [
      {
        host: "cdn.example.com",
        script: { retCode: "9", successPercent: 0, description: "\u001b[31mred\r\n::error::injected\u202e" },
      },
    ],
  });
  const run = await bench.run(["run", A], { env: { GITHUB_ACTIONS: "true" } });
  expect(run.exitCode).toBe(1);
  const output = run.stdout + run.stderr;
  expect(output).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(output.split("\n").filter((line) => /^\s*::/.test(line))).toEqual([
    expect.stringMatching(/^::error title=CDN preload failed::https:\/\/cdn\.example\.com\/a\.js: /),
  ]);
});
