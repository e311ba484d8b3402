import CdnClient, {
  DescribePreloadDetailByIdRequest,
  DescribeRefreshQuotaRequest,
  DescribeRefreshTaskByIdRequest,
  DescribeRefreshTasksRequest,
  PushObjectCacheRequest,
  RefreshObjectCachesRequest,
} from "@alicloud/cdn20180510";
import RpcClient from "@alicloud/pop-core";
import { type Emulator, ManualClock, startEmulator } from "../../emulator";

/** The vendor's clients sign with the machine's time, so that the test's clock starts from it. */
const clock = new ManualClock(Date.now());

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ clock });
});

afterEach(() => emulator.reset());

afterAll(() => emulator.close());

interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

type SdkConfig = ConstructorParameters<typeof CdnClient>[0];

function officialSdk({ accessKeyId, accessKeySecret, securityToken }: Keys = emulator): CdnClient {
  const endpoint = emulator.endpoint.replace("http://", "");
  const config = { accessKeyId, accessKeySecret, securityToken, endpoint, protocol: "http" };
  return new CdnClient(config as SdkConfig);
}

function classicSdk({ accessKeyId, accessKeySecret, securityToken }: Keys = emulator): RpcClient {
  const { endpoint } = emulator;
  return new RpcClient({ endpoint, apiVersion: "2018-05-10", accessKeyId, accessKeySecret, securityToken });
}

test("the official SDK submits, uses both query operations, searches, purges and reads the quota", async () => {
  const sdk = officialSdk();
  const objectPath = "https://a.example.com/a b.js?x=1&y=(2)!*'~\nhttps://a.example.com/中文/é.png";
  const pushed = await sdk.pushObjectCache(
    new PushObjectCacheRequest({ objectPath, area: "overseas", l2Preload: true, queryHashkey: false }),
  );
  const taskId = pushed.body?.pushTaskId ?? "";
  expect(emulator.submissions().map(({ url }) => url)).toEqual(objectPath.split("\n"));
  clock.advance(5_000);
  const detail = await sdk.describePreloadDetailById(new DescribePreloadDetailByIdRequest({ taskId }));
  expect(detail.body?.urlDetails?.[0]).toMatchObject({ taskId, retCode: "0", status: "Complete" });
  expect(detail.body?.urlDetails?.[0]?.urls?.[0]).toMatchObject({
    url: "/a b.js?x=1&y=(2)!*'~\n",
    success: "100%",
  });
  const statusOnly = await sdk.describeRefreshTaskById(new DescribeRefreshTaskByIdRequest({ taskId }));
  expect(statusOnly.body?.tasks).toMatchObject([{ status: "Complete" }, { status: "Complete" }]);
  const found = await sdk.describeRefreshTasks(
    new DescribeRefreshTasksRequest({ domainName: "a.example.com", objectType: "preload", pageSize: 1 }),
  );
  expect(found.body?.totalCount).toBe(2);
  expect(found.body?.tasks?.CDNTask).toHaveLength(1);
  const purged = await sdk.refreshObjectCaches(
    new RefreshObjectCachesRequest({ objectPath: "https://a.example.com/d/", objectType: "Directory" }),
  );
  expect(purged.body?.refreshTaskId).toBe(emulator.purges()[0]?.taskId);
  const quota = await sdk.describeRefreshQuota(new DescribeRefreshQuotaRequest({}));
  expect(quota.body).toMatchObject({ preloadRemain: "998", preloadEdgeRemain: "1000", dirRemain: "99" });
});

test("the official SDK reports the service's errors by code and status", async () => {
  const ask = (keys?: Keys) =>
    officialSdk(keys).describePreloadDetailById(new DescribePreloadDetailByIdRequest({ taskId: "x" }));
  await expect(ask()).rejects.toMatchObject({ code: "InvalidTaskId.Malformed", statusCode: 400 });
  const { accessKeyId, accessKeySecret } = emulator;
  await expect(ask({ accessKeyId, accessKeySecret: "guess" })).rejects.toMatchObject({
    code: "SignatureDoesNotMatch",
  });
  await expect(ask({ accessKeyId: "nobody", accessKeySecret })).rejects.toMatchObject({
    code: "InvalidAccessKeyId.NotFound",
  });
});

test("the official SDK works with a temporary credential until it expires", async () => {
  const sdk = officialSdk(emulator.issueStsToken({ durationMs: 60_000 }));
  const ask = () => sdk.describeRefreshQuota(new DescribeRefreshQuotaRequest({}));
  expect((await ask()).statusCode).toBe(200);
  clock.advance(60_000);
  await expect(ask()).rejects.toMatchObject({ code: "InvalidSecurityToken.Expired" });
});

test.each(["GET", "POST"])("the classic SDK submits by %s and queries the task", async (method) => {
  const sdk = classicSdk();
  const ObjectPath = "https://a.example.com/a b.js?x=1&y=(2)!*'~\nhttps://a.example.com/中文/é.png";
  const pushed = await sdk.request<{ PushTaskId: string }>("PushObjectCache", { ObjectPath }, { method });
  expect(emulator.submissions().map(({ url }) => url)).toEqual(ObjectPath.split("\n"));
  clock.advance(5_000);
  const TaskId = pushed.PushTaskId;
  const detail = await sdk.request<{ UrlDetails: unknown[] }>("DescribePreloadDetailById", { TaskId });
  expect(detail.UrlDetails).toMatchObject([{ Status: "Complete", RetCode: "0" }]);
});

test("the classic SDK keeps the digits of an id past 2^53", async () => {
  emulator.configure({ taskIdsAsNumbers: true });
  const pushed = await classicSdk().request<{ PushTaskId: { toString(): string } }>("PushObjectCache", {
    ObjectPath: "https://a.example.com/1",
  });
  expect(pushed.PushTaskId.toString()).toBe(emulator.submissions()[0]?.taskId);
});

test("the classic SDK reports refusals and an expired temporary credential", async () => {
  const { accessKeyId, accessKeySecret, securityToken } = emulator.issueStsToken({ durationMs: 60_000 });
  const ask = (keys?: Keys) => classicSdk(keys).request("DescribeRefreshQuota", {});
  await expect(ask({ accessKeyId: emulator.accessKeyId, accessKeySecret: "guess" })).rejects.toMatchObject({
    code: "SignatureDoesNotMatch",
  });
  expect(await ask({ accessKeyId, accessKeySecret, securityToken })).toMatchObject({ UrlQuota: "10000" });
  clock.advance(60_000);
  await expect(ask({ accessKeyId, accessKeySecret, securityToken })).rejects.toMatchObject({
    code: "InvalidSecurityToken.Expired",
  });
});
