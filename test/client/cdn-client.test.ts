import type { CdnClient } from "../../provider/client/cdn-client";
import { countedClient } from "../../provider/client/counted-client";
import { createCdnClient } from "../../provider/client/create-cdn-client";
import type { GateError } from "../../provider/core/errors";
import type { IncompleteSearchError } from "../../provider/core/incomplete-search";
import type { Transport, TransportCallOptions } from "../../provider/transport/service-transport";
import { failed, inWords } from "../support/words";

interface SeenCall {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly options: TransportCallOptions;
}

/** A transport that plays a list of bodies and errors, and fails on any call beyond it. */
function scripted(...answers: unknown[]): { client: CdnClient; calls: SeenCall[] } {
  const calls: SeenCall[] = [];
  const transport: Transport = {
    call: async (operation, parameters, options) => {
      calls.push({ operation, parameters, options });
      if (answers.length === 0) {
        throw new Error(`unexpected ${operation}`);
      }
      options.onAttempt?.();
      const body = answers.shift();
      if (body instanceof Error) {
        throw body;
      }
      return { body, requestId: "R-1", httpStatus: 200 };
    },
    serverNowMs: () => 1_234,
    knowsServerTime: () => true,
    callCount: () => calls.length,
    close: async () => {},
  };
  return { client: createCdnClient(transport), calls };
}

async function failureOf(call: Promise<unknown>): Promise<GateError> {
  return call.then(
    () => {
      throw new Error("the call did not fail");
    },
    (error: GateError) => inWords(error),
  );
}

const ENTRY = {
  TaskId: "14286878547",
  Domain: "example.com",
  CreationTime: "2022-11-23T02:26:56Z",
  EndTime: "2022-11-23T02:27:00Z",
  RetCode: "0",
  Process: "100%",
  Status: "Complete",
  Urls: [{ Url: "/abc.jpg\r\n", Success: "47%", Description: "Successfully preloaded" }],
};

function detailAnswer(change: Record<string, unknown> = {}): unknown {
  return { TotalCount: 1, RequestId: "R-1", UrlDetails: [{ ...ENTRY, ...change }] };
}

const ROW = {
  TaskId: "95241",
  ObjectPath: "https://example.com/a.js\n",
  ObjectType: "preload",
  Status: "Refreshing",
  Process: "99.37%",
  CreationTime: "2022-11-23T02:26:56Z",
  Description: "",
};

function page(number: number, totalCount: number, rows: unknown[], pageSize = 100): unknown {
  return {
    RequestId: `R-${number}`,
    PageNumber: number,
    PageSize: pageSize,
    TotalCount: totalCount,
    Tasks: { CDNTask: rows },
  };
}

function rows(from: number, to: number): unknown[] {
  return Array.from({ length: to - from }, (_, index) => ({
    ...ROW,
    ObjectPath: `https://example.com/${from + index}.js`,
  }));
}

test("a push sends its URLs in one parameter, and only what was asked for", async () => {
  const { client, calls } = scripted({ PushTaskId: "1,2", RequestId: "R-1" });
  await expect(client.pushObjectCache({ urls: ["https://a.com/x", "a.com/y"] })).resolves.toEqual({
    taskIds: ["1", "2"],
    requestId: "R-1",
  });
  expect(calls).toEqual([
    {
      operation: "PushObjectCache",
      parameters: { ObjectPath: "https://a.com/x\na.com/y" },
      options: { kind: "submission" },
    },
  ]);
});

test("a push sends every option under the service's own name", async () => {
  const { client, calls } = scripted({ PushTaskId: 1 });
  await client.pushObjectCache({
    urls: ["a.com/x"],
    area: "overseas",
    l2Preload: true,
    queryHashKey: false,
    headers: { "Accept-Encoding": ["gzip", "br"] },
  });
  expect(calls[0]?.parameters).toEqual({
    ObjectPath: "a.com/x",
    Area: "overseas",
    L2Preload: "true",
    QueryHashkey: "false",
    WithHeader: '{"Accept-Encoding":["gzip","br"]}',
  });
});

