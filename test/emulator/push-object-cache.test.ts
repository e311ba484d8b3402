import { SERVICE_ERROR_CODES } from "../../provider/wire/error-codes";
import { pushObjectCacheAnswer } from "../../provider/wire/operations";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

const URL_A = "https://cdn.example.com/app.js?v=1";

function manyUrls(count: number, domain = "cdn.example.com"): string {
  return Array.from({ length: count }, (_, index) => `https://${domain}/${index}.js`).join("\n");
}

test("a push returns a task id, and its URL is recorded", async () => {
  const { emulator, call } = await start();
  const answer = await call("PushObjectCache", { ObjectPath: URL_A });
  expect(answer.status).toBe(200);
  const [taskId] = pushObjectCacheAnswer.parse(answer.json).PushTaskId;
  expect(emulator.submissions()).toEqual([
    { url: URL_A, taskId, domain: "cdn.example.com", at: "2026-01-15T08:00:00.000Z", script: "passes" },
  ]);
  expect(emulator.calls).toEqual([
    {
      at: "2026-01-15T08:00:00.000Z",
      operation: "PushObjectCache",
      parameters: { ObjectPath: URL_A },
      requestId: answer.json.RequestId,
      httpStatus: 200,
      taskIds: [taskId],
    },
  ]);
});

test("parameters are read from a form body, and with GET from the query string", async () => {
  const { emulator, call } = await start();
  expect((await call("PushObjectCache", { ObjectPath: manyUrls(100) }, { asForm: true })).status).toBe(200);
  expect((await call("PushObjectCache", { ObjectPath: URL_A }, { method: "GET" })).status).toBe(200);
  expect(emulator.submissionCount()).toBe(101);
});

test("URLs are separated by line feeds with or without a carriage return, with or without a scheme", async () => {
  const { emulator, push } = await start();
  await push("CDN.example.com/a\r\nhttp://cdn.example.com/b\r\n\r\nhttps://cdn.example.com/中.png");
  expect(emulator.submissions().map(({ url, domain }) => [url, domain])).toEqual([
    ["CDN.example.com/a", "cdn.example.com"],
    ["http://cdn.example.com/b", "cdn.example.com"],
    ["https://cdn.example.com/中.png", "cdn.example.com"],
  ]);
});

test("URLs of one domain and second share a task id across calls, and another domain or second has its own", async () => {
  const { clock, push } = await start();
  const [first, otherDomain] = await push(
    "https://a.example.com/1",
    "https://a.example.com/2",
    "https://b.example.com/1",
  );
  clock.advance(999);
  expect(await push("https://a.example.com/3")).toEqual([first]);
  clock.advance(1);
  const [nextSecond] = await push("https://a.example.com/4");
  expect(new Set([first, otherDomain, nextSecond]).size).toBe(3);
});

test("every further 500 URLs of a domain and second get another id", async () => {
  const { emulator, call, push } = await start({ quotas: { preloadL1: 2_000 } });
  const ids: string[] = [];
  for (let batch = 0; batch < 11; batch += 1) {
    const urls = Array.from({ length: 95 }, (_, index) => `https://a.example.com/${batch}/${index}`);
    ids.push(...(await push(...urls)));
  }
  // Five batches of 95 fill 475 places; the sixth call is spread over two tasks.
  expect(ids).toHaveLength(11 + 2);
  expect(new Set(ids).size).toBe(3);
  expect(emulator.tasks().map(({ urls }) => urls.length)).toEqual([500, 500, 45]);
  expect((await call("PushObjectCache", { ObjectPath: "https://a.example.com/x" })).json.PushTaskId).toBe(
    emulator.tasks()[2]?.taskId,
  );
});

test("a URL that is submitted again counts again, with any scheme", async () => {
  const { emulator, push } = await start();
  await push(URL_A, URL_A);
  await push(URL_A.replace("https", "http"), "https://cdn.example.com/other");
  expect(emulator.submissionCount(URL_A)).toBe(3);
  expect(emulator.submissionCount("cdn.example.com/app.js?v=1")).toBe(3);
  expect(emulator.submissionCount("https://cdn.example.com/app.js")).toBe(0);
  expect(emulator.submissionCount()).toBe(4);
});

test.each([
  ["InvalidObjectPath.Malformed", { ObjectPath: "/no-domain" }],
  ["InvalidObjectPath.Malformed", { ObjectPath: "https://cdn.example.com" }],
  ["InvalidObjectPath.Malformed", { ObjectPath: "ftp://cdn.example.com/a" }],
  ["InvalidObjectPath.Malformed", { ObjectPath: "https://cdn.example.com:8080/a" }],
  ["InvalidObjectPath.Malformed", { ObjectPath: `https://cdn.example.com/${"x".repeat(1_001)}` }],
  ["InvalidObjectPath.Malformed", { ObjectPath: manyUrls(101) }],
  ["InvalidExtensiveDomain.ValueNotSupported", { ObjectPath: "https://.example.com/a" }],
  ["MissingParameter", {}],
  ["MissingParameter", { ObjectPath: "\n" }],
  ["InvalidParameters", { ObjectPath: URL_A, Area: "mars" }],
  ["InvalidParameters", { ObjectPath: URL_A, L2Preload: "yes" }],
  ["InvalidParameters", { ObjectPath: URL_A, QueryHashkey: "1" }],
  ["InvalidParameters", { ObjectPath: URL_A, WithHeader: "gzip" }],
  ["InvalidParameters", { ObjectPath: URL_A, WithHeader: '{"Accept-Encoding":"gzip"}' }],
] as const)("a push is refused with %s, and none of its URLs is taken: %j", async (code, parameters) => {
  const { emulator, call } = await start();
  const answer = await call("PushObjectCache", parameters, { asForm: true });
  expect(answer.json).toMatchObject({
    Code: code,
    RequestId: expect.any(String),
    HostId: expect.any(String),
  });
  expect(answer.json).toMatchObject({ Message: expect.any(String), Recommend: expect.any(String) });
  expect(answer.status).toBe(SERVICE_ERROR_CODES[code].httpStatus);
  expect(emulator.submissionCount()).toBe(0);
  expect(emulator.calls[0]).toMatchObject({ httpStatus: answer.status, errorCode: code });
});

