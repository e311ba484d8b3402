import type { z } from "zod";
import { problemsOf } from "../../../provider/core/problems";
import { parseWireJson } from "../../../provider/wire/json";
import type { OperationName } from "../../../provider/wire/limits";
import { ANSWER_SCHEMAS, errorAnswer } from "../../../provider/wire/operations";
import { wordingFor } from "../../support/words";

/** The API reference's own example, verbatim. */
const DETAIL_EXAMPLE = `{ "TotalCount": 1, "RequestId": "E9D3257A-1B7C-414C-90C1-8D07AC47BCAC",
  "UrlDetails": [ { "TaskId": "14286878547", "Domain": "example.com",
    "CreationTime": "2022-11-23T02:26:56Z", "EndTime": "2022-11-23T02:27:00Z",
    "RetCode": "0", "Process": "100%", "Status": "Complete",
    "Urls": [ { "Url": "/abc.jpg\\n", "Success": "47%", "Description": "Successfully preloaded" } ] } ] }`;

interface LooseDetail {
  UrlDetails: (Record<string, unknown> & { Urls: Record<string, unknown>[] })[];
}

/** The example with one change. */
function detailWith(change: (entry: LooseDetail["UrlDetails"][number]) => void): unknown {
  const answer = parseWireJson(DETAIL_EXAMPLE) as LooseDetail;
  for (const entry of answer.UrlDetails) {
    change(entry);
  }
  return answer;
}

function parse<O extends OperationName>(operation: O, answer: unknown): z.output<(typeof ANSWER_SCHEMAS)[O]> {
  return ANSWER_SCHEMAS[operation].parse(answer) as z.output<(typeof ANSWER_SCHEMAS)[O]>;
}

/** The first fault as `path message`. */
function fault(operation: OperationName, answer: unknown): string {
  const parsed = ANSWER_SCHEMAS[operation].safeParse(answer);
  if (parsed.success) {
    throw new Error(`accepted: ${JSON.stringify(answer)}`);
  }
  const [found] = problemsOf(parsed.error);
  return `${found?.path.join(".")} ${wordingFor().problem(found!.problem)}`;
}

const detail = (answer: unknown) => parse("DescribePreloadDetailById", answer);
const detailFault = (answer: unknown) => fault("DescribePreloadDetailById", answer);

test("the API reference's example is read field by field", () => {
  expect(detail(parseWireJson(DETAIL_EXAMPLE))).toEqual({
    TotalCount: 1,
    RequestId: "E9D3257A-1B7C-414C-90C1-8D07AC47BCAC",
    UrlDetails: [
      {
        TaskId: "14286878547",
        Domain: "example.com",
        CreationTime: "2022-11-23T02:26:56Z",
        EndTime: "2022-11-23T02:27:00Z",
        RetCode: "0",
        Process: 100,
        Status: "Complete",
        Urls: [{ Url: "/abc.jpg\n", Success: 47, Description: "Successfully preloaded" }],
      },
    ],
  });
});

test.each([
  ["a number for RetCode", (entry: Record<string, unknown>) => Object.assign(entry, { RetCode: 0 }), "0"],
  ["a padded RetCode", (entry: Record<string, unknown>) => Object.assign(entry, { RetCode: " 0 " }), "0"],
  [
    "a RetCode that is not 0",
    (entry: Record<string, unknown>) => Object.assign(entry, { RetCode: 500 }),
    "500",
  ],
])("%s is read as a string", (_title, change, expected) => {
  expect(detail(detailWith(change)).UrlDetails[0]?.RetCode).toBe(expected);
});

test("an integer task id past 2^53 keeps all its digits", () => {
  const text = DETAIL_EXAMPLE.replace('"14286878547"', "12345678901234567891");
  expect(detail(parseWireJson(text)).UrlDetails[0]?.TaskId).toBe("12345678901234567891");
});

