import { z } from "zod";
import { MAX_PAGE_SIZE, VISIBILITY_DELAY_MS } from "../provider/wire/limits";
import { OPERATION_NAMES } from "./operation-name";
import { ramPolicySchema } from "./ram-policy";
import type { Settings } from "./scenario-types";

const QUOTAS = "The account's daily quotas, in URLs, directories or patterns. They reset at midnight UTC+8.";

const amount = z.number().int().nonnegative();

const quotasSchema = z.strictObject({
  preloadL2: amount.describe("`PreloadQuota`: URLs preloaded to L2 POPs, with `L2Preload`. Default 1,000."),
  preloadL1: amount.describe(
    "`PreloadEdgeQuota`: URLs preloaded to L1 POPs, which is the usual preload. Default 1,000.",
  ),
  refreshUrls: amount.describe("`UrlQuota`. Default 10,000."),
  refreshDirectories: amount.describe("`DirQuota`. Default 100."),
  refreshPatterns: amount.describe("`RegexQuota`. Default 20."),
  refreshIgnoreParams: amount.describe("`IgnoreParamsQuota`. Default 20."),
  block: amount.describe("`BlockQuota`, which no operation uses. Default 300."),
});

/** All settings: those of a running emulator. */
export const settingsSchema = z.strictObject({
  speed: z
    .number()
    .positive()
    .describe(
      "Divides the duration of scripted tasks. It does not change dates, signatures, rates and `visibilityDelayMs`. Default 1.",
    ),
  allowListed: z
    .boolean()
    .describe("Whether the account may call `DescribePreloadDetailById`. Default true."),
  allowListRefusalCode: z
    .enum(["NoPermission", "Forbidden.RAM", "OperationDenied", "InvalidAction.NotFound"])
    .describe(
      "The code with which that operation refuses an account that is not on the allow-list, which Alibaba Cloud does not document. Default `NoPermission`.",
    ),
  serviceOpened: z
    .boolean()
    .describe(
      "If `false`, the account has not activated the CDN service, and every operation is refused with `OperationDenied`. Default true.",
    ),
  ramPolicy: ramPolicySchema
    .nullable()
    .describe("The RAM policy of the access key. Default `null`, which allows everything."),
  domains: z
    .record(z.string(), z.enum(["online", "offline", "configuring"]))
    .nullable()
    .describe(
      "The account's accelerated domains and their states. Default `null`, which accepts every domain as online.",
    ),
  callsPerSecond: z
    .partialRecord(z.enum(OPERATION_NAMES), z.number().int().positive())
    .describe("Calls per second by operation. Other operations keep the documented rate. Default: none."),
  visibilityDelayMs: z
    .number()
    .nonnegative()
    .describe("How long a new task stays invisible to the query operations, in milliseconds. Default 2,000."),
  unseenTask: z
    .enum(["empty", "malformed"])
    .describe(
      "The answer of `DescribePreloadDetailById` about an id that it does not see (too new, gone, or never issued): no entries, or `InvalidTaskId.Malformed`. Alibaba Cloud does not document it. Default `empty`.",
    ),
  runningEndTime: z
    .enum(["empty", "missing"])
    .describe("`EndTime` while a task runs: an empty string, or a missing field. Default `empty`."),
  lineFeedAfterUrl: z
    .enum(["always", "alternating", "never"])
    .describe(
      "Which `Url`s in detail answers end with a line feed: all, every second one, or none. Default `always`.",
    ),
  taskIdSharing: z
    .enum(["domain", "account"])
    .describe(
      "Which URLs share a task id: those of the same domain and second, or (`account`) all of the same second, with one entry per domain. Default `domain`.",
    ),
  urlsPerTaskId: z
    .number()
    .int()
    .positive()
    .describe("URLs per task id. More URLs get another id. Default 500 (an older page says 2,000)."),
  taskIdsAsNumbers: z
    .boolean()
    .describe(
      "If `true`, ids are larger than 2^53 and sent as JSON numbers. A rounded id is that of another task. Default false.",
    ),
  searchPageCap: z
    .number()
    .int()
    .positive()
    .describe(
      "The maximum page size of `DescribeRefreshTasks`, even if the request asks for more. Default 100.",
    ),
  searchPaging: z
    .enum(["noGap", "gaps", "alwaysFirst"])
    .describe(
      "How pages follow each other if they are smaller than requested: without a gap, as if they had the requested size (which skips rows), or always the first page. Default `noGap`.",
    ),
  searchPageSizeTold: z
    .enum(["given", "asked"])
    .describe("The `PageSize` in an answer: the real one, or the requested one. Default `given`."),
  searchTotalCountOffset: z.number().int().describe("Added to the `TotalCount` of a search. Default 0."),
  searchTotalCountAsText: z
    .boolean()
    .describe("Whether the `TotalCount` of a search is a string. Default false."),
  rowSpelling: z
    .enum(["asSent", "otherCase", "decoded", "withoutScheme", "otherScheme", "pathAlone"])
    .describe(
      "How the operations that need no allow-list spell a URL: as sent, with percent-encoding in the other case, decoded, without its scheme, with the other scheme, or only its path. Default `asSent`.",
    ),
  rowTimeForm: z
    .enum(["utc", "withoutZone", "localWithoutZone"])
    .describe(
      "How they write `CreationTime`: in UTC, in UTC without a zone, or in China's time without a zone. Default `utc`.",
    ),
  rowTimeOffsetMs: z
    .number()
    .int()
    .describe(
      "Added to the `CreationTime` that they write, in milliseconds. Searches use the true time. Default 0.",
    ),
  shownOfTask: z
    .enum(["all", "allButLast"])
    .describe(
      "How much of a task the two operations that take a task id show: everything, or everything except the last entry or row, which `TotalCount` still counts. Default `all`.",
    ),
  taskTotalCountAsText: z
    .boolean()
    .describe("Whether the `TotalCount` of those operations is a string. Default false."),
  entriesPerDomain: z
    .enum(["one", "onePerUrl"])
    .describe(
      "How many entries a domain has in detail answers: one, or one per URL with its own RetCode. Default `one`.",
    ),
  entryTimeOffsetMs: z
    .number()
    .int()
    .describe("Added to the `CreationTime` and `EndTime` of detail answers, in milliseconds. Default 0."),
  tasksPerSubmission: z
    .number()
    .int()
    .positive()
    .describe(
      "Tasks that one submission starts for the same URLs. `PushTaskId` then holds several ids. Default 1.",
    ),
  quotas: quotasSchema.describe(QUOTAS),
  queueCapacityUrls: amount.describe(
    "URLs that can be preloaded at the same time. More are refused with `PreloadQueueFull`. Default 100,000 (an older page says 50,000).",
  ),
});