test("signal and priority reach the transport", async () => {
  const { client, calls } = scripted({ PushTaskId: 1 }, detailAnswer());
  const { signal } = new AbortController();
  await client.pushObjectCache({ urls: ["a.com/x"] }, { signal, priority: "high" });
  await client.describePreloadDetailById("14286878547", { signal });
  expect(calls.map((call) => call.options)).toEqual([
    { signal, priority: "high", kind: "submission" },
    { signal, kind: "query" },
  ]);
});

test("a push whose answer names no task may have been accepted", async () => {
  const error = await failureOf(scripted({ RequestId: "R-1" }).client.pushObjectCache({ urls: ["a.com/x"] }));
  expect(error).toMatchObject({ code: "malformedAnswer", mayHaveBeenAccepted: true, requestId: "R-1" });
  expect(error.message).toBe(
    "PushObjectCache: PushTaskId is missing (HTTP 200, request id R-1). The service may have accepted it.",
  );
});

test("a detail response is converted to the project's words, and a path loses its line break", async () => {
  const { client, calls } = scripted(detailAnswer());
  await expect(client.describePreloadDetailById("14286878547")).resolves.toEqual({
    requestId: "R-1",
    entries: [
      {
        taskId: "14286878547",
        domain: "example.com",
        creationTime: "2022-11-23T02:26:56Z",
        createdMs: 1669170416000,
        endTime: "2022-11-23T02:27:00Z",
        endedMs: 1669170420000,
        retCode: "0",
        processPercent: 100,
        status: "Complete",
        rows: [{ path: "/abc.jpg", successPercent: 47, description: "Successfully preloaded" }],
      },
    ],
  });
  expect(calls[0]).toMatchObject({ parameters: { TaskId: "14286878547" }, options: { kind: "query" } });
});

test("a task that is not visible yet has no entries", async () => {
  const { client } = scripted({ RequestId: "R-1", UrlDetails: [] });
  await expect(client.describePreloadDetailById("1")).resolves.toEqual({ requestId: "R-1", entries: [] });
});

test("a detail answer about another task is an error, not a verdict", async () => {
  const error = await failureOf(scripted(detailAnswer()).client.describePreloadDetailById("7"));
  expect(error).toMatchObject({ code: "malformedAnswer", mayHaveBeenAccepted: false });
  expect(error.message).toBe(
    "DescribePreloadDetailById: UrlDetails[0].TaskId is 14286878547, but task 7 was asked about (HTTP 200, request id R-1).",
  );
});

test.each([
  [{ RetCode: undefined }, "UrlDetails[0].RetCode is missing although Status is Complete"],
  [{ Status: 7 }, "UrlDetails[0].Status must be a string"],
  [{ Urls: [{ Url: "/a" }] }, "UrlDetails[0].Urls[0].Success is missing although Status is Complete"],
])("a detail answer with %j names the field", async (change, fault) => {
  const { client } = scripted(detailAnswer(change));
  const error = await failureOf(client.describePreloadDetailById("14286878547"));
  expect(error.code).toBe("malformedAnswer");
  expect(error.message).toBe(`DescribePreloadDetailById: ${fault} (HTTP 200, request id R-1).`);
});

test.each(["Forbidden.RAM", "NoPermission", "Forbidden.Unheard"])(
  "a refusal of the detail operation with %s means that the account is not on the allow-list",
  async (serviceCode) => {
    const refusal = failed("permission", undefined, {
      operation: "DescribePreloadDetailById",
      serviceCode,
      requestId: "R-9",
      httpStatus: 403,
    });
    const error = await failureOf(scripted(refusal).client.describePreloadDetailById("1"));
    expect(error).toMatchObject({ code: "notOnAllowList", serviceCode, requestId: "R-9", httpStatus: 403 });
    expect(error.message).toBe(
      `This account may not ask for details: DescribePreloadDetailById: ${serviceCode} (HTTP 403, request id R-9). The RAM action is cdn:DescribePreloadDetailById.`,
    );
  },
);

test("a refusal because of an invalid access key stays a credentials error", async () => {
  const refusal = failed("credentials", "no", { serviceCode: "InvalidAccessKeyId.NotFound" });
  await expect(scripted(refusal).client.describePreloadDetailById("1")).rejects.toBe(refusal);
});

test("the same refusal of another operation stays a permission error", async () => {
  const refusal = failed("permission", "no", { serviceCode: "Forbidden.RAM" });
  await expect(scripted(refusal).client.describeRefreshTaskById(["1"])).rejects.toBe(refusal);
});

