import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mergeDocuments } from "../../provider/cli/document/merge-documents";
import { causeGroupsOf } from "../../provider/cli/document/problem-urls";
import type { ErrorDocument, GateDocument } from "../../provider/cli/document/schema";
import { parseDocument, withBench } from "./cli-on-emulator";
import { startCliIn } from "./run-cli";
import { sampleDocument, sampleUrl } from "./sample-document";

jest.setTimeout(60_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-merge-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PASSED: Partial<GateDocument> = {
  exitCode: 0,
  verdict: "passed",
  accepted: true,
  reasons: [],
  results: [sampleUrl({})],
  summary: {
    urls: 1,
    preloaded: 1,
    failed: 0,
    unknown: 0,
    lowestSuccessPercent: 90,
    elapsedMs: 10_000,
    apiCalls: 7,
  },
};

function passed(changes: Partial<GateDocument> = {}): GateDocument {
  return sampleDocument({ ...PASSED, ...changes });
}

const ERROR: ErrorDocument = {
  kind: "error",
  schemaVersion: 1,
  tool: { name: "cdn-preload-gate", version: "1.2.3" },
  command: "run",
  startedAt: "2026-03-01T10:00:00.000Z",
  endedAt: "2026-03-01T10:00:01.000Z",
  exitCode: 4,
  error: {
    code: "credentials",
    message: "No credentials were found.",
    advice: "Name a profile.",
    operation: null,
    serviceCode: null,
    requestId: null,
  },
};

const merge = (...documents: (GateDocument | ErrorDocument)[]) =>
  mergeDocuments(documents.map((document, index) => ({ name: `shard-${index + 1}`, document })));

test("totals are added, the lowest share is the lowest of all, and time runs from the first start to the last end", () => {
  const late = passed({ startedAt: "2026-03-01T10:05:00.000Z", endedAt: "2026-03-01T10:10:00.123Z" });
  const merged = merge(sampleDocument(), late);
  expect(merged.summary).toEqual({
    urls: 6,
    preloaded: 2,
    failed: 1,
    unknown: 3,
    lowestSuccessPercent: 33.33,
    elapsedMs: 600_000,
    apiCalls: 1_241,
  });
  expect([merged.startedAt, merged.endedAt]).toEqual([
    "2026-03-01T10:00:00.123Z",
    "2026-03-01T10:10:00.123Z",
  ]);
});

test("each row and each task says which shard it is from, and nothing of a shard is lost", () => {
  const merged = merge(sampleDocument({ resumeCommand: "cdn-preload-gate wait 77" }), passed());
  expect(merged.results.map(({ shard }) => shard)).toEqual([...Array(5).fill("shard-1"), "shard-2"]);
  expect(merged.tasks.map(({ shard }) => shard)).toEqual(["shard-1", "shard-1", "shard-2", "shard-2"]);
  expect(merged.shards).toMatchObject([
    { name: "shard-1", verdict: "failed", resumeCommand: "cdn-preload-gate wait 77" },
    { name: "shard-2", verdict: "passed", resumeCommand: null },
  ]);
  expect(merged.taskIds).toEqual(["9007199254740993", "77"]);
});

const inconclusive = sampleDocument({ verdict: "inconclusive", exitCode: 3 });
const warned = passed({ verdict: "inconclusive", acceptedBy: "warn" });
const submitted = passed({ verdict: "pending", accepted: false });

test.each<[string, (GateDocument | ErrorDocument)[], unknown[]]>([
  ["all passed", [passed(), passed()], ["passed", true, null, 0]],
  ["one failed", [passed(), inconclusive, sampleDocument()], ["failed", false, null, 1]],
  ["one is inconclusive", [passed(), inconclusive], ["inconclusive", false, null, 3]],
  ["one was let through", [passed(), warned], ["inconclusive", true, "warn", 0]],
  ["one was let through and one failed", [warned, sampleDocument()], ["failed", false, null, 1]],
  ["one only submitted", [passed(), submitted], ["pending", false, null, 0]],
  ["one could not do its work", [passed(), ERROR], ["inconclusive", false, null, 4]],
  ["an error says that all is well", [passed(), { ...ERROR, exitCode: 0 }], ["inconclusive", false, null, 3]],
  [
    "one was interrupted",
    [sampleDocument(), { ...inconclusive, exitCode: 130 }],
    ["failed", false, null, 130],
  ],
  [
    "none reached the service",
    [
      { ...ERROR, exitCode: 7 },
      { ...ERROR, exitCode: 7 },
    ],
    ["inconclusive", false, null, 7],
  ],
  ["one did not reach the service", [passed(), { ...ERROR, exitCode: 7 }], ["inconclusive", false, null, 3]],
])("where %s, the worst verdict counts", (_name, documents, expected) => {
  for (const order of [documents, documents.toReversed()]) {
    const { verdict, accepted, acceptedBy, exitCode } = merge(...order);
    expect([verdict, accepted, acceptedBy, exitCode]).toEqual(expected);
  }
});

test("the progress of shards is added, each by its URLs and from its own start", () => {
  const first = passed({
    summary: { ...PASSED.summary!, urls: 3 },
    progress: [{ elapsedMs: 20_000, processPercent: 40, preloaded: 1, failed: 0 }],
  });
  const second = passed({
    startedAt: "2026-03-01T10:01:00.123Z",
    progress: [{ elapsedMs: 5_000, processPercent: 100, preloaded: 1, failed: 0 }],
  });
  expect(merge(first, second).progress).toEqual([
    { elapsedMs: 20_000, processPercent: 30, preloaded: 1, failed: 0 },
    { elapsedMs: 65_000, processPercent: 55, preloaded: 2, failed: 0 },
  ]);
});

test("what ended a shard is told with its name, and is no cause of another shard's URLs", () => {
  const timeout = { ...ERROR.error, code: "timeout" as const, message: "The deadline passed." };
  const merged = merge({ ...inconclusive, error: timeout }, ERROR, inconclusive);
  expect(merged.error?.message).toBe("shard-2: No credentials were found.");
  const document = { ...merged, tool: ERROR.tool, command: "merge-reports" };
  const running = causeGroupsOf(document).filter(({ cause }) => cause.state === "pending");
  expect(running.map(({ cause, members }) => [members[0]!.shard, cause.errorCode])).toEqual([
    ["shard-1", "timeout"],
    ["shard-3", null],
  ]);
});

test("a commit is shown where all shards are of it", () => {
  const build = {
    system: "gitlab" as const,
    commit: "c1fa6a2",
    commitUrl: null,
    runUrl: "https://ci.example.com/1",
  };
  const other = { ...build, runUrl: "https://ci.example.com/2" };
  expect(merge(passed({ build }), passed({ build: other })).build).toEqual({ ...build, runUrl: null });
  expect(merge(passed({ build }), passed({ build: { ...build, commit: "0000000" } })).build).toBeNull();
  expect(merge(passed({ build }), passed()).build).toBeNull();
});

test("a merged document can be merged again", () => {
  const inner = { ...merge(sampleDocument(), passed()), tool: ERROR.tool, command: "merge-reports" };
  const merged = merge(inner, passed());
  expect(merged.shards?.map(({ name }) => name)).toEqual(["shard-1/shard-1", "shard-1/shard-2", "shard-2"]);
  expect(merged.results.at(0)?.shard).toBe("shard-1/shard-1");
});

function cli(args: readonly string[]) {
  return startCliIn({ cwd: folder }, args).ended;
}

function write(file: string, document: unknown): void {
  mkdirSync(join(folder, file, ".."), { recursive: true });
  writeFileSync(join(folder, file), JSON.stringify(document));
}

test("merge-reports writes one report, names each row's shard, and ends with the worst exit code", async () => {
  write("one/result.json", sampleDocument());
  write("two/result.json", passed({ policy: { ...sampleDocument().policy, minSuccessPercent: 95 } }));
  write("three/result.json", ERROR);
  const files = ["one/result.json", "two/result.json", "three/result.json"];
  const run = await cli(["merge-reports", ...files, "-o", "out/all.html"]);
  expect([run.exitCode, run.stderr]).toEqual([4, ""]);
  expect(run.stdout).toContain("FAILED: 2 of 6 URLs preloaded, 1 failed, 3 without a result");
  expect(run.stdout).toContain("error: three/result: No credentials were found.\n");
  const html = readFileSync(join(folder, "out/all.html"), "utf8");
  expect(html).toContain("<td>two/result</td>");
  expect(html).toContain("No credentials were found.");
  expect(html).toContain("one/result: The gate passes if at least 50% of POPs hold each URL.");
  expect(html).toContain("two/result: The gate passes if at least 95% of POPs hold each URL.");
  expect(html).not.toContain("three/result: The gate passes");

  for (const [name, part] of [
    ["all.md", "| two/result |"],
    ["all.xml", '<testsuite name="two/result: cdn.example.com"'],
  ] as const) {
    expect((await cli(["merge-reports", ...files, "--out", name])).exitCode).toBe(4);
    expect(readFileSync(join(folder, name), "utf8")).toContain(part);
  }
  const merged = await cli(["merge-reports", ...files, "-o", "all.json", "--json"]);
  expect(parseDocument(merged.stdout)).toEqual(parseDocument(readFileSync(join(folder, "all.json"), "utf8")));
});

test.each<[string, string[], string]>([
  ["a file that is not there", ["missing.json"], "The document missing.json cannot be read: ENOENT"],
  ["a file that is empty", ["empty.json"], "The document empty.json cannot be read: "],
  ["a document of another command", ["quota.json"], "quota.json is no document of a gate."],
  ["a file that is named twice", ["./one.json"], "The document ./one.json is named twice."],
  [
    "a report of no known kind",
    ["-o", "all.pdf"],
    "--out all.pdf does not say which kind of report to write",
  ],
])("merge-reports refuses %s and writes nothing", async (_name, args, message) => {
  write("one.json", passed());
  writeFileSync(join(folder, "empty.json"), "");
  write("quota.json", { ...passed(), kind: "quota" });
  const run = await cli(["merge-reports", "one.json", ...args]);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain(message);
  expect(existsSync(join(folder, "cdn-preload-report.html"))).toBe(false);
});

test("a merged report that cannot be written is an error, though all shards passed", async () => {
  write("one.json", passed());
  mkdirSync(join(folder, "all.html"));
  const run = await cli(["merge-reports", "one.json", "-o", "all.html"]);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain("The html report all.html was not written");
});

test("two shards of one release are run, and merged into the Action's report", async () => {
  await withBench({}, async (bench) => {
    for (const [shard, url] of [
      ["a", "https://cdn.example.com/a.js"],
      ["b", "https://img.example.com/emulate-retcode-500/b.png"],
    ] as const) {
      await bench.run(["run", url, "--report", `json=${shard}.json`]);
    }
    const run = await bench.run(["merge-reports", "a.json", "b.json"]);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain("FAILED: 1 of 2 URLs preloaded, 1 failed");
    const html = readFileSync(join(bench.folder, "cdn-preload-report.html"), "utf8");
    expect(html).toContain("1 URL: The preload failed (RetCode 500");
  });
});
