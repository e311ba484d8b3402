import { addProblem, type PlainProblem, type Problem, problem } from "../core/problems";
import { hasEnded } from "../core/task-status";
import * as z from "../core/zod";

/**
 * The answers of the six operations, in the service's own words.
 *
 * Tolerant of what the service is known to do (strings for numbers and numbers for strings, a missing or
 * empty `EndTime`, decimals in percentages, undocumented fields) and strict about what a verdict rests
 * on: a missing `RetCode` of an ended entry, or a `Status` of the wrong type, is an error that names the field.
 *
 * Source: the vendor's API reference, version 2018-05-10.
 */

/** What is wrong with a field: it is missing, or not what it has to be. */
const expecting = (what: PlainProblem) => ({
  error: ({ input }: { readonly input?: unknown }) => problem(input === undefined ? "missing" : what),
});

/** As it is: white space and line ends are a matter of matching it. */
const urlText = z.string(expecting("notAString"));

/** One line: nothing that the service says can add a line to a report, an output file or a log. */
function asOneLine(value: string): string {
  return value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

const text = z.string(expecting("notAString")).transform(asOneLine);

const nonEmpty = text.pipe(z.string().min(1, problem("empty")));

/** A string, or a number that stands for one. */
const stringOrNumber = z
  .union([z.string(), z.number()], expecting("notAString"))
  .transform((value) => asOneLine(String(value)))
  .pipe(z.string().min(1, problem("empty")));

/** What may be absent in three ways: missing, `null`, or the empty string. */
function absentAsUndefined<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === null || value === "" ? undefined : value), schema.optional());
}

/** `"47%"`, `"99.37%"`, `"100"` or `47`: a share from 0 to 100; `undefined` for what is none. */
function readPercent(value: unknown): number | undefined {
  const isReadable = typeof value === "string" || typeof value === "number";
  const match = isReadable ? /^\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(String(value)) : null;
  const percent = match ? Number(match[1]) : Number.NaN;
  return percent >= 0 && percent <= 100 ? percent : undefined;
}

/** A percentage that only informs: one that cannot be read counts as not given. */
const informativePercent = z.unknown().optional().transform(readPercent);

/** A text that only informs: what is empty or none counts as not given. */
const informativeText = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "string" ? asOneLine(value) || undefined : undefined));

const instant = nonEmpty.refine((value) => !Number.isNaN(Date.parse(value)), problem("notAnInstant"));

const requestId = informativeText;

const taskIdList = stringOrNumber
  .transform((value) =>
    value
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== ""),
  )
  .refine((ids) => ids.length > 0, problem("noTaskIds"));

/** `PushObjectCache`: `PushTaskId` may hold several ids, separated by commas; here it is the list of them. */
export const pushObjectCacheAnswer = z.object({ PushTaskId: taskIdList, RequestId: requestId });

/** `RefreshObjectCaches`: `RefreshTaskId` is a list for the same reason. */
export const refreshObjectCachesAnswer = z.object({ RefreshTaskId: taskIdList, RequestId: requestId });

const preloadDetailUrl = z.object(
  {
    Url: urlText,
    Success: absentAsUndefined(z.union([z.string(), z.number()], expecting("notAPercentage"))),
    Description: informativeText,
  },
  expecting("notAnObject"),
);

const preloadDetailEntry = z
  .object(
    {
      TaskId: stringOrNumber,
      Domain: nonEmpty,
      CreationTime: instant,
      // Shown, and never judged by: a form that is not known is no fault.
      EndTime: informativeText,
      RetCode: absentAsUndefined(stringOrNumber),
      Process: informativePercent,
      Status: nonEmpty,
      Urls: z.preprocess((value) => value ?? [], z.array(preloadDetailUrl, expecting("notAList"))),
    },
    expecting("notAnObject"),
  )
  .transform((entry, context) => {
    const ended = hasEnded({ status: entry.Status });
    if (ended && entry.RetCode === undefined) {
      addProblem(context, { kind: "missingAtStatus", status: entry.Status }, ["RetCode"]);
    }
    const urls = entry.Urls.map((row, index) => {
      const success = readPercent(row.Success);
      // Until an entry has ended nothing is judged by Success; afterwards a pass rests on it.
      if (entry.Status === "Complete" && success === undefined) {
        const status = entry.Status;
        const found: Problem =
          row.Success === undefined
            ? { kind: "missingAtStatus", status }
            : { kind: "noPercentageAtStatus", found: JSON.stringify(row.Success), status };
        addProblem(context, found, ["Urls", index, "Success"]);
      }
      return { ...row, Success: success };
    });
    return { ...entry, Urls: urls };
  });