test("a status-only poll sends its ids separated by commas, and a URL loses its line break", async () => {
  const { client, calls } = scripted({ RequestId: "R-1", TotalCount: 1, Tasks: [ROW] });
  await expect(client.describeRefreshTaskById(["95241", "95242"])).resolves.toEqual({
    requestId: "R-1",
    rows: [
      {
        taskId: "95241",
        url: "https://example.com/a.js",
        objectType: "preload",
        status: "Refreshing",
        processPercent: 99.37,
        creationTime: "2022-11-23T02:26:56Z",
        createdMs: 1669170416000,
        description: undefined,
      },
    ],
  });
  expect(calls[0]?.parameters).toEqual({ TaskId: "95241,95242" });
});

test("a search sends its filter, and rounds the window outwards to whole seconds", async () => {
  const { client, calls } = scripted(page(1, 0, []));
  await client.describeRefreshTasks({
    domain: "example.com",
    objectType: "preload",
    url: "https://example.com/a.js",
    status: "Complete",
    startTimeMs: Date.parse("2026-11-23T10:00:00.900Z"),
    endTimeMs: Date.parse("2026-11-23T10:00:01.001Z"),
  });
  expect(calls[0]?.parameters).toEqual({
    ObjectPath: "https://example.com/a.js",
    DomainName: "example.com",
    ObjectType: "preload",
    Status: "Complete",
    StartTime: "2026-11-23T10:00:00Z",
    EndTime: "2026-11-23T10:00:02Z",
    PageSize: "100",
    PageNumber: "1",
  });
});

test("a search reads all pages, even if the service makes them smaller than requested", async () => {
  const { client, calls } = scripted(
    page(1, 45, rows(0, 20), 20),
    page(2, 45, rows(20, 40), 20),
    page(3, 45, rows(40, 45), 20),
  );
  const answer = await client.describeRefreshTasks({});
  expect(answer.rows).toHaveLength(45);
  expect(calls.map((call) => call.parameters.PageNumber)).toEqual(["1", "2", "3"]);
});

test("a search during which new tasks push rows to the next page has each row once and misses none", async () => {
  const { client } = scripted(
    page(1, 4, rows(0, 2), 2),
    // One new row at the top: row 1 comes again, and there is one page more.
    page(2, 5, rows(1, 3), 2),
    page(3, 5, rows(3, 4), 2),
  );
  const { rows: found } = await client.describeRefreshTasks({});
  expect(found.map((row) => row.url)).toEqual([0, 1, 2, 3].map((index) => `https://example.com/${index}.js`));
});

test("a search that cannot be read to its end is an error, because a missing URL may be submitted again", async () => {
  const { client } = scripted(page(1, 250, rows(0, 100)), page(2, 250, []));
  expect((await failureOf(client.describeRefreshTasks({}))).message).toBe(
    "DescribeRefreshTasks: Tasks is empty on page 2 although TotalCount is 250 and 100 came before (HTTP 200, request id R-1).",
  );
});

test("a search continues past the expected number of pages if the service silently limits their size", async () => {
  // Asked for 100 a page and told that it gives them, it gives 20.
  const { client } = scripted(page(1, 45, rows(0, 20)), page(2, 45, rows(20, 40)), page(3, 45, rows(40, 45)));
  expect((await client.describeRefreshTasks({})).rows).toHaveLength(45);
});

test.each([
  [
    "one row is named and none is shown",
    [page(1, 1, [])],
    "Tasks is empty on page 1 although TotalCount is 1",
  ],
  [
    "the count is a text",
    [{ ...(page(1, 0, []) as object), TotalCount: "1" }],
    "Tasks is empty on page 1 although TotalCount is 1",
  ],
  [
    "a page that is shorter than asked is followed by none",
    [page(1, 45, rows(0, 20)), page(2, 45, [])],
    "Tasks is empty on page 2 although TotalCount is 45 and 20 came before",
  ],
  [
    "the count was larger on an earlier page",
    [page(1, 45, rows(0, 20)), page(2, 40, rows(20, 40)), page(3, 40, [])],
    "Tasks is empty on page 3 although TotalCount is 45 and 40 came before",
  ],
  [
    "the same rows come on every page",
    [page(1, 45, rows(0, 20)), page(2, 45, rows(0, 20)), page(3, 45, rows(0, 20))],
    "Tasks holds only 20 of the 45 rows that TotalCount names, and page 3 repeats them",
  ],
  [
    "one row comes twice in place of another",
    [page(1, 2, [...rows(0, 1), ...rows(0, 1)]), page(2, 2, [])],
    "Tasks is empty on page 2 although TotalCount is 2 and 1 came before",
  ],
])("a search is an error if %s", async (_what, pages, fault) => {
  const { client } = scripted(...pages);
  const error = await failureOf(client.describeRefreshTasks({}));
  expect(error.message).toBe(`DescribeRefreshTasks: ${fault} (HTTP 200, request id R-1).`);
  expect(error).toMatchObject({ code: "malformedAnswer", retryable: true });
});

