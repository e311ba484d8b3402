import { type CallRecord, startEmulator } from "../../emulator";
import { logLine } from "../../emulator/log-line";
import { callService } from "./call-service";

const RECORD: CallRecord = {
  at: "2026-01-15T08:00:00.123Z",
  operation: "PushObjectCache",
  parameters: { ObjectPath: "https://a.example.com/1\nhttps://a.example.com/2" },
  requestId: "R",
  httpStatus: 200,
  taskIds: ["7", "8"],
};

test.each<[Partial<CallRecord>, string]>([
  [{}, "08:00:00.123 PushObjectCache           200 2 URLs → task 7, 8"],
  [
    { httpStatus: 0, fault: "resetAfter" },
    "08:00:00.123 PushObjectCache           no answer [fault: resetAfter] 2 URLs → task 7, 8",
  ],
  [
    {
      operation: "DescribePreloadDetailById",
      parameters: { TaskId: "7" },
      taskIds: undefined,
      httpStatus: 403,
      errorCode: "NoPermission",
    },
    "08:00:00.123 DescribePreloadDetailById 403 NoPermission task 7",
  ],
  [
    {
      operation: "",
      parameters: {},
      taskIds: undefined,
      httpStatus: 404,
      errorCode: "InvalidAction.NotFound",
    },
    "08:00:00.123 (no operation)            404 InvalidAction.NotFound",
  ],
  [
    { operation: "x\u001b[2Jy\u202e", parameters: {}, taskIds: undefined },
    "08:00:00.123 x?[2Jy?                   200",
  ],
])("a call with %j is one line of text", (changes, expected) => {
  expect(logLine({ ...RECORD, ...changes })).toBe(expected);
});

test("a listener is called after each call, even one without an answer", async () => {
  const calls: CallRecord[] = [];
  const emulator = await startEmulator({
    onCall: (record) => calls.push({ ...record }),
    faults: [{ kind: "resetBefore", operation: "DescribeRefreshQuota" }],
  });
  const ask = () => callService(emulator, { operation: "DescribeRefreshQuota", parameters: {} }, {});
  try {
    await expect(ask()).rejects.toThrow();
    expect((await ask()).status).toBe(200);
    await fetch(`${emulator.endpoint}/_emulator/tasks`);
  } finally {
    await emulator.close();
  }
  expect(calls).toMatchObject([{ httpStatus: 0, fault: "resetBefore" }, { httpStatus: 200 }]);
});
