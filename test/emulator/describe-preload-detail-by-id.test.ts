import { SERVICE_ERROR_CODES } from "../../provider/wire/error-codes";
import { TASK_WINDOW_MS } from "../../provider/wire/limits";
import { describePreloadDetailByIdAnswer } from "../../provider/wire/operations";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

const URL_A = "https://cdn.example.com/app.js?v=1";

async function startWithTask(url: string, options: Parameters<typeof start>[0] = {}) {
  const started = await start(options);
  const [taskId = ""] = await started.push(url);
  const ask = () => started.call("DescribePreloadDetailById", { TaskId: taskId });
  return { ...started, taskId, ask };
}

test("a new task is invisible for two seconds, in which an answer has no entries", async () => {
  const { clock, ask } = await startWithTask(URL_A);
  clock.advance(1_999);
  const answer = await ask();
  expect(answer.json).toMatchObject({ TotalCount: 0, UrlDetails: [] });
  expect(describePreloadDetailByIdAnswer.parse(answer.json).UrlDetails).toEqual([]);
  clock.advance(1);
  expect((await ask()).json.UrlDetails).toHaveLength(1);
});

test("an invisible task is InvalidTaskId.Malformed if a setting says so", async () => {
  const { clock, ask, call } = await startWithTask(URL_A, { unseenTask: "malformed" });
  const answer = await ask();
  expect([answer.status, answer.json.Code]).toEqual([400, "InvalidTaskId.Malformed"]);
  clock.advance(2_000);
  expect((await ask()).status).toBe(200);
  expect((await call("DescribePreloadDetailById", { TaskId: "1" })).json.Code).toBe(
    "InvalidTaskId.Malformed",
  );
});

test("while a task runs it has an empty EndTime, no RetCode and a share of POPs with decimals", async () => {
  const { clock, taskId, ask } = await startWithTask(URL_A);
  clock.advance(2_000);
  const { json } = await ask();
  expect(json.UrlDetails).toEqual([
    {
      TaskId: taskId,
      Domain: "cdn.example.com",
      CreationTime: "2026-01-15T08:00:00Z",
      EndTime: "",
      Process: "57.14%",
      Status: "Refreshing",
      Urls: [{ Url: "/app.js?v=1\n", Success: "57.14%", Description: "" }],
    },
  ]);
  expect(describePreloadDetailByIdAnswer.safeParse(json).success).toBe(true);
});

test("EndTime is missing while a task runs if a setting says so", async () => {
  const { clock, ask } = await startWithTask(URL_A, { runningEndTime: "missing" });
  clock.advance(2_000);
  expect((await ask()).json.UrlDetails[0]).not.toHaveProperty("EndTime");
});

test("a passed task is shown like the vendor's example", async () => {
  const { clock, taskId, ask } = await startWithTask(URL_A);
  clock.advance(60_000);
  const answer = await ask();
  expect(answer.json).toEqual({
    RequestId: answer.headers.get("x-acs-request-id"),
    TotalCount: 1,
    UrlDetails: [
      {
        TaskId: taskId,
        Domain: "cdn.example.com",
        CreationTime: "2026-01-15T08:00:00Z",
        EndTime: "2026-01-15T08:00:03Z",
        RetCode: "0",
        Process: "100%",
        Status: "Complete",
        Urls: [{ Url: "/app.js?v=1\n", Success: "100%", Description: "Successfully preloaded" }],
      },
    ],
  });
  expect(describePreloadDetailByIdAnswer.safeParse(answer.json).success).toBe(true);
});

test("answers are dated by the emulator's clock", async () => {
  const { clock, ask } = await startWithTask(URL_A);
  clock.advance(60_000);
  expect((await ask()).headers.get("date")).toBe("Thu, 15 Jan 2026 08:01:00 GMT");
});

test("a line feed follows every path, every second one, or none", async () => {
  const { clock, emulator, call, push } = await start();
  const [taskId = ""] = await push("https://a.example.com/1", "https://a.example.com/2");
  clock.advance(5_000);
  const paths = async () => {
    const { json } = await call("DescribePreloadDetailById", { TaskId: taskId });
    return json.UrlDetails[0].Urls.map((row: { Url: string }) => row.Url);
  };
  expect(await paths()).toEqual(["/1\n", "/2\n"]);
  emulator.configure({ lineFeedAfterUrl: "alternating" });
  expect(await paths()).toEqual(["/1\n", "/2"]);
  emulator.configure({ lineFeedAfterUrl: "never" });
  expect(await paths()).toEqual(["/1", "/2"]);
});

test("a task that holds several domains has one entry for each", async () => {
  const { clock, call, push } = await start({ taskIdSharing: "account" });
  const ids = await push("https://a.example.com/1", "https://b.example.com/1", "https://a.example.com/2");
  expect(ids).toHaveLength(1);
  clock.advance(5_000);
  const { json } = await call("DescribePreloadDetailById", { TaskId: ids[0] ?? "" });
  expect(json.TotalCount).toBe(2);
  expect(
    json.UrlDetails.map((entry: { Domain: string; Urls: unknown[] }) => [entry.Domain, entry.Urls.length]),
  ).toEqual([
    ["a.example.com", 2],
    ["b.example.com", 1],
  ]);
});