test.each([
  ["missing", undefined],
  ["null", null],
  ["empty", ""],
])("an EndTime and a RetCode that are %s are allowed while the task runs", (_title, absent) => {
  const answer = detailWith((entry) => {
    Object.assign(entry, { Status: "Refreshing", EndTime: absent, RetCode: absent, Process: "12.5%" });
    Object.assign(entry.Urls[0] as object, { Success: absent });
  });
  const entry = detail(answer).UrlDetails[0];
  expect(entry?.EndTime).toBeUndefined();
  expect(entry?.RetCode).toBeUndefined();
  expect(entry?.Process).toBe(12.5);
  expect(entry?.Urls[0]?.Success).toBeUndefined();
});

test.each([
  ["99.37%", 99.37],
  ["0%", 0],
  ["100", 100],
  [47, 47],
  [" 47 % ", 47],
])("a Success of %p is a percentage", (success, expected) => {
  const answer = detailWith((entry) => Object.assign(entry.Urls[0] as object, { Success: success }));
  expect(detail(answer).UrlDetails[0]?.Urls[0]?.Success).toBe(expected);
});

test.each([
  ["TaskId", undefined, "UrlDetails.0.TaskId is missing"],
  ["TaskId", "", "UrlDetails.0.TaskId must not be empty"],
  ["TaskId", {}, "UrlDetails.0.TaskId must be a string"],
  ["Domain", undefined, "UrlDetails.0.Domain is missing"],
  ["Domain", 7, "UrlDetails.0.Domain must be a string"],
  ["CreationTime", undefined, "UrlDetails.0.CreationTime is missing"],
  ["CreationTime", "yesterday", "UrlDetails.0.CreationTime must be an ISO 8601 time"],
  ["Status", undefined, "UrlDetails.0.Status is missing"],
  ["Status", 1, "UrlDetails.0.Status must be a string"],
  ["Status", "", "UrlDetails.0.Status must not be empty"],
  ["RetCode", undefined, "UrlDetails.0.RetCode is missing although Status is Complete"],
  ["RetCode", null, "UrlDetails.0.RetCode is missing although Status is Complete"],
  ["RetCode", true, "UrlDetails.0.RetCode must be a string"],
  ["Urls", {}, "UrlDetails.0.Urls must be a list"],
  ["Urls", [null], "UrlDetails.0.Urls.0 must be an object"],
])("an ended entry whose %s is %p names the field", (field, value, expected) => {
  expect(detailFault(detailWith((entry) => Object.assign(entry, { [field]: value })))).toBe(expected);
});

test("a Failed entry needs its RetCode as well", () => {
  const answer = detailWith((entry) => Object.assign(entry, { Status: "Failed", RetCode: undefined }));
  expect(detailFault(answer)).toBe("UrlDetails.0.RetCode is missing although Status is Failed");
});

test.each([
  ["Url", undefined, "UrlDetails.0.Urls.0.Url is missing"],
  ["Url", 7, "UrlDetails.0.Urls.0.Url must be a string"],
  ["Success", undefined, "UrlDetails.0.Urls.0.Success is missing although Status is Complete"],
  ["Success", "", "UrlDetails.0.Urls.0.Success is missing although Status is Complete"],
  ["Success", "101%", 'UrlDetails.0.Urls.0.Success is "101%", not a percentage although Status is Complete'],
  ["Success", "most", 'UrlDetails.0.Urls.0.Success is "most", not a percentage although Status is Complete'],
  ["Success", true, "UrlDetails.0.Urls.0.Success must be a percentage"],
])("a row whose %s is %p names the field", (field, value, expected) => {
  const answer = detailWith((entry) => Object.assign(entry.Urls[0] as object, { [field]: value }));
  expect(detailFault(answer)).toBe(expected);
});

test.each([
  ["Process", "soon"],
  ["Process", {}],
])("a %s that cannot be read (%p) counts as not given, since nothing is judged by it", (field, value) => {
  const answer = detailWith((entry) => Object.assign(entry, { [field]: value }));
  expect(detail(answer).UrlDetails[0]?.Process).toBeUndefined();
});

