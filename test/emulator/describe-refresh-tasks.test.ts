import type { SettingsInput } from "../../emulator";
import { TASK_WINDOW_MS } from "../../provider/wire/limits";
import { describeRefreshTasksAnswer } from "../../provider/wire/operations";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

/** Three preloads of two domains and one refresh, a second apart. */
async function startWithTasks() {
  const started = await start();
  const ids = [];
  for (const url of [
    "https://a.example.com/1?x=1",
    "https://a.example.com/emulate-failed-status/2",
    "http://b.example.com/1",
  ]) {
    ids.push(...(await started.push(url)));
    started.clock.advance(1_000);
  }
  await started.call("RefreshObjectCaches", { ObjectPath: "https://a.example.com/1?x=1" });
  started.clock.advance(10_000);
  const find = async (filter: Record<string, string>) => {
    const { json } = await started.call("DescribeRefreshTasks", filter);
    return json.Tasks.CDNTask.map((row: { ObjectPath: string }) => row.ObjectPath);
  };
  return { ...started, ids, find };
}

test("without a filter, all tasks are returned, newest first, nested as CDNTask", async () => {
  const { call } = await startWithTasks();
  const { json } = await call("DescribeRefreshTasks");
  expect(json).toMatchObject({ PageNumber: 1, PageSize: 20, TotalCount: 4 });
  expect(json.Tasks.CDNTask.map((row: { ObjectType: string }) => row.ObjectType)).toEqual([
    "file",
    "preload",
    "preload",
    "preload",
  ]);
  expect(describeRefreshTasksAnswer.parse(json).Tasks).toHaveLength(4);
});

test("ObjectPath is matched exactly, with its scheme and its query", async () => {
  const { find } = await startWithTasks();
  expect(await find({ ObjectPath: "https://a.example.com/1?x=1" })).toHaveLength(2);
  expect(await find({ ObjectPath: "http://a.example.com/1?x=1" })).toEqual([]);
  expect(await find({ ObjectPath: "https://a.example.com/1" })).toEqual([]);
});

test("a search can be narrowed by domain, type, status, task id and times", async () => {
  const { find, ids } = await startWithTasks();
  expect(await find({ DomainName: "B.example.com", ObjectType: "preload" })).toEqual([
    "http://b.example.com/1",
  ]);
  expect(await find({ DomainName: "a.example.com", ObjectType: "file" })).toHaveLength(1);
  expect(await find({ Status: "Failed", ObjectType: "preload" })).toEqual([
    "https://a.example.com/emulate-failed-status/2",
  ]);
  expect(await find({ TaskId: ids[0] ?? "" })).toEqual(["https://a.example.com/1?x=1"]);
  const second = "2026-01-15T08:00:01Z";
  expect(await find({ StartTime: second, EndTime: second })).toEqual([
    "https://a.example.com/emulate-failed-status/2",
  ]);
  expect(await find({ StartTime: "2026-01-15T08:00:04Z" })).toEqual([]);
});

test("pages have the requested size, and TotalCount counts all rows", async () => {
  const { call, clock, push } = await start();
  await push(...Array.from({ length: 45 }, (_, index) => `https://a.example.com/${index}`));
  clock.advance(5_000);
  const page = async (PageNumber: string) => {
    const { json } = await call("DescribeRefreshTasks", { PageNumber, PageSize: "20" });
    return [json.PageNumber, json.PageSize, json.TotalCount, json.Tasks.CDNTask.length];
  };
  expect(await page("1")).toEqual([1, 20, 45, 20]);
  expect(await page("3")).toEqual([3, 20, 45, 5]);
  expect(await page("4")).toEqual([4, 20, 45, 0]);
});

test("a task appears in searches after the visibility delay, and leaves them after three days", async () => {
  const { call, clock, push } = await start();
  await push("https://a.example.com/1");
  const total = async () => (await call("DescribeRefreshTasks")).json.TotalCount;
  clock.advance(1_999);
  expect(await total()).toBe(0);
  clock.advance(1);
  expect(await total()).toBe(1);
  clock.advance(TASK_WINDOW_MS);
  expect(await total()).toBe(0);
});