/** Settings to change. Others stay. You can also give only some of the quotas. */
export const settingsPatchSchema = settingsSchema
  .partial()
  .extend({ quotas: quotasSchema.partial().optional().describe(QUOTAS) });

/** The defaults. */
export const DEFAULT_SETTINGS: Settings = {
  speed: 1,
  allowListed: true,
  allowListRefusalCode: "NoPermission",
  serviceOpened: true,
  ramPolicy: null,
  domains: null,
  callsPerSecond: {},
  visibilityDelayMs: VISIBILITY_DELAY_MS,
  unseenTask: "empty",
  runningEndTime: "empty",
  lineFeedAfterUrl: "always",
  taskIdSharing: "domain",
  urlsPerTaskId: 500,
  taskIdsAsNumbers: false,
  searchPageCap: MAX_PAGE_SIZE,
  searchPaging: "noGap",
  searchPageSizeTold: "given",
  searchTotalCountOffset: 0,
  searchTotalCountAsText: false,
  rowSpelling: "asSent",
  rowTimeForm: "utc",
  rowTimeOffsetMs: 0,
  shownOfTask: "all",
  taskTotalCountAsText: false,
  entriesPerDomain: "one",
  entryTimeOffsetMs: 0,
  tasksPerSubmission: 1,
  quotas: {
    preloadL2: 1_000,
    preloadL1: 1_000,
    refreshUrls: 10_000,
    refreshDirectories: 100,
    refreshPatterns: 20,
    refreshIgnoreParams: 20,
    block: 300,
  },
  queueCapacityUrls: 100_000,
};

/** The settings with a patch applied. Undefined fields of the patch change nothing. */
export function changedSettings(
  settings: Settings,
  patch: z.output<typeof settingsPatchSchema> = {},
): Settings {
  const { quotas, ...rest } = patch;
  return {
    ...settings,
    ...withoutUndefined(rest),
    quotas: { ...settings.quotas, ...withoutUndefined(quotas ?? {}) },
  };
}

function withoutUndefined<Patch extends object>(
  patch: Patch,
): { [Key in keyof Patch]?: NonNullable<Patch[Key]> } {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Key in keyof Patch]?: NonNullable<Patch[Key]> };
}
