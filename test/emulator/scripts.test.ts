import { NAMED_SCRIPTS, type ScriptName, scriptInPath } from "../../emulator/scripts";
import { scriptProgress, taskScriptSchema } from "../../emulator/task-script";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

/** What both query operations say of a URL with the script, so many milliseconds after its submission. */
async function look(script: ScriptName, atMs: number) {
  const { clock, call, push } = await start();
  const [taskId = ""] = await push(`https://a.example.com/emulate-${script}/x`);
  clock.advance(atMs);
  const detail = await call("DescribePreloadDetailById", { TaskId: taskId });
  const statusOnly = await call("DescribeRefreshTaskById", { TaskId: taskId });
  return { entry: detail.json.UrlDetails[0], row: statusOnly.json.Tasks[0] };
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

test("every script has a summary", () => {
  expect([...NAMED_SCRIPTS].filter(([, script]) => script.summary === "")).toEqual([]);
});

test.each([
  [
    "passes",
    3_500,
    { Status: "Complete", RetCode: "0" },
    { Success: "100%", Description: "Successfully preloaded" },
    "Complete",
  ],
  ["completes-at-once", 2_000, { Status: "Complete", EndTime: "2026-01-15T08:00:00Z" }, {}, "Complete"],
  ["retcode-500", 4_000, { Status: "Complete", RetCode: "500" }, { Success: "0%" }, "Failed"],
  ["failed-status", 4_000, { Status: "Failed", RetCode: "504" }, { Description: "Origin Timeout" }, "Failed"],
  ["failed-half-way", 4_000, { Status: "Failed", RetCode: "0" }, { Success: "50%" }, "Failed"],
  ["one-pop-in-three", 4_000, { Status: "Complete", RetCode: "0" }, { Success: "33.33%" }, "Complete"],
  ["zero-pops", 4_000, { Status: "Complete", RetCode: "0" }, { Success: "0%" }, "Failed"],
  [
    "forty-seven-percent",
    4_000,
    { Status: "Complete", RetCode: "0" },
    { Success: "47%", Description: "Successfully preloaded" },
    "Complete",
  ],
  ["slow", 599_999, { Status: "Refreshing" }, {}, "Refreshing"],
  ["slow", 600_000, { Status: "Complete", RetCode: "0" }, { Success: "100%" }, "Complete"],
  ["stalls-at-99", 4_000, { Status: "Refreshing", Process: "99.37%" }, {}, "Refreshing"],
  ["stalls-at-99", 119_000, { Status: "Refreshing", Process: "99.37%" }, {}, "Refreshing"],
  ["stalls-at-99", 120_000, { Status: "Complete", Process: "100%" }, {}, "Complete"],
  ["never-ends", 259_200_000, { Status: "Refreshing", Process: "62.5%" }, {}, "Refreshing"],
  ["no-progress", 19_000, { Status: "Refreshing", Process: "0%" }, {}, "Refreshing"],
  ["falls-back", 3_000, { Process: "80%" }, {}, "Refreshing"],
  ["falls-back", 3_500, { Process: "20%" }, {}, "Refreshing"],
  ["falls-back", 8_000, { Status: "Complete" }, {}, "Complete"],
  ["pending-first", 2_000, { Status: "Refreshing", Process: "0%" }, {}, "Pending"],
  ["pending-first", 3_000, { Status: "Refreshing" }, {}, "Refreshing"],
  ["pending-first", 6_000, { Status: "Complete" }, {}, "Complete"],
  ["unknown-status", 4_000, { Status: "Cancelled" }, {}, "Cancelled"],
  ["appears-late", 15_000, { Status: "Complete" }, {}, "Complete"],
  ["disappears", 5_999, { Status: "Refreshing" }, {}, "Refreshing"],
] as const)("script %s after %i ms", async (script, atMs, expected, expectedUrl, statusOnly) => {
  const { entry, row } = await look(script, atMs);
  expect(entry).toMatchObject(expected);
  expect(entry.Urls).toEqual([expect.objectContaining(expectedUrl)]);
  expect(row.Status).toBe(statusOnly);
});

test.each([
  ["appears-late", 14_999],
  ["disappears", 6_000],
  ["never-appears", 60_000],
] as const)("script %s is not seen after %i ms", async (script, atMs) => {
  expect(await look(script, atMs)).toEqual({ entry: undefined, row: undefined });
});

test("a script that omits something omits only that", async () => {
  expect((await look("missing-retcode", 4_000)).entry).not.toHaveProperty("RetCode");
  expect((await look("missing-success", 4_000)).entry.Urls[0]).not.toHaveProperty("Success");
  const missingRow = await look("missing-row", 4_000);
  expect(missingRow.entry).toMatchObject({ Status: "Complete", RetCode: "0", Urls: [] });
  expect(missingRow.row).toBeUndefined();
});

test("a script can give a URL several rows", async () => {
  const { entry } = await look("duplicate-rows", 4_000);
  expect(entry.Urls).toMatchObject([{ Success: "100%" }, { Success: "0%" }]);
});

test("progress is a pure function of the time since the submission", () => {
  const script = taskScriptSchema.parse({
    endsAfterMs: 1_000,
    progress: [
      { atMs: 200, percent: 50 },
      { atMs: 800, percent: 60 },
    ],
  });
  const percents = [0, 100, 200, 500, 800, 900, 999, 1_000, YEAR_MS].map(
    (elapsedMs) => scriptProgress(script, elapsedMs).processPercent,
  );
  expect(percents).toEqual([0, 25, 50, 55, 60, 80, 99.8, 100, 100]);
  expect(scriptProgress(script, 999).ended).toBe(false);
  expect(scriptProgress(script, 1_000).ended).toBe(true);
});

test("a script without an end stays at its last point, or at 0 %", () => {
  const endless = taskScriptSchema.parse({ endsAfterMs: null });
  expect(scriptProgress(endless, YEAR_MS)).toEqual({ ended: false, processPercent: 0 });
});

test.each([
  ["/app.js", undefined],
  ["/emulate-slow/app.js", { name: "slow", once: false }],
  ["/a/b/emulate-slow", { name: "slow", once: false }],
  ["/emulate-retcode-500-once/app.js?emulate-slow", { name: "retcode-500", once: true }],
  ["/app.js?x=/emulate-slow/", undefined],
  ["/emulate-slow/emulate-zero-pops/x", { name: "slow", once: false }],
  ["/emulate-nonsense-once/x", { name: "nonsense", once: true }],
  ["/emulate-completes-at-once/x", { name: "completes-at-once", once: false }],
  ["/emulate-completes-at-once-once/x", { name: "completes-at-once", once: true }],
])("the path %s names its script", (path, expected) => {
  expect(scriptInPath(path)).toEqual(expected);
});

test("with -once, only the first submission of the URL follows the script", async () => {
  const { emulator, push } = await start();
  const url = "https://a.example.com/emulate-retcode-500-once/x";
  await push(url, "https://a.example.com/emulate-retcode-500-once/y");
  await push(url.replace("https", "http"));
  expect(emulator.submissions().map(({ script }) => script)).toEqual([
    "retcode-500",
    "retcode-500",
    "passes",
  ]);
});

test("a running task's script can be changed", async () => {
  const { clock, emulator, call, push } = await start();
  const url = "https://a.example.com/emulate-never-ends/x";
  const [taskId = ""] = await push(url);
  clock.advance(60_000);
  expect(emulator.changeScript(url, "passes")).toBe(1);
  const { json } = await call("DescribePreloadDetailById", { TaskId: taskId });
  expect(json.UrlDetails).toMatchObject([{ Status: "Complete", RetCode: "0" }]);
  expect(emulator.changeScript("https://a.example.com/other", { endsAfterMs: 1 })).toBe(0);
});