test("a search that always shows the same row is given up, with any count", async () => {
  const same = Array.from({ length: 20 }, (_, index) => page(index + 1, 100_000, rows(0, 1)));
  const { client, calls } = scripted(...same);
  expect((await failureOf(client.describeRefreshTasks({}))).code).toBe("malformedAnswer");
  expect(calls).toHaveLength(11);
});

test("an incomplete search returns what it has shown", async () => {
  const one = (index: number, number: number) => page(number, 4, rows(index, index + 1), 1);
  // The same row is on two pages, as if a task holds a URL twice. The following pages are still read.
  const { client } = scripted(one(0, 1), one(0, 2), one(1, 3), one(2, 4), page(5, 4, [], 1));
  const error = await failureOf(client.describeRefreshTasks({}));
  expect((error as IncompleteSearchError).rows).toHaveLength(3);
});

test("a search whose pages never end is given up", async () => {
  const endless = Array.from({ length: 1_001 }, (_, index) =>
    page(index + 1, index + 2, rows(index, index + 1)),
  );
  const { client, calls } = scripted(...endless);
  expect((await failureOf(client.describeRefreshTasks({}))).message).toBe(
    "DescribeRefreshTasks: Tasks holds only 1000 of the 1001 rows that TotalCount names, after 1000 pages (HTTP 200, request id R-1).",
  );
  expect(calls).toHaveLength(1_000);
});

test("a search that is answered with another page is an error", async () => {
  const { client } = scripted(page(1, 250, rows(0, 100)), page(1, 250, rows(0, 100)));
  expect((await failureOf(client.describeRefreshTasks({}))).message).toBe(
    "DescribeRefreshTasks: PageNumber is 1, but page 2 was asked for (HTTP 200, request id R-1).",
  );
});

test("a quota is returned by kind of POP, and a missing number is absent", async () => {
  const { client } = scripted({
    RequestId: "R-1",
    PreloadQuota: "1000",
    PreloadRemain: "400",
    PreloadEdgeRemain: 7,
    UrlQuota: "2000",
  });
  await expect(client.describeRefreshQuota()).resolves.toEqual({
    requestId: "R-1",
    preloadL2: { total: 1000, remaining: 400 },
    preloadL1: { total: undefined, remaining: 7 },
    refreshUrls: undefined,
  });
});

test("a purge is a submission of files", async () => {
  const { client, calls } = scripted({ RefreshTaskId: "5", RequestId: "R-1" });
  await expect(client.refreshObjectCaches(["https://a.com/x", "https://a.com/y"])).resolves.toEqual({
    taskIds: ["5"],
    requestId: "R-1",
  });
  expect(calls[0]).toEqual({
    operation: "RefreshObjectCaches",
    parameters: { ObjectPath: "https://a.com/x\nhttps://a.com/y", ObjectType: "File" },
    options: { kind: "submission" },
  });
});

test("the time and the count of calls come from the transport", async () => {
  const { client } = scripted(detailAnswer());
  await client.describePreloadDetailById("14286878547");
  expect([client.serverNowMs(), client.knowsServerTime(), client.callCount()]).toEqual([1_234, true, 1]);
});

test("a counted client counts only the calls made through it", async () => {
  const { client } = scripted(detailAnswer(), detailAnswer());
  const counted = countedClient(client);
  await client.describePreloadDetailById("14286878547");
  await counted.describePreloadDetailById("14286878547");
  expect([client.callCount(), counted.callCount()]).toEqual([2, 1]);
});