test.each([
  ["MissingParameter", { DomainName: "a.example.com" }],
  ["MissingParameter", { Status: "Complete" }],
  ["InvalidParameters", { PageSize: "101" }],
  ["InvalidParameters", { PageSize: "0" }],
  ["InvalidParameters", { PageNumber: "0" }],
  ["InvalidParameters", { ObjectType: "other" }],
  ["InvalidParameters", { ObjectType: "preload", Status: "Cancelled" }],
  ["InvalidParameters", { StartTime: "yesterday" }],
  ["InvalidParameters", { StartTime: "2026-01-15T08:00:00Z", EndTime: "2026-01-15T07:00:00Z" }],
  ["InvalidTaskId.Malformed", { TaskId: "abc" }],
  ["InvalidTime", { StartTime: "2026-01-12T07:59:59Z" }],
] as const)("a search is refused with %s: %j", async (code, parameters) => {
  const { call } = await start();
  const answer = await call("DescribeRefreshTasks", parameters);
  expect([answer.status, answer.json.Code]).toEqual([400, code]);
});

/** Five URLs, and what the pages that were asked for with 3 a page show of them. */
async function pagesWith(settings: SettingsInput) {
  const { call, clock, push } = await start(settings);
  await push(...Array.from({ length: 5 }, (_, index) => `https://a.example.com/${index}`));
  clock.advance(5_000);
  return Promise.all(
    ["1", "2", "3"].map(async (PageNumber) => {
      const { json } = await call("DescribeRefreshTasks", { PageNumber, PageSize: "3" });
      const paths = json.Tasks.CDNTask.map((row: { ObjectPath: string }) => row.ObjectPath.at(-1));
      return `${paths.join("")} of ${json.TotalCount}, ${json.PageSize} a page`;
    }),
  );
}

test.each<[SettingsInput, string[]]>([
  [{ searchPageCap: 2 }, ["43 of 5, 2 a page", "21 of 5, 2 a page", "0 of 5, 2 a page"]],
  [
    { searchPageCap: 2, searchPageSizeTold: "asked" },
    ["43 of 5, 3 a page", "21 of 5, 3 a page", "0 of 5, 3 a page"],
  ],
  [{ searchPageCap: 2, searchPaging: "gaps" }, ["43 of 5, 2 a page", "10 of 5, 2 a page", " of 5, 2 a page"]],
  [
    { searchPageCap: 2, searchPaging: "alwaysFirst" },
    ["43 of 5, 2 a page", "43 of 5, 2 a page", "43 of 5, 2 a page"],
  ],
  [{ searchTotalCountOffset: 1 }, ["432 of 6, 3 a page", "10 of 6, 3 a page", " of 6, 3 a page"]],
])("pages of a search with %j", async (settings, pages) => {
  expect(await pagesWith(settings)).toEqual(pages);
});

test("TotalCount can be a string", async () => {
  const { call } = await start({ searchTotalCountAsText: true, searchTotalCountOffset: 1 });
  expect((await call("DescribeRefreshTasks")).json).toMatchObject({
    TotalCount: "1",
    Tasks: { CDNTask: [] },
  });
});

test.each<[SettingsInput, string, string]>([
  [{}, "https://a.example.com/%2f%C3%BC", "2026-01-15T08:00:00Z"],
  [{ rowSpelling: "otherCase" }, "https://a.example.com/%2F%c3%bc", "2026-01-15T08:00:00Z"],
  [{ rowSpelling: "decoded" }, "https://a.example.com//ü", "2026-01-15T08:00:00Z"],
  [{ rowSpelling: "withoutScheme" }, "a.example.com/%2f%C3%BC", "2026-01-15T08:00:00Z"],
  [{ rowSpelling: "otherScheme" }, "http://a.example.com/%2f%C3%BC", "2026-01-15T08:00:00Z"],
  [{ rowSpelling: "pathAlone" }, "/%2f%C3%BC", "2026-01-15T08:00:00Z"],
  [{ rowTimeForm: "withoutZone" }, "https://a.example.com/%2f%C3%BC", "2026-01-15T08:00:00"],
  [{ rowTimeForm: "localWithoutZone" }, "https://a.example.com/%2f%C3%BC", "2026-01-15T16:00:00"],
  [{ rowTimeOffsetMs: -300_000 }, "https://a.example.com/%2f%C3%BC", "2026-01-15T07:55:00Z"],
])("rows with %j name %s and %s, in both operations", async (settings, ObjectPath, CreationTime) => {
  const { call, clock, push } = await start(settings);
  const [taskId = ""] = await push("https://a.example.com/%2f%C3%BC");
  clock.advance(5_000);
  const found = await call("DescribeRefreshTasks", { StartTime: "2026-01-15T08:00:00Z" });
  const asked = await call("DescribeRefreshTaskById", { TaskId: taskId });
  const row = { TaskId: taskId, ObjectPath, CreationTime };
  expect(found.json.Tasks.CDNTask).toMatchObject([row]);
  expect(asked.json.Tasks).toMatchObject([row]);
});
