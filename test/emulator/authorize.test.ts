import { isAllowListRefusal } from "../../provider/wire/error-codes";
import { CALLS_PER_SECOND } from "../../provider/wire/limits";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

const VALID_PARAMETERS: Record<string, Record<string, string>> = {
  PushObjectCache: { ObjectPath: "https://a.example.com/1" },
  RefreshObjectCaches: { ObjectPath: "https://a.example.com/1" },
  DescribePreloadDetailById: { TaskId: "1" },
  DescribeRefreshTaskById: { TaskId: "1" },
  DescribeRefreshTasks: {},
  DescribeRefreshQuota: {},
};

test.each(["NoPermission", "Forbidden.RAM", "OperationDenied", "InvalidAction.NotFound"] as const)(
  "an account that is not on the allow-list is refused only the detail operation, with %s",
  async (allowListRefusalCode) => {
    const { call } = await start({ allowListed: false, allowListRefusalCode });
    const answer = await call("DescribePreloadDetailById", { TaskId: "1" });
    expect(answer.json.Code).toBe(allowListRefusalCode);
    expect(isAllowListRefusal(answer.json.Code)).toBe(true);
    expect((await call("DescribeRefreshTaskById", { TaskId: "1" })).status).toBe(200);
  },
);

test("a RAM policy in the vendor's format decides per action", async () => {
  const { emulator, call } = await start({
    ramPolicy: {
      Version: "1",
      Statement: [
        { Effect: "Allow", Action: ["cdn:Describe*", "cdn:PushObjectCache"], Resource: "*" },
        { Effect: "Deny", Action: "cdn:DescribeRefreshQuota" },
      ],
    },
  });
  const codes: Record<string, string | undefined> = {};
  for (const [operation, parameters] of Object.entries(VALID_PARAMETERS)) {
    codes[operation] = (await call(operation, parameters)).json.Code;
  }
  expect(codes).toEqual({ RefreshObjectCaches: "Forbidden.RAM", DescribeRefreshQuota: "Forbidden.RAM" });
  emulator.configure({
    ramPolicy: { Statement: [{ Effect: "Allow", Action: "cdn:*", Resource: "acs:oss:*" }] },
  });
  const refused = await call("DescribeRefreshQuota");
  expect([refused.status, refused.json.Code]).toEqual([403, "Forbidden.RAM"]);
});

test("every operation is OperationDenied if the service is not activated", async () => {
  const { call } = await start({ serviceOpened: false });
  for (const [operation, parameters] of Object.entries(VALID_PARAMETERS)) {
    const { status, json } = await call(operation, parameters);
    expect([operation, status, json.Code]).toEqual([operation, 403, "OperationDenied"]);
  }
});

test.each(Object.entries(CALLS_PER_SECOND))(
  "%s takes its documented %i calls in any one second",
  async (operation, callsPerSecond) => {
    const { clock, call } = await start();
    const send = async () => (await call(operation, VALID_PARAMETERS[operation])).json.Code;
    for (let sent = 0; sent < callsPerSecond; sent += 1) expect(await send()).toBeUndefined();
    const code = operation === "DescribePreloadDetailById" ? "TooManyRequests" : "Throttling.User";
    clock.advance(999);
    expect(await send()).toBe(code);
    clock.advance(1);
    expect(await send()).toBeUndefined();
  },
);

test("the rate is counted per operation and can be set, and TooManyRequests has status 429", async () => {
  const { call } = await start({ callsPerSecond: { DescribePreloadDetailById: 1 } });
  expect((await call("DescribePreloadDetailById", { TaskId: "1" })).status).toBe(200);
  const refused = await call("DescribePreloadDetailById", { TaskId: "1" });
  expect([refused.status, refused.json.Message]).toEqual([429, "Too many requests, please try again later"]);
  expect((await call("DescribeRefreshTaskById", { TaskId: "1" })).status).toBe(200);
});

test("a call with a wrong signature does not count towards the rate", async () => {
  const { call } = await start({ callsPerSecond: { DescribeRefreshQuota: 1 } });
  await call("DescribeRefreshQuota", {}, { accessKeySecret: "guess" });
  expect((await call("DescribeRefreshQuota")).status).toBe(200);
});