test("one bad URL refuses the whole call", async () => {
  const { emulator, call } = await start();
  const answer = await call("PushObjectCache", { ObjectPath: `${URL_A}\nnot-a-url` });
  expect(answer.json.Message).toContain("line 2");
  expect(emulator.submissionCount()).toBe(0);
});

test("every documented parameter is accepted", async () => {
  const { call } = await start();
  const answer = await call("PushObjectCache", {
    ObjectPath: URL_A,
    Area: "overseas",
    L2Preload: "true",
    QueryHashkey: "false",
    WithHeader: '{"Accept-Encoding":["gzip","br"]}',
  });
  expect(answer.status).toBe(200);
});

test("an unknown script in a URL is refused with the names that exist", async () => {
  const { emulator, call } = await start();
  const answer = await call("PushObjectCache", {
    ObjectPath: `${URL_A}\nhttps://cdn.example.com/emulate-retcode-404/a.js`,
  });
  expect(answer.status).toBe(400);
  expect(answer.json.Code).toBe("InvalidObjectPath.Malformed");
  expect(answer.json.Message).toContain('"retcode-404"');
  expect(answer.json.Message).toContain("retcode-500, failed-status");
  expect(emulator.submissionCount()).toBe(0);
});

test("a domain that is another account's, offline or being configured is refused", async () => {
  const { call, push } = await start({
    domains: {
      "on.example.com": "online",
      "off.example.com": "offline",
      "busy.example.com": "configuring",
    },
  });
  const codeFor = async (url: string) => {
    const { status, json } = await call("PushObjectCache", { ObjectPath: url });
    return [status, json.Code];
  };
  expect(await codeFor("https://unknown.example.com/a")).toEqual([404, "InvalidDomain.NotFound"]);
  expect(await codeFor("https://off.example.com/a")).toEqual([404, "InvalidDomain.Offline"]);
  expect(await codeFor("https://busy.example.com/a")).toEqual([403, "ServiceBusy"]);
  expect(await push("https://on.example.com/a")).toHaveLength(1);
});

test("a call that exceeds the daily quota is refused, and L2 and L1 have separate quotas", async () => {
  const { emulator, call, push } = await start({ quotas: { preloadL1: 2, preloadL2: 1 } });
  await push("https://a.example.com/1");
  const refused = await call("PushObjectCache", {
    ObjectPath: "https://a.example.com/2\nhttps://a.example.com/3",
  });
  expect([refused.status, refused.json.Code]).toEqual([400, "QuotaExceeded.Preload"]);
  await push("https://a.example.com/2");
  const l2 = { ObjectPath: "https://a.example.com/1", L2Preload: "true" };
  expect((await call("PushObjectCache", l2)).status).toBe(200);
  expect((await call("PushObjectCache", l2)).json.Code).toBe("QuotaExceeded.Preload");
  expect(emulator.submissionCount()).toBe(3);
});

test("a full queue refuses URLs until running preloads have ended", async () => {
  const { clock, call, push } = await start({ queueCapacityUrls: 2 });
  await push("https://a.example.com/1", "https://a.example.com/2");
  const refused = await call("PushObjectCache", { ObjectPath: URL_A });
  expect([refused.status, refused.json.Code, refused.json.Message]).toEqual([
    400,
    "PreloadQueueFull",
    "Preload queue is full, please try again later!",
  ]);
  clock.advance(3_500);
  expect(await push(URL_A)).toHaveLength(1);
});

test("ids past 2^53 are sent as JSON numbers whose digits a double cannot hold", async () => {
  const { clock, call } = await start({ taskIdsAsNumbers: true, visibilityDelayMs: 0 });
  const first = await call("PushObjectCache", { ObjectPath: URL_A });
  expect(first.text).toContain('"PushTaskId":9007199254740993');
  clock.advance(1_000);
  const two = await call("PushObjectCache", { ObjectPath: `${URL_A}\nhttps://b.example.com/1` });
  expect(two.json.PushTaskId).toBe("9007199254740995,9007199254740997");
  const detail = await call("DescribePreloadDetailById", { TaskId: "9007199254740993" });
  expect(detail.text).toContain('"TaskId":9007199254740993,');
});

test("the next task gets a preset id", async () => {
  const { clock, emulator, push } = await start();
  emulator.presetTaskId("14286878547");
  expect(await push(URL_A)).toEqual(["14286878547"]);
  clock.advance(1_000);
  expect(await push(URL_A)).not.toEqual(["14286878547"]);
});

test("a hundred long URLs do not fit into a query string, but into a form body", async () => {
  const { emulator, call } = await start();
  const urls = Array.from({ length: 100 }, (_, index) => `https://a.example.com/${index}`.padEnd(1_024, "x"));
  const ObjectPath = urls.join("\n");
  expect((await call("PushObjectCache", { ObjectPath })).status).toBe(431);
  expect((await call("PushObjectCache", { ObjectPath }, { asForm: true })).status).toBe(200);
  expect(emulator.submissionCount()).toBe(100);
});
