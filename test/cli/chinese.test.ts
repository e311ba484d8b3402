import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { displayWidth } from "../../provider/cli/output/display-width";
import { CHINESE } from "../../provider/wording/chinese/chinese";
import { type Bench, openBench } from "./cli-on-emulator";
import { runCli, startCliIn } from "./run-cli";

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.end());

const GOOD = "https://cdn.example.com/app.js";
const BAD = "https://cdn.example.com/emulate-retcode-500/app.js";
const REPORTS = ["html", "markdown", "junit"].flatMap((kind) => ["--report", `${kind}=report.${kind}`]);

/** What others wrote, and what is named alike in every language. */
const NAMES =
  /::error title=|https?:\/\/\S+|cdn\.example\.com\S*|\S*\.(js|html|json|markdown)\b|--[a-z-]+(=\S+)?|`[^`]*`|"[^"]*"|cdn-preload-gate( (run|wait|status|submit))?|\b[A-Z]\w*|\b\w+[A-Z]\w*|\bcdn:\w+/g;

function englishIn(text: string): string[] {
  return text.replace(NAMES, " ").match(/[a-z]{2,}(?: [a-z]{2,})+/g) ?? [];
}

/** The text of a page, without its style, script and markup. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)>[\s\S]*?<\/\1>|<[^>]*>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll(/\s+/g, " ");
}

function report(kind: string): string {
  return readFileSync(join(bench.folder, `report.${kind}`), "utf8");
}

test("a gate that passes says so in Chinese, on the terminal and in its reports", async () => {
  const run = await bench.run(["run", GOOD, "--lang", "zh", ...REPORTS]);
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toMatch(/^通过: 1 个 URL 中 1 个已预热\n/);
  expect(run.stderr).toContain("正在提交 1 个 URL，分 1 次调用");
  expect(englishIn(run.stdout)).toEqual([]);
  expect(englishIn(run.stderr)).toEqual([]);
  expect(report("html")).toContain('<html lang="zh-CN">');
  expect(report("html")).toContain("发布可以继续。");
  expect(englishIn(textOf(report("html")))).toEqual([]);
  expect(report("markdown")).toContain("## ✅ CDN 预热：通过");
});

test("a gate that fails says in Chinese what failed, and what to do", async () => {
  const summary = join(bench.folder, "summary.md");
  const env = { ALICDN_LANG: "zh_CN.UTF-8", GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
  const run = await bench.run(["run", GOOD, BAD, ...REPORTS], { env });
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toMatch(/^未通过: 2 个 URL 中 1 个已预热，1 个失败\n/);
  expect(run.stdout).toMatch(
    /✗ \S+\n {4}预热失败，\S+% 的节点已缓存（任务 \d+，RetCode 500，状态 Complete，请求 ID \S+）/,
  );
  expect(run.stdout).toContain("→ 源站");
  expect(run.stderr).toMatch(/::error title=CDN 预热未通过::/);
  for (const text of [run.stdout, run.stderr, textOf(report("html")), report("markdown")]) {
    expect(englishIn(text)).toEqual([]);
  }
  expect(readFileSync(summary, "utf8")).toContain("### 未预热的 URL");
  expect(report("junit")).toMatch(/<failure type="notPreloaded" message="预热失败/);
  expect(report("junit")).toContain('<testsuites name="CDN preload">');
});

test("the JSON document is the same for every reader", async () => {
  const inEnglish = await bench.json(["run", BAD]);
  const [first] = inEnglish.taskIds;
  const documents = await Promise.all([
    bench.json(["status", first]),
    bench.json(["status", first, "--lang", "zh"]),
    bench.json(["--lang", "zh", "status", first]),
    bench.json(["status", first], { env: { LANG: "zh_CN.UTF-8" } }),
  ]);
  const [english, ...others] = documents.map((document) => JSON.stringify(alike(document)));
  for (const other of others) expect(other).toBe(english);
  const dryRun = ["run", GOOD, GOOD.replace("https", "http"), "--dry-run"];
  for (const args of [dryRun, ["quota"]]) {
    const [inEnglish, inChinese] = await Promise.all(
      ["en", "zh"].map((lang) => bench.json([...args, "--lang", lang])),
    );
    expect(alike(inChinese)).toEqual(alike(inEnglish));
  }
  const usage = await Promise.all(["en", "zh"].map((lang) => bench.json(["run", "--lang", lang, "--tail"])));
  expect(alike(usage[1])).toEqual(alike(usage[0]));
  expect(usage[1].error.message).toBe("unknown option '--tail'");
});

/** A document without what differs between any two runs. */
function alike(document: Record<string, unknown>): unknown {
  const times = ["startedAt", "endedAt", "elapsedMs", "resetsAt", "requestId", "progress"];
  const text = JSON.stringify(document).replace(
    /(request |")[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g,
    "$1",
  );
  return JSON.parse(
    JSON.stringify(JSON.parse(text.replace(/ in (\d+[hms] ?)+/g, "")), (key, value) =>
      times.includes(key) ? undefined : value,
    ),
  );
}

test("doctor, quota and a dry run speak Chinese", async () => {
  const env = { ALICDN_LANG: "zh" };
  const doctor = await bench.run(["doctor"], { env });
  expect(doctor.stdout).toContain("✓ 访问凭据: AccessKey，来自环境变量 ALIBABA_CLOUD_ACCESS_KEY_ID");
  expect(doctor.stdout).toContain("发布流水线所需的最小权限 RAM 策略:\n{");
  const quota = await bench.run(["quota"], { env });
  const rows = quota.stdout.trim().split("\n").slice(0, 3);
  const columns = rows.map((row) => displayWidth(row.slice(0, row.indexOf("今日"))));
  expect(columns).toEqual([columns[0], columns[0], columns[0]]);
  const plan = await bench.run(["run", GOOD, "--dry-run"], { env });
  expect(plan.stdout).toContain("将提交 1 个 URL，分 1 次调用。");
  for (const { stdout } of [quota, plan]) expect(englishIn(stdout)).toEqual([]);
});

test("a usage error is told in the reader's language, and names the languages that there are", async () => {
  const { stderr, exitCode } = await runCli("run", "--lang", "fr", GOOD);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`option '--lang <language>' argument 'fr' is invalid. It must be "en" or "zh".`);
  const chinese = await startCliIn({ env: { LANG: "zh_CN.UTF-8" } }, ["run", "--lang", "fr", GOOD]).ended;
  expect(chinese.stderr).toContain(`选项 '--lang <language>' 的值 'fr' 无效：必须是 "en" 或 "zh"。`);
  const unknown = await startCliIn({ env: { LANG: "fr_FR.UTF-8" } }, ["run"]).ended;
  expect(unknown.stderr).toMatch(/^error: There is no URL to preload/);
});

test("a config file has no language: that is its reader's", async () => {
  writeFileSync(join(bench.folder, "cdn-preload-gate.config.json"), '{ "lang": "zh" }');
  const { stderr, exitCode } = await bench.run(["run", GOOD]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("lang is for one run; give it at the command line, as --lang");
});

test("a Chinese help has the same options, in lines that fit", async () => {
  const [english, chinese] = await Promise.all([runCli("help", "run"), runCli("help", "run", "--lang=zh")]);
  const options = (text: string) => text.match(/^ {2}(?:-\w, )?--[\w-]+/gm);
  expect(options(chinese.stdout)).toEqual(options(english.stdout));
  expect(chinese.stdout).toContain(CHINESE.commandLine.help.commands.run.description);
  const helped = chinese.stdout.slice(0, chinese.stdout.indexOf(CHINESE.commandLine.help.resuming[0]!));
  expect(helped.split("\n").filter((line) => displayWidth(line) > 80)).toEqual([]);
});

test("without a state file the command that goes on keeps the language", async () => {
  const stalled = "https://cdn.example.com/emulate-stalls-at-99/app.js";
  const run = await bench.run(["run", stalled, "--timeout", "2s", "--lang", "zh"]);
  expect(run.exitCode).toBe(3);
  expect(run.stdout).toMatch(/^ {2}\$ cdn-preload-gate --lang zh wait \d+ /m);
  expect(existsSync(join(bench.folder, "report.html"))).toBe(false);
});
