import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Bench, openBench } from "./cli-on-emulator";

let bench: Bench;
let cwd: string;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.end());
beforeEach(() => {
  cwd = mkdtempSync(join(bench.folder, "project-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(name: string, content: unknown): string {
  const file = join(cwd, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  return file;
}

const JSON_NAME = "cdn-preload-gate.config.json";
const YAML_NAME = "cdn-preload-gate.config.yaml";

/** What a dry run would preload. */
async function planned(args: readonly string[] = [], at = cwd): Promise<string[]> {
  return (await bench.json(["run", "--dry-run", ...args], { cwd: at })).urls;
}

test.each([
  [JSON_NAME, '{\n  "urls": ["https://a.example.com/1"],\n  "gate": { "minSuccessPercent": 90 }\n}'],
  [YAML_NAME, "# release\nurls:\n  - https://a.example.com/1\ngate:\n  minSuccessPercent: 90\n"],
  ["cdn-preload-gate.config.yml", "urls: https://a.example.com/1\nminSuccessPercent: 90\n"],
])("%s gives a run its settings, and the run says so", async (name, content) => {
  write(name, content);
  const run = await bench.run(["run", "--json"], { cwd });
  const document = JSON.parse(run.stdout);
  expect(document).toMatchObject({ verdict: "passed", policy: { minSuccessPercent: 90 } });
  expect(document.notices[0]).toBe(`Settings of ${name}: urls and gate.minSuccessPercent.`);
  expect(run.stderr).toContain(`Settings of ${name}: urls and gate.minSuccessPercent.`);
});

test("it is found above the working directory, and its paths start at its own folder", async () => {
  write(JSON_NAME, { dir: "dist", base: "https://a.example.com", state: "state/preload.json" });
  write("dist/app.js", "");
  mkdirSync(join(cwd, "packages/one"), { recursive: true });
  mkdirSync(join(cwd, "state"));
  const at = join(cwd, "packages/one");
  const document = await bench.json(["run"], { cwd: at });
  expect(document.results.map(({ url }: { url: string }) => url)).toEqual(["https://a.example.com/app.js"]);
  expect(document.stateFile).toBe("../../state/preload.json");
  expect(document.notices[0]).toBe(`Settings of ../../${JSON_NAME}: dir, base and state.`);
});

test("the search ends at the root of a repository", async () => {
  write(JSON_NAME, { urls: ["https://a.example.com/1"] });
  mkdirSync(join(cwd, "repository/.git"), { recursive: true });
  const { stderr } = await bench.run(["run"], { cwd: join(cwd, "repository") });
  expect(stderr).toContain("There is no URL to preload");
});

test("--config names another file, and --no-config uses none", async () => {
  write(JSON_NAME, { urls: ["https://a.example.com/1"] });
  write("ci/release.yaml", "urls: https://a.example.com/2\n");
  expect(await planned(["--config", "ci/release.yaml"])).toEqual(["https://a.example.com/2"]);
  expect(await planned(["--no-config", "https://a.example.com/3"])).toEqual(["https://a.example.com/3"]);
  const { exitCode, stderr } = await bench.run(["run", "--no-config"], { cwd });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("There is no URL to preload")]);
});

test.each<[readonly string[], string]>([
  [["--config", "none.json"], "error: The config file none.json cannot be read: ENOENT"],
  [["--config", "a.json", "--no-config"], "'--config <file>' and '--no-config' contradict each other"],
  [["--config", "a.json", "--config", "b.json"], "'--config <file>' is given twice"],
])("%j is a usage error", async (args, message) => {
  const run = await bench.run(["run", "a.example.com/x", ...args], { cwd });
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toContain(message);
});

test("the command line comes before the environment, that before the file, and that before the default", async () => {
  write(JSON_NAME, { region: "eu-central-1", timeout: "20m", onInconclusive: "warn", quotaCheck: "off" });
  const env = { ALICDN_ENDPOINT: "", ALIBABA_CLOUD_REGION_ID: "" };
  const origin = async (args: readonly string[], more: Record<string, string> = {}) => {
    const document = await bench.json(["doctor", ...args], {
      cwd,
      env: { ...env, HTTPS_PROXY: "http://127.0.0.1:9", ...more },
    });
    const { checks } = document as { checks: { name: string; detail: string }[] };
    return checks.find(({ name }) => name === "endpoint")?.detail;
  };
  expect(await origin([])).toContain("cdn.ap-southeast-1.aliyuncs.com");
  const central = { ALIBABA_CLOUD_REGION_ID: "cn-hangzhou" };
  expect(await origin([], central)).toContain("cdn.aliyuncs.com");
  expect(await origin([], { ALICLOUD_REGION: "cn-hangzhou" })).toContain("cdn.aliyuncs.com");
  expect(await origin(["--region", "eu-central-1"], central)).toContain("cdn.ap-southeast-1.aliyuncs.com");
  const { policy } = await bench.json(["run", "a.example.com/1", "--on-inconclusive", "fail"], { cwd });
  expect(policy).toMatchObject({ onInconclusive: "fail", minSuccessPercent: 0 });
});

test("a profile of the file is not mixed with an identity of the environment", async () => {
  write(JSON_NAME, { profile: "release" });
  const found = async (env: Record<string, string>) => {
    const { checks } = await bench.json(["doctor"], { cwd, env });
    return checks.find(({ name }: { name: string }) => name === "credentials").detail;
  };
  expect(await found({})).toContain("ALIBABA_CLOUD_ACCESS_KEY_ID");
  const none = { ALIBABA_CLOUD_ACCESS_KEY_ID: "", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "" };
  expect(await found(none)).toContain("release");
});

test("sources of the command line stand for all of the file's", async () => {
  write(JSON_NAME, {
    dir: "dist",
    base: "https://a.example.com",
    exclude: ["*.txt"],
    urls: ["https://a.example.com/more"],
  });
  for (const name of ["dist/a.js", "dist/a.txt", "other/b.js", "other/b.txt"]) write(name, "");
  expect(await planned()).toEqual(["https://a.example.com/more", "https://a.example.com/a.js"]);
  expect(await planned(["https://a.example.com/1"])).toEqual(["https://a.example.com/1"]);
  expect(await planned(["--dir", "other"])).toEqual(["https://a.example.com/b.js"]);
  expect(await planned(["--base", "https://b.example.com"])).toEqual([
    "https://a.example.com/more",
    "https://b.example.com/a.js",
  ]);
});

test("a yes/no that the file turns on can be turned off", async () => {
  write(JSON_NAME, { requireDetail: true, urls: ["https://a.example.com/1"] });
  expect((await bench.json(["run"], { cwd })).policy.requireDetail).toBe(true);
  expect((await bench.json(["run", "--no-require-detail"], { cwd })).policy.requireDetail).toBe(false);
  const both = await bench.run(["run", "--require-detail", "--no-require-detail"], { cwd });
  expect(both.stderr).toContain("'--require-detail' and '--no-require-detail' contradict each other");
});

test("a file may be for several commands: each takes the settings that it knows", async () => {
  write(YAML_NAME, "urls: https://a.example.com/1\ntimeout: 20m\ngate: { minSuccessPercent: 50 }\n");
  const { taskIds } = await bench.json(["submit"], { cwd });
  expect(await bench.json(["wait", taskIds[0]], { cwd })).toMatchObject({
    verdict: "passed",
    policy: { minSuccessPercent: 50 },
  });
  expect(await bench.json(["quota"], { cwd })).toMatchObject({ exitCode: 0 });
});

test("headers, triggers and reports are as in the resources' inputs", async () => {
  write(
    YAML_NAME,
    [
      "urls: https://a.example.com/1",
      "headers: { Accept-Encoding: [gzip, br] }",
      "state: s.json",
      "triggers: [v1, 2, { commit: abc }]",
      "report: html=out/report.html",
    ].join("\n"),
  );
  mkdirSync(join(cwd, "out"));
  mkdirSync(join(cwd, "below"));
  await bench.json(["run"], { cwd: join(cwd, "below") });
  expect(bench.emulator.submissions().at(-1)).toBeDefined();
  const again = await bench.json(
    [
      "run",
      "--no-config",
      "https://a.example.com/1",
      "-H",
      "Accept-Encoding: gzip",
      "-H",
      "Accept-Encoding: br",
      "--state",
      "s.json",
      "--trigger",
      "v1",
      "--trigger",
      "2",
      "--trigger",
      '{"commit":"abc"}',
    ],
    { cwd },
  );
  expect(again.notices).toEqual([expect.stringContaining("Nothing was submitted: the state file says")]);
  expect(() => rmSync(join(cwd, "out/report.html"))).not.toThrow();
});

test("doctor shows which file is in use, what it sets, and what decides otherwise", async () => {
  write(YAML_NAME, "$schema: x\nregion: eu-central-1\ncallsPerSecond: 5\nmaxFailedUrls: 1\n");
  const document = await bench.json(["doctor", "--region", "cn-hangzhou"], { cwd });
  expect(document.config).toEqual({
    file: YAML_NAME,
    settings: ["region", "callsPerSecond", "gate.maxFailedUrls"],
    overruled: ["region"],
  });
  expect(document.checks[0]).toMatchObject({
    name: "config",
    status: "ok",
    detail: `settings of ${YAML_NAME}: callsPerSecond and gate.maxFailedUrls; the command line or the environment decides region`,
  });
  expect((await bench.json(["doctor", "--no-config"], { cwd })).config).toBeNull();
});

test("a file that is not valid is refused with all its faults and their lines before anything is sent", async () => {
  write(YAML_NAME, "timeout: soon\nqiet: true\nsecretKey: hushWord\n");
  const before = bench.emulator.submissionCount();
  const run = await bench.run(["run", "https://a.example.com/1", "--json"], { cwd });
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain(`error: ${YAML_NAME}:1: timeout must be a duration`);
  expect(run.stderr).toContain(`${YAML_NAME}:2: there is no setting qiet; did you mean quiet?`);
  expect(run.stderr).toContain(`${YAML_NAME}:3: secretKey may hold a secret`);
  expect(run.stdout + run.stderr).not.toContain("hushWord");
  expect(bench.emulator.submissionCount()).toBe(before);
});