/** Digits only: `Number("")` is 0, and a search whose count is not given must not look complete. */
const count = z
  .union([z.string(), z.number()], expecting("notAWholeNumber"))
  .refine((value) => /^\s*\d+\s*$/.test(String(value)), problem("notAWholeNumber"))
  .transform(Number);

const optionalCount = absentAsUndefined(count);

/** `DescribePreloadDetailById`: one entry per domain of the one task that was asked about. */
export const describePreloadDetailByIdAnswer = z.object({
  RequestId: requestId,
  TotalCount: optionalCount,
  UrlDetails: z.array(preloadDetailEntry, expecting("notAList")),
});

const refreshTaskFields = {
  TaskId: stringOrNumber,
  ObjectPath: urlText.min(1, problem("empty")),
  ObjectType: informativeText,
  Status: nonEmpty,
  Process: informativePercent,
  CreationTime: instant,
  Description: informativeText,
};

const refreshTaskRow = z.object(refreshTaskFields, expecting("notAnObject"));

/** A row that a search found: one whose time cannot be read may be of ours all the same, and is told by its id. */
const foundTaskRow = z.object(
  { ...refreshTaskFields, CreationTime: informativeText.transform((time) => time ?? "") },
  expecting("notAnObject"),
);

/** `Tasks.CDNTask` is flattened to `Tasks`. */
const listOf = <T extends z.ZodType>(row: T) =>
  z.preprocess(
    (value) => (typeof value === "object" && value !== null && "CDNTask" in value ? value.CDNTask : value),
    z.array(row, expecting("notAList")),
  );

/** `DescribeRefreshTaskById`: one row per URL of up to ten tasks. */
export const describeRefreshTaskByIdAnswer = z.object({
  RequestId: requestId,
  TotalCount: optionalCount,
  Tasks: listOf(refreshTaskRow),
});

/** `DescribeRefreshTasks`: one page of the rows that match a search; `Tasks.CDNTask` is flattened to `Tasks`. */
export const describeRefreshTasksAnswer = z.object({
  RequestId: requestId,
  TotalCount: count,
  PageNumber: count,
  PageSize: count,
  Tasks: listOf(foundTaskRow),
});

/** `DescribeRefreshQuota`: strings in today's answers, numbers in older ones; `Preload*` is for L2 POPs, `PreloadEdge*` for L1. */
export const describeRefreshQuotaAnswer = z.object({
  RequestId: requestId,
  PreloadQuota: optionalCount,
  PreloadRemain: optionalCount,
  PreloadEdgeQuota: optionalCount,
  PreloadEdgeRemain: optionalCount,
  UrlQuota: optionalCount,
  UrlRemain: optionalCount,
});

/** What the service answers with an HTTP status of 400 or more. */
export const errorAnswer = z.object({
  Code: stringOrNumber,
  Message: informativeText,
  RequestId: requestId,
});

/** All that a refusal holds; what has any other field is an answer. */
const REFUSAL_FIELDS: readonly string[] = ["code", "message", "requestid", "hostid", "recommend", "success"];

/**
 * Reads a refusal, with its fields in upper or lower case; `undefined` for what is none. A gateway before the service
 * may send one with HTTP 200.
 *
 * @param isOnlyThat whether a field that no refusal has makes it an answer, as it does where the status says so.
 */
export function readRefusal(
  body: object,
  { isOnlyThat }: { readonly isOnlyThat: boolean },
): z.output<typeof errorAnswer> | undefined {
  const fields = Object.entries(body).map(([name, value]) => [name.toLowerCase(), value] as const);
  if (isOnlyThat && !fields.every(([name]) => REFUSAL_FIELDS.includes(name))) return undefined;
  const { code: Code, message: Message, requestid: RequestId } = Object.fromEntries(fields);
  return errorAnswer.safeParse({ Code, Message, RequestId }).data;
}

/** Each operation's answer schema, by the operation's name. */
export const ANSWER_SCHEMAS = {
  PushObjectCache: pushObjectCacheAnswer,
  DescribePreloadDetailById: describePreloadDetailByIdAnswer,
  DescribeRefreshTaskById: describeRefreshTaskByIdAnswer,
  DescribeRefreshTasks: describeRefreshTasksAnswer,
  DescribeRefreshQuota: describeRefreshQuotaAnswer,
  RefreshObjectCaches: refreshObjectCachesAnswer,
} as const;
