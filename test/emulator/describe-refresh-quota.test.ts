import { describeRefreshQuotaAnswer } from "../../provider/wire/operations";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

test("quotas are strings, and submissions reduce them", async () => {
  const { call, push } = await start({ quotas: { preloadL1: 50 } });
  await push("https://a.example.com/1", "https://a.example.com/2");
  await call("PushObjectCache", { ObjectPath: "https://a.example.com/1", L2Preload: "true" });
  await call("RefreshObjectCaches", { ObjectPath: "https://a.example.com/1" });
  await call("RefreshObjectCaches", { ObjectPath: "https://a.example.com/d/", ObjectType: "Directory" });
  const { json } = await call("DescribeRefreshQuota");
  expect(json).toEqual({
    RequestId: expect.any(String),
    PreloadQuota: "1000",
    PreloadRemain: "999",
    PreloadEdgeQuota: "50",
    PreloadEdgeRemain: "48",
    UrlQuota: "10000",
    UrlRemain: "9999",
    DirQuota: "100",
    DirRemain: "99",
    RegexQuota: "20",
    RegexRemain: "20",
    IgnoreParamsQuota: "20",
    IgnoreParamsRemain: "20",
    BlockQuota: "300",
    BlockRemain: "300",
  });
  expect(describeRefreshQuotaAnswer.parse(json)).toMatchObject({ PreloadEdgeRemain: 48, PreloadRemain: 999 });
});

test("quotas reset at midnight UTC+8", async () => {
  const { clock, call, push } = await start();
  await push("https://a.example.com/1");
  const remaining = async () => (await call("DescribeRefreshQuota")).json.PreloadEdgeRemain;
  clock.advance(8 * 60 * 60 * 1_000 - 1);
  expect(await remaining()).toBe("999");
  clock.advance(1);
  expect(await remaining()).toBe("1000");
});

test("a refused call uses no quota", async () => {
  const { call } = await start();
  await call("PushObjectCache", { ObjectPath: "https://a.example.com/1\nnonsense" });
  expect((await call("DescribeRefreshQuota")).json.PreloadEdgeRemain).toBe("1000");
});
