import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { actionArguments, actionInputs } from "../../provider/cli/action-inputs";
import { throwsInWords } from "../support/words";
import { type Bench, openBench } from "./cli-on-emulator";
import { type CliRun, cleanEnvironment } from "./run-cli";

const ROOT = join(__dirname, "../..");
const ACTION = readFileSync(join(ROOT, "action.yml"), "utf8");

let bundleFolder: string;
let bundle: string;
let bench: Bench;

beforeAll(async () => {
  bundleFolder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-action-"));
  bundle = join(bundleFolder, "main.js");
  await promisify(execFile)(process.execPath, [join(ROOT, "scripts/bundles.mjs"), "action", bundle]);
});
afterAll(() => rmSync(bundleFolder, { recursive: true, force: true }));
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.end());

/** Names under a top-level key of action.yml, which is plain enough to be read line by line. */
function namesUnder(key: string): string[] {
  const part = new RegExp(`^${key}:\\n((?: .*\\n)+)`, "m").exec(ACTION)?.[1] ?? "";
  return [...part.matchAll(/^ {2}([\w-]+):$/gm)].map(([, name]) => name!);
}

interface ActionRun extends CliRun {
  readonly outputs: Record<string, string>;
  readonly summary: string;
}

/** Runs the bundle as the runner does: inputs with their defaults as variables, files for what it hands back. */
async function runAction(inputs: Readonly<Record<string, string>>): Promise<ActionRun> {
  const files = {
    GITHUB_OUTPUT: join(bench.folder, "output"),
    GITHUB_STEP_SUMMARY: join(bench.folder, "summary"),
  };
  for (const file of Object.values(files)) writeFileSync(file, "");
  const defaults = { command: "run", report: "html=cdn-preload-report.html" };
  const given = Object.entries({
    ...Object.fromEntries(namesUnder("inputs").map((name) => [name, ""])),
    ...defaults,
    ...inputs,
  });
  const child = spawn(process.execPath, [bundle], {
    cwd: bench.folder,
    env: cleanEnvironment({
      HOME: bench.folder,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: bench.folder,
      RUNNER_OS: "Linux",
      ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
      ...files,
      ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const text = readFileSync(files.GITHUB_OUTPUT, "utf8");
  const outputs = [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [
    name!,
    value!,
  ]);
  return {
    exitCode,
    stdout,
    stderr,
    outputs: Object.fromEntries(outputs),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, "utf8"),
  };
}

const connection = () => ({
  endpoint: bench.emulator.endpoint,
  "access-key-id": bench.emulator.accessKeyId,
  "access-key-secret": bench.emulator.accessKeySecret,
});

test("a passing run sets the outputs, the job summary and the report", async () => {
  const run = await runAction({
    ...connection(),
    urls: "https://cdn.example.com/a.js\nhttps://cdn.example.com/b.js\n",
    state: "preload.json",
    trigger: "0123abc",
  });
  expect(run).toMatchObject({
    exitCode: 0,
    outputs: { verdict: "passed", accepted: "true", "exit-code": "0", report: "cdn-preload-report.html" },
  });
  expect(run.outputs["task-ids"]).toMatch(/^\d+(,\d+)*$/);
  expect(run.summary).toMatch(/^## ✅ CDN preload: PASSED\n/);
  expect(readFileSync(join(bench.folder, "cdn-preload-report.html"), "utf8")).toContain("<h1>");
  expect(existsSync(join(bench.folder, "preload.json"))).toBe(true);
  expect(run.stdout).toContain("::add-mask::emulatorAccessKeySecret\n");
});

test("a failing run fails the step and annotates each URL", async () => {
  const run = await runAction({ ...connection(), urls: "https://cdn.example.com/emulate-retcode-500/b.js" });
  expect(run).toMatchObject({
    exitCode: 1,
    outputs: { verdict: "failed", accepted: "false", "exit-code": "1" },
  });
  expect(run.stderr).toMatch(
    /^::error title=CDN preload failed::https:\/\/cdn\.example\.com\/emulate-retcode-500\/b\.js: preload failed, 0%25 of POPs hold it \(task \d+, RetCode 500/m,
  );
  expect(run.summary).toContain("| https://cdn.example.com/emulate-retcode-500/b.js | 0% |");
});

test("it submits in one step and waits in another", async () => {
  const submitted = await runAction({
    ...connection(),
    command: "submit",
    urls: "cdn.example.com/a.js",
    report: "",
  });
  expect(submitted).toMatchObject({ exitCode: 0, outputs: { verdict: "pending" } });
  const waited = await runAction({
    ...connection(),
    command: "wait",
    "task-ids": submitted.outputs["task-ids"]!,
  });
  expect(waited).toMatchObject({ exitCode: 0, outputs: { verdict: "passed" } });
});

test("without credentials the bundle looks where the vendor's library looks, and says so", async () => {
  const run = await runAction({
    endpoint: bench.emulator.endpoint,
    command: "quota",
    region: "eu-central-1",
  });
  expect(run.exitCode).toBe(4);
  expect(run.stderr).toContain("No credentials were found");
});

test("a wrong input is a usage error", async () => {
  const run = await runAction({ ...connection(), urls: "cdn.example.com/a.js", timeout: "soon" });
  expect(run).toMatchObject({ exitCode: 2, outputs: {} });
  expect(run.stderr).toContain('It must be a duration such as "90s"');
});

test("the input lang makes messages, summary, annotations and report Chinese, and outputs stay", async () => {
  const bad = "https://cdn.example.com/emulate-retcode-500/b.js";
  const run = await runAction({ ...connection(), urls: bad, lang: "zh-CN" });
  expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: "failed", accepted: "false" } });
  expect(run.stdout).toContain("未通过: 1 个 URL 中 0 个已预热，1 个失败");
  expect(run.stderr).toMatch(/^::error title=CDN 预热未通过::/m);
  expect(run.summary).toMatch(/^## ❌ CDN 预热：未通过\n/);
  expect(readFileSync(join(bench.folder, "cdn-preload-report.html"), "utf8")).toContain(
    '<html lang="zh-CN">',
  );
});

test("what is wrong with an input is told in the language that the input lang names", async () => {
  const run = await runAction({
    ...connection(),
    urls: "cdn.example.com/a.js",
    "dry-run": "maybe",
    lang: "zh",
  });
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('错误: 输入 dry-run 必须是 true 或 false，而不是 "maybe"。');
  const unknown = await runAction({ ...connection(), urls: "cdn.example.com/a.js", lang: "fr" });
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain('It must be "en" or "zh".');
});

test("action.yml has the inputs that the code reads, and the outputs that it writes", () => {
  expect(namesUnder("inputs").sort()).toEqual(actionInputs().sort());
  expect(namesUnder("outputs")).toEqual(["verdict", "accepted", "exit-code", "task-ids", "report"]);
  expect(ACTION).toContain("using: node24\n  main: action/dist/main.js\n");
});

test("inputs become the command line's arguments: lists line by line, flags by true, values that begin with a dash", () => {
  expect(
    actionArguments({
      INPUT_URLS: " a.example.com/1 \r\n\n-b.example.com/2",
      "INPUT_REQUIRE-DETAIL": "true",
      "INPUT_PURGE-FIRST": "false",
      INPUT_EXCLUDE: "*.map\n-x",
      INPUT_TIMEOUT: "30m",
    }),
  ).toEqual([
    "run",
    "--exclude=*.map",
    "--exclude=-x",
    "--require-detail",
    "--timeout=30m",
    "--",
    "a.example.com/1",
    "-b.example.com/2",
  ]);
});

test.each(["true", "True", "TRUE"])("a yes/no input takes %s", (value) => {
  expect(actionArguments({ "INPUT_DRY-RUN": value })).toEqual(["run", "--dry-run"]);
});

test.each(["false", "False", "FALSE", ""])("a yes/no input takes %j", (value) => {
  expect(actionArguments({ "INPUT_DRY-RUN": value })).toEqual(["run"]);
});

test.each([
  ["dry-run", "yes"],
  ["require-detail", "1"],
  ["purge-first", "on"],
  ["adopt-in-flight", "tRUE"],
  ["l2-preload", "no"],
])("a yes/no input that is neither is a usage error before anything is sent: %s: %s", async (name, value) => {
  const run = await runAction({ ...connection(), urls: "cdn.example.com/a.js", [name]: value });
  expect(run).toMatchObject({ exitCode: 2, outputs: {} });
  expect(run.stderr).toContain(`The input ${name} must be true or false, not "${value}".`);
  expect(bench.emulator.submissions()).toEqual([]);
});

test("folders and their bases are pairs by their lines", () => {
  expect(
    actionArguments({ INPUT_DIR: "a\nb", INPUT_BASE: "https://a.example.com\nhttps://b.example.com" }),
  ).toEqual(["run", "--dir=a", "--dir=b", "--base=https://a.example.com", "--base=https://b.example.com"]);
});

test.each(["state", "endpoint", "profile", "timeout"])(
  "an input that takes one value has one line: %s",
  (name) => {
    const run = throwsInWords(() => actionArguments({ [`INPUT_${name.toUpperCase()}`]: "a\nb" }));
    expect(run).toThrow(`The input ${name} takes one value, and has several lines.`);
  },
);
