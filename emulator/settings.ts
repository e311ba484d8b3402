import { z } from "zod";
import { MAX_PAGE_SIZE, VISIBILITY_DELAY_MS } from "../provider/wire/limits";
import { OPERATION_NAMES } from "./operation-name";
import { ramPolicySchema } from "./ram-policy";

const QUOTAS =
  "The account's daily quotas, in URLs (or directories, patterns). They fill up again at midnight UTC+8.";

const amount = z.number().int().nonnegative();

const quotasSchema = z.strictObject({
  preloadL2: amount.describe("`PreloadQuota`: URLs preloaded to L2 POPs, with `L2Preload`. Default 1,000."),
  preloadL1: amount.describe(
    "`PreloadEdgeQuota`: URLs preloaded to L1 POPs, the usual preload. Default 1,000.",
  ),
  refreshUrls: amount.describe("`UrlQuota`. Default 10,000."),
  refreshDirectories: amount.describe("`DirQuota`. Default 100."),
  refreshPatterns: amount.describe("`RegexQuota`. Default 20."),
  refreshIgnoreParams: amount.describe("`IgnoreParamsQuota`. Default 20."),
  block: amount.describe("`BlockQuota`; nothing draws on it. Default 300."),
});

const settingsSchema = z.strictObject({
  speed: z
    .number()
    .positive()
    .describe(
      "Divides the duration of scripted tasks; dates, signatures, rates and `visibilityDelayMs` keep the clock's time. Default 1.",
    ),
  allowListed: z
    .boolean()
    .describe("Whether the account may call `DescribePreloadDetailById`. Default true."),
  allowListRefusalCode: z
    .enum(["NoPermission", "Forbidden.RAM", "OperationDenied", "InvalidAction.NotFound"])
    .describe(
      "With which code that operation refuses an account that is not allow-listed: the vendor does not say. Default `NoPermission`.",
    ),
  serviceOpened: z
    .boolean()
    .describe(
      "`false`: the account has not opened the CDN service, and every operation is refused with `OperationDenied`. Default true.",
    ),
  ramPolicy: ramPolicySchema
    .nullable()
    .describe("The RAM policy of the access key; `null`, the default: everything is allowed."),
  domains: z
    .record(z.string(), z.enum(["online", "offline", "configuring"]))
    .nullable()
    .describe(
      "The account's accelerated domains and their states; `null`, the default: every domain is one, and online.",
    ),
  callsPerSecond: z
    .partialRecord(z.enum(OPERATION_NAMES), z.number().int().positive())
    .describe(
      "Calls per second, by operation; what is not named keeps the documented rate. Default: none is named.",
    ),
  visibilityDelayMs: z
    .number()
    .nonnegative()
    .describe("How long a new task stays invisible to the query operations, in milliseconds. Default 2,000."),
  unseenTask: z
    .enum(["empty", "malformed"])
    .describe(
      "What `DescribePreloadDetailById` says of an id it does not see (too new, gone, or never given out): an answer without entries, or `InvalidTaskId.Malformed`. The vendor does not say. Default `empty`.",
    ),
  runningEndTime: z
    .enum(["empty", "missing"])
    .describe("`EndTime` while a task runs: an empty string, or no such field. Default `empty`."),
  lineFeedAfterUrl: z
    .enum(["always", "alternating", "never"])
    .describe(
      "Which `Url`s in detail answers end in a line feed: all, every second one, or none. Default `always`.",
    ),
  taskIdSharing: z
    .enum(["domain", "account"])
    .describe(
      "Who shares a task id: URLs of one domain and second, or (`account`) all URLs of one second, with one entry per domain. Default `domain`.",
    ),
  urlsPerTaskId: z
    .number()
    .int()
    .positive()
    .describe(
      "URLs that one task id holds; beyond, one more is given out. Default 500; an older page says 2,000.",
    ),
  taskIdsAsNumbers: z
    .boolean()
    .describe(
      "`true`: ids past 2^53, sent as JSON numbers; rounding one gives another task's id. Default false.",
    ),
  searchPageCap: z
    .number()
    .int()
    .positive()
    .describe(
      "The largest page of `DescribeRefreshTasks`, even if the request asks for a larger one. Default 100.",
    ),
  searchPaging: z
    .enum(["noGap", "gaps", "alwaysFirst"])
    .describe(
      "How pages that are smaller than asked follow each other: without a gap; as if they were as large as asked, so that what is between is never shown; or the first one every time. Default `noGap`.",
    ),
  searchPageSizeTold: z
    .enum(["given", "asked"])
    .describe("Which `PageSize` a page says: its own, or the one that was asked for. Default `given`."),
  searchTotalCountOffset: z.number().int().describe("Added to the `TotalCount` of a search. Default 0."),
  searchTotalCountAsText: z
    .boolean()
    .describe("Whether the `TotalCount` of a search is a text. Default false."),
  rowSpelling: z
    .enum(["asSent", "otherCase", "decoded", "withoutScheme", "otherScheme", "pathAlone"])
    .describe(
      "How the operations that need no allow-list spell a URL: as it was sent, with percent-encoding in the other case, decoded, without its scheme, with the other scheme, or as a path alone. Default `asSent`.",
    ),
  rowTimeForm: z
    .enum(["utc", "withoutZone", "localWithoutZone"])
    .describe(
      "How they write `CreationTime`: in UTC, without a zone, or in China's time without a zone. Default `utc`.",
    ),
  rowTimeOffsetMs: z
    .number()
    .int()
    .describe(
      "Added to the `CreationTime` that they write, in milliseconds; what they search by stays true. Default 0.",
    ),
  shownOfTask: z
    .enum(["all", "allButLast"])
    .describe(
      "What the two operations that ask by task id show of it: all, or all but the last entry or row, which `TotalCount` counts all the same. Default `all`.",
    ),
  taskTotalCountAsText: z
    .boolean()
    .describe("Whether the `TotalCount` of those operations is a text. Default false."),
  entriesPerDomain: z
    .enum(["one", "onePerUrl"])
    .describe(
      "How many entries of a task a domain has in detail answers: one, or one for each URL, with its own RetCode. Default `one`.",
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
      "Tasks that one submission starts for the same URLs; `PushTaskId` then holds several ids. Default 1.",
    ),
  quotas: quotasSchema.describe(QUOTAS),
  queueCapacityUrls: amount.describe(
    "Preloads that may run at once, in URLs; past it: `PreloadQueueFull`. Default 100,000; an older page says 50,000.",
  ),
});

/** The settings in force: the account, its limits and the service's whims. */
export type Settings = z.output<typeof settingsSchema>;

/** Some settings to change; what is left out stays. Quotas, too, may be given in part. */
export const settingsPatchSchema = settingsSchema
  .partial()
  .extend({ quotas: quotasSchema.partial().optional().describe(QUOTAS) });

/** Settings as given. */
export type SettingsInput = z.input<typeof settingsPatchSchema>;

/** What holds where nothing else is said. */
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

/** Settings with some of them changed. What a patch leaves undefined stays. */
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
