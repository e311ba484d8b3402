import { describePreloadDetailByIdAnswer } from "../../provider/wire/operations";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

const REFERENCE_EXAMPLE = {
  TotalCount: 1,
  RequestId: "E9D3257A-1B7C-414C-90C1-8D07AC47BCAC",
  UrlDetails: [
    {
      TaskId: "14286878547",
      Domain: "example.com",
      CreationTime: "2022-11-23T02:26:56Z",
      EndTime: "2022-11-23T02:27:00Z",
      RetCode: "0",
      Process: "100%",
      Status: "Complete",
      Urls: [{ Url: "/abc.jpg\n", Success: "47%", Description: "Successfully preloaded" }],
    },
  ],
};

test("the example of the API reference can be answered literally", async () => {
  const { emulator, call } = await start();
  emulator.answerAlways("DescribePreloadDetailById", { body: REFERENCE_EXAMPLE });
  const { json } = await call("DescribePreloadDetailById", { TaskId: "14286878547" });
  expect(json).toEqual(REFERENCE_EXAMPLE);
  expect(describePreloadDetailByIdAnswer.parse(json).UrlDetails[0]?.Urls[0]?.Success).toBe(47);
});

test("answers for one call come first in their order, with status and headers, then those for all calls", async () => {
  const { emulator, call } = await start();
  emulator.answerAlways("DescribeRefreshQuota", { body: { always: true } });
  emulator.answerOnce("DescribeRefreshQuota", {
    status: 418,
    body: "as it stands",
    headers: { "x-own": "1" },
  });
  emulator.answerOnce("DescribeRefreshQuota", { body: [1] });
  const first = await call("DescribeRefreshQuota");
  expect([first.status, first.text, first.headers.get("x-own")]).toEqual([418, "as it stands", "1"]);
  expect((await call("DescribeRefreshQuota")).json).toEqual([1]);
  expect((await call("DescribeRefreshQuota")).json).toEqual({ always: true });
  emulator.reset();
  expect((await call("DescribeRefreshQuota")).json).toHaveProperty("PreloadQuota");
});

test("a literal answer replaces the work, so nothing is submitted", async () => {
  const { emulator, call } = await start();
  emulator.answerOnce("PushObjectCache", { body: { PushTaskId: "1" } });
  await call("PushObjectCache", { ObjectPath: "https://a.example.com/1" });
  expect(emulator.submissionCount()).toBe(0);
});

test("hooks change successful answers until they are removed; the record keeps the true task ids", async () => {
  const { emulator, call, push } = await start();
  const [taskId] = await push("https://a.example.com/1");
  const seen: unknown[] = [];
  const remove = emulator.onAnswer((operation, body, parameters) => {
    seen.push([operation, parameters.ObjectPath]);
    return { ...body, PushTaskId: undefined, Extra: 1 };
  });
  const changed = await call("PushObjectCache", { ObjectPath: "https://a.example.com/2" });
  expect(changed.json).toEqual({ RequestId: expect.any(String), Extra: 1 });
  expect(emulator.calls.at(-1)?.taskIds).toEqual([taskId]);
  await call("PushObjectCache", {});
  expect(seen).toEqual([["PushObjectCache", "https://a.example.com/2"]]);
  remove();
  expect(await push("https://a.example.com/3")).toEqual([taskId]);
});

test("a hook that throws is reported in the answer", async () => {
  const { emulator, call } = await start();
  emulator.onAnswer(() => {
    throw new Error("the hook is broken");
  });
  const { status, json } = await call("DescribeRefreshQuota");
  expect([status, json.Message]).toEqual([500, "Emulator: Error: the hook is broken"]);
});