test.each([
  ["missing", undefined, "UrlDetails is missing"],
  ["null", null, "UrlDetails must be a list"],
  ["an object", {}, "UrlDetails must be a list"],
])("UrlDetails that are %s name the field", (_title, value, expected) => {
  expect(detailFault({ RequestId: "r", UrlDetails: value })).toBe(expected);
});

test("an answer without entries is a task that is not visible yet, not a fault", () => {
  expect(detail({ RequestId: "r", UrlDetails: [] }).UrlDetails).toEqual([]);
});

test.each([
  ["one id", "95241", ["95241"]],
  ["several with commas", "95241,95242, 95243", ["95241", "95242", "95243"]],
  ["a number", 95241, ["95241"]],
])("PushTaskId that holds %s is a list of ids", (_title, value, expected) => {
  expect(parse("PushObjectCache", { PushTaskId: value, RequestId: "r" }).PushTaskId).toEqual(expected);
});

test.each([
  ["missing", {}, "PushTaskId is missing"],
  ["empty", { PushTaskId: "" }, "PushTaskId must not be empty"],
  ["only commas", { PushTaskId: " , " }, "PushTaskId must hold at least one task id"],
])("PushTaskId that is %s names the field", (_title, answer, expected) => {
  expect(fault("PushObjectCache", answer)).toBe(expected);
});

const ROW = {
  TaskId: "95241",
  ObjectPath: "https://example.com/a.js",
  ObjectType: "preload",
  Status: "Complete",
  Process: "99.37%",
  CreationTime: "2022-11-23T02:26:56Z",
  Description: "",
};

test("a search's nested rows are flattened, and its counts may be strings", () => {
  const answer = { TotalCount: "1", PageNumber: "1", PageSize: "100", Tasks: { CDNTask: [ROW] } };
  expect(parse("DescribeRefreshTasks", answer)).toMatchObject({
    TotalCount: 1,
    PageNumber: 1,
    PageSize: 100,
    Tasks: [{ TaskId: "95241", Process: 99.37, Description: undefined }],
  });
});

test.each(["", "many", -1, 1.5, null])("a search whose TotalCount is %p does not look complete", (value) => {
  const answer = { TotalCount: value, PageNumber: 1, PageSize: 100, Tasks: { CDNTask: [] } };
  expect(fault("DescribeRefreshTasks", answer)).toBe("TotalCount must be a whole number");
});

test.each([
  ["TaskId", undefined, "Tasks.0.TaskId is missing"],
  ["ObjectPath", "", "Tasks.0.ObjectPath must not be empty"],
  ["Status", undefined, "Tasks.0.Status is missing"],
  ["Status", [], "Tasks.0.Status must be a string"],
  ["CreationTime", "x", "Tasks.0.CreationTime must be an ISO 8601 time"],
])("a status-only row whose %s is %p names the field", (field, value, expected) => {
  expect(fault("DescribeRefreshTaskById", { Tasks: [{ ...ROW, [field]: value }] })).toBe(expected);
});

test("a quota's counts may be strings, numbers or absent", () => {
  const answer = { PreloadQuota: "1000", PreloadRemain: 400, PreloadEdgeQuota: "", RequestId: "r" };
  expect(parse("DescribeRefreshQuota", answer)).toMatchObject({ PreloadQuota: 1000, PreloadRemain: 400 });
  expect(fault("DescribeRefreshQuota", { PreloadRemain: "some" })).toBe(
    "PreloadRemain must be a whole number",
  );
});

test("an error needs its Code; its message and request id may be absent", () => {
  expect(errorAnswer.parse({ Code: "Throttling" })).toEqual({ Code: "Throttling" });
  expect(errorAnswer.safeParse({ Message: "no code" }).success).toBe(false);
});

test.each(["later", "2022-11-23 02:27", "Wed, 23 Nov 2022 02:27:00 GMT"])(
  "an EndTime in the form %j is shown as it is: nothing is judged by it",
  (endTime) => {
    const answer = detailWith((entry) => Object.assign(entry, { EndTime: endTime }));
    expect(detail(answer).UrlDetails[0]?.EndTime).toBe(endTime);
  },
);
