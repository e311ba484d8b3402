import { refreshObjectCachesAnswer } from "../../provider/wire/operations";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

test("a refresh returns its own task id and is counted separately from preloads", async () => {
  const { emulator, clock, call, push } = await start();
  const url = "https://a.example.com/1";
  const [pushId] = await push(url);
  const answer = await call("RefreshObjectCaches", { ObjectPath: url, Force: "true" });
  const [taskId = ""] = refreshObjectCachesAnswer.parse(answer.json).RefreshTaskId;
  expect(taskId).not.toBe(pushId);
  expect([emulator.submissionCount(url), emulator.purgeCount(url)]).toEqual([1, 1]);
  expect(emulator.purges()).toMatchObject([{ url, taskId }]);
  clock.advance(5_000);
  const { json } = await call("DescribeRefreshTaskById", { TaskId: taskId });
  expect(json.Tasks).toMatchObject([{ ObjectType: "file", Status: "Complete" }]);
});

test("a directory ends with a slash, and one call takes up to 1,000 files or 100 directories", async () => {
  const { emulator, call } = await start();
  const paths = (count: number, end: string) =>
    Array.from({ length: count }, (_, index) => `https://a.example.com/${index}${end}`).join("\n");
  const refresh = async (ObjectPath: string, ObjectType: string) =>
    (await call("RefreshObjectCaches", { ObjectPath, ObjectType }, { asForm: true })).json.Code;
  expect(await refresh(paths(1_000, ""), "File")).toBeUndefined();
  expect(await refresh(paths(1_001, ""), "File")).toBe("InvalidObjectPath.Malformed");
  expect(await refresh(paths(100, "/"), "Directory")).toBeUndefined();
  expect(await refresh(paths(101, "/"), "Directory")).toBe("InvalidObjectPath.Malformed");
  expect(await refresh(paths(1, ""), "Directory")).toBe("InvalidObjectPath.Malformed");
  expect(await refresh(paths(1, ""), "Cookie")).toBe("InvalidParameters");
  expect(emulator.purgeCount()).toBe(1_100);
});

test("a call that exceeds the refresh quota is refused", async () => {
  const { call } = await start({ quotas: { refreshUrls: 1 } });
  const refresh = () => call("RefreshObjectCaches", { ObjectPath: "https://a.example.com/1" });
  expect((await refresh()).status).toBe(200);
  const refused = await refresh();
  expect([refused.status, refused.json.Code]).toEqual([400, "QuotaExceeded.Refresh"]);
});

test("a rule can script refreshes, and the script in a URL applies only to preloads", async () => {
  const { emulator, call } = await start({
    scenario: { rules: [{ host: "a.example.com", path: "/never", task: "refresh", script: "never-ends" }] },
  });
  await call("RefreshObjectCaches", {
    ObjectPath: "https://a.example.com/never\nhttps://a.example.com/emulate-no-such-script/x",
  });
  expect(emulator.purges().map(({ script }) => script)).toEqual(["never-ends", "passes"]);
});
