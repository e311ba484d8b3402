import { TASK_WINDOW_MS } from "../../provider/wire/limits";
import { describeRefreshTaskByIdAnswer } from "../../provider/wire/operations";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

test("up to ten ids in a comma list are answered with a row per URL", async () => {
  const { clock, call, push } = await start();
  const [a = ""] = await push("https://a.example.com/1?x=1", "https://a.example.com/2");
  const [b = ""] = await push("http://b.example.com/emulate-retcode-500/1");
  clock.advance(2_000);
  const running = await call("DescribeRefreshTaskById", { TaskId: `${a},${b}` });
  expect(running.json).toEqual({
    RequestId: expect.any(String),
    TotalCount: 3,
    Tasks: [
      {
        TaskId: a,
        ObjectPath: "https://a.example.com/1?x=1",
        ObjectType: "preload",
        Status: "Refreshing",
        Process: "57.14%",
        CreationTime: "2026-01-15T08:00:00Z",
        Description: "",
      },
      expect.objectContaining({ ObjectPath: "https://a.example.com/2" }),
      expect.objectContaining({ ObjectPath: "http://b.example.com/emulate-retcode-500/1", TaskId: b }),
    ],
  });
  expect(describeRefreshTaskByIdAnswer.parse(running.json).Tasks).toHaveLength(3);
  clock.advance(2_000);
  const ended = await call("DescribeRefreshTaskById", { TaskId: `${a}, ${b}` });
  expect(ended.json.Tasks).toMatchObject([
    { Status: "Complete", Process: "100%", Description: "" },
    { Status: "Complete" },
    { Status: "Failed", Description: "Origin Return StatusCode 5XX" },
  ]);
});

test("an invisible id has no rows, and a repeated id is answered once", async () => {
  const { clock, call, push } = await start();
  const [a = ""] = await push("https://a.example.com/1");
  const ask = async () => (await call("DescribeRefreshTaskById", { TaskId: `${a},${a},999` })).json.Tasks;
  expect(await ask()).toEqual([]);
  clock.advance(2_000);
  expect(await ask()).toHaveLength(1);
});

test.each([
  ["InvalidTaskId.Malformed", { TaskId: "1,abc" }],
  ["InvalidTaskId.Malformed", { TaskId: "1,," }],
  ["InvalidParameters", { TaskId: "1,2,3,4,5,6,7,8,9,10,11" }],
  ["MissingParameter", {}],
] as const)("a wrong list of ids is refused with %s: %j", async (code, parameters) => {
  const { call } = await start();
  const answer = await call("DescribeRefreshTaskById", parameters);
  expect([answer.status, answer.json.Code]).toEqual([400, code]);
});

test("one id older than three days makes the call InvalidTime", async () => {
  const { clock, call, push } = await start();
  const [old = ""] = await push("https://a.example.com/1");
  clock.advance(TASK_WINDOW_MS + 1);
  const [young = ""] = await push("https://a.example.com/1");
  clock.advance(2_000);
  expect((await call("DescribeRefreshTaskById", { TaskId: young })).status).toBe(200);
  expect((await call("DescribeRefreshTaskById", { TaskId: `${young},${old}` })).json.Code).toBe(
    "InvalidTime",
  );
});

test("the operation needs no allow-list", async () => {
  const { clock, call, push } = await start({ allowListed: false });
  const [taskId = ""] = await push("https://a.example.com/1");
  clock.advance(2_000);
  expect((await call("DescribeRefreshTaskById", { TaskId: taskId })).json.Tasks).toHaveLength(1);
});