test("more than 500 domains in a task are DomainNameOverLimit", async () => {
  const { clock, call, push } = await start({ taskIdSharing: "account", urlsPerTaskId: 2_000 });
  const ids = new Set<string>();
  for (let batch = 0; batch < 6; batch += 1) {
    const urls = Array.from({ length: 100 }, (_, index) => `https://d${batch}-${index}.example.com/a`);
    for (const id of await push(...urls)) ids.add(id);
  }
  expect(ids.size).toBe(1);
  clock.advance(5_000);
  const answer = await call("DescribePreloadDetailById", { TaskId: [...ids][0] ?? "" });
  expect([answer.status, answer.json.Code, answer.json.Message]).toEqual([
    400,
    "DomainNameOverLimit",
    "A maximum of 500 domains are supported for each request.",
  ]);
});

test("in an entry with several scripts, the worst RetCode counts, and each URL keeps its row", async () => {
  const { clock, call, push } = await start();
  const [taskId = ""] = await push(
    "https://a.example.com/ok",
    "https://a.example.com/emulate-retcode-500/a",
    "https://a.example.com/emulate-failed-status/b",
    "https://a.example.com/emulate-one-pop-in-three/c",
  );
  clock.advance(5_000);
  const { json } = await call("DescribePreloadDetailById", { TaskId: taskId });
  expect(json.UrlDetails).toMatchObject([{ RetCode: "504", Status: "Failed", Process: "100%" }]);
  expect(json.UrlDetails[0].Urls.map((row: { Success: string }) => row.Success)).toEqual([
    "100%",
    "0%",
    "0%",
    "33.33%",
  ]);
});

test.each([
  [["0", "0"], "0"],
  [["0", "99", "500", "404"], "500"],
  [["500", "OriginError"], "OriginError"],
])("the worst of the RetCodes %j is %s", async (retCodes, worst) => {
  const rules = retCodes.map((retCode, index) => ({ path: `/${index}`, script: { retCode } }));
  const { clock, call, push } = await start({ scenario: { rules } });
  const [taskId = ""] = await push(...retCodes.map((_, index) => `https://a.example.com/${index}`));
  clock.advance(5_000);
  const { json } = await call("DescribePreloadDetailById", { TaskId: taskId });
  expect(json.UrlDetails).toMatchObject([{ RetCode: worst }]);
});

test("an entry runs until its last URL has ended", async () => {
  const { clock, call, push } = await start();
  const [taskId = ""] = await push("https://a.example.com/ok", "https://a.example.com/emulate-never-ends/a");
  clock.advance(3_600_000);
  const { json } = await call("DescribePreloadDetailById", { TaskId: taskId });
  expect(json.UrlDetails).toMatchObject([{ Status: "Refreshing", Process: "62.5%" }]);
  expect(json.UrlDetails[0]).not.toHaveProperty("RetCode");
});

test.each([
  ["InvalidTaskId.Malformed", { TaskId: "abc" }],
  ["InvalidTaskId.Malformed", { TaskId: "1,2" }],
  ["MissingParameter", {}],
] as const)("a wrong TaskId is refused with %s: %j", async (code, parameters) => {
  const { call } = await start();
  const answer = await call("DescribePreloadDetailById", parameters);
  expect([answer.status, answer.json.Code]).toEqual([SERVICE_ERROR_CODES[code].httpStatus, code]);
});

test("the five documented errors have their exact messages", () => {
  const messages = [
    "InvalidTaskId.Malformed",
    "DomainNameOverLimit",
    "InvalidParameters",
    "InvalidTime",
    "TooManyRequests",
  ] as const;
  expect(messages.map((code) => SERVICE_ERROR_CODES[code].message)).toEqual([
    "The specified TaskId is invalid.",
    "A maximum of 500 domains are supported for each request.",
    "The parameters you provided are invalid.",
    "The query time cannot exceed the last 3 days.",
    "Too many requests, please try again later",
  ]);
});

test("a task of a refresh is not one of a preload", async () => {
  const { clock, call } = await start();
  const { json } = await call("RefreshObjectCaches", { ObjectPath: URL_A });
  clock.advance(5_000);
  const answer = await call("DescribePreloadDetailById", { TaskId: json.RefreshTaskId });
  expect(answer.json.Code).toBe("InvalidTaskId.Malformed");
});

test("a task older than three days is InvalidTime", async () => {
  const { clock, ask } = await startWithTask(URL_A);
  clock.advance(TASK_WINDOW_MS);
  expect((await ask()).status).toBe(200);
  clock.advance(1);
  const answer = await ask();
  expect([answer.status, answer.json.Code, answer.json.Message]).toEqual([
    400,
    "InvalidTime",
    "The query time cannot exceed the last 3 days.",
  ]);
});

test("the speed divides a task's duration but not the visibility delay", async () => {
  const { clock, ask } = await startWithTask("https://a.example.com/emulate-slow/a", { speed: 100 });
  clock.advance(1_999);
  expect((await ask()).json.UrlDetails).toEqual([]);
  clock.advance(4_001);
  expect((await ask()).json.UrlDetails).toMatchObject([
    { Status: "Complete", EndTime: "2026-01-15T08:00:06Z" },
  ]);
});
