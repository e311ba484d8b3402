// Made from the schemas of a scenario: UPDATE_DOCS=1 npm test -- test/emulator/scenario-types

import type { OperationName } from "../provider/wire/limits";

/** A script as written by hand. The default of each field is that of a URL which passes. */
export interface TaskScriptInput {
  /** What the script shows, as text. Default: `""`. */
  readonly summary?: string | undefined;
  /** When it ends. `null` means never. Default: `3500`. */
  readonly endsAfterMs?: number | null | undefined;
  /**
   * The share of POPs on which it has ended, as points joined by straight lines, from 0 % at the
   * submission to 100 % at the end. If empty, one straight line. A task without an end stays at its last
   * point. Default: `[]`.
   */
  readonly progress?: readonly { readonly atMs: number; readonly percent: number }[] | undefined;
  /** `Status` while it runs. Default: `"Refreshing"`. */
  readonly runningStatus?: string | undefined;
  /** How long the operations that need no allow-list show `Pending`. Default: `0`. */
  readonly pendingForMs?: number | undefined;
  /** `Status` after the end. Default: `"Complete"`. */
  readonly endStatus?: string | undefined;
  /**
   * `Status` after the end, in the operations that need no allow-list. `null` means `endStatus`.
   * Default: `null`.
   */
  readonly statusOnlyEndStatus?: string | null | undefined;
  /** `RetCode` after the end. `null` omits the field. Default: `"0"`. */
  readonly retCode?: string | null | undefined;
  /** The share of POPs that hold the URL after the end. `null` omits the field. Default: `100`. */
  readonly successPercent?: number | null | undefined;
  /**
   * `Description` in a detail answer after the end: failures separated by `|`. Default: `"Successfully
   * preloaded"`.
   */
  readonly description?: string | undefined;
  /** `Description` after the end, in the operations that need no allow-list. Default: `""`. */
  readonly statusOnlyDescription?: string | undefined;
  /** How many rows the URL has in an answer. 0 omits its row. Default: `1`. */
  readonly rows?: number | undefined;
  /**
   * `Success` of the rows after the first, in percent. `null` means the same as the first. Default:
   * `null`.
   */
  readonly furtherRowsSuccessPercent?: number | null | undefined;
  /**
   * When the query operations start to see it. `null` means after the emulator's `visibilityDelayMs`.
   * Default: `null`.
   */
  readonly appearsAfterMs?: number | null | undefined;
  /** When the query operations stop seeing it. `null` means never. Default: `null`. */
  readonly disappearsAfterMs?: number | null | undefined;
}

/** A script with every field set. */
export interface TaskScript {
  /** What the script shows, as text. */
  readonly summary: string;
  /** When it ends. `null` means never. */
  readonly endsAfterMs: number | null;
  /**
   * The share of POPs on which it has ended, as points joined by straight lines, from 0 % at the
   * submission to 100 % at the end. If empty, one straight line. A task without an end stays at its last
   * point.
   */
  readonly progress: readonly { readonly atMs: number; readonly percent: number }[];
  /** `Status` while it runs. */
  readonly runningStatus: string;
  /** How long the operations that need no allow-list show `Pending`. */
  readonly pendingForMs: number;
  /** `Status` after the end. */
  readonly endStatus: string;
  /** `Status` after the end, in the operations that need no allow-list. `null` means `endStatus`. */
  readonly statusOnlyEndStatus: string | null;
  /** `RetCode` after the end. `null` omits the field. */
  readonly retCode: string | null;
  /** The share of POPs that hold the URL after the end. `null` omits the field. */
  readonly successPercent: number | null;
  /** `Description` in a detail answer after the end: failures separated by `|`. */
  readonly description: string;
  /** `Description` after the end, in the operations that need no allow-list. */
  readonly statusOnlyDescription: string;
  /** How many rows the URL has in an answer. 0 omits its row. */
  readonly rows: number;
  /** `Success` of the rows after the first, in percent. `null` means the same as the first. */
  readonly furtherRowsSuccessPercent: number | null;
  /** When the query operations start to see it. `null` means after the emulator's `visibilityDelayMs`. */
  readonly appearsAfterMs: number | null;
  /** When the query operations stop seeing it. `null` means never. */
  readonly disappearsAfterMs: number | null;
}

/** A script as given: its name, or its fields. */
export type ScriptReference = string | TaskScriptInput;

/** The answer is late. Other faults can affect the same call. */
export interface DelayFaultInput {
  /**
   * The operation that it affects. `any` means every operation, each counted separately. Default:
   * `"any"`.
   */
  readonly operation?: "any" | OperationName | undefined;
  /** The first call that it affects, counted per operation since the fault was set. Default: `1`. */
  readonly fromCall?: number | undefined;
  /**
   * The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one
   * call.
   */
  readonly toCall?: number | null | undefined;
  readonly kind: "delay";
  /** The delay of the answer, in milliseconds. */
  readonly delayMs: number;
  /**
   * Whether the work is done before the delay. It is always done, even if the client disconnects.
   * Default: `false`.
   */
  readonly afterWork?: boolean | undefined;
}

/**
 * The answer's `Date` header is wrong, like that of a proxy, a cache or a wrong clock. The service's
 * own time is right. Other faults can affect the same call.
 */
export interface WrongDateFaultInput {
  /**
   * The operation that it affects. `any` means every operation, each counted separately. Default:
   * `"any"`.
   */
  readonly operation?: "any" | OperationName | undefined;
  /** The first call that it affects, counted per operation since the fault was set. Default: `1`. */
  readonly fromCall?: number | undefined;
  /**
   * The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one
   * call.
   */
  readonly toCall?: number | null | undefined;
  readonly kind: "wrongDate";
  /** Milliseconds to add to the true date. Default: `0`. */
  readonly offsetMs?: number | undefined;
  /** The `Date` header, sent exactly as given instead of `offsetMs`. `null` sends no such header. */
  readonly date?: string | null | undefined;
  /** Further headers, such as `{"age":"600"}`. Default: `{}`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The connection is reset before any work is done. */
export interface ResetBeforeFaultInput {
  /**
   * The operation that it affects. `any` means every operation, each counted separately. Default:
   * `"any"`.
   */
  readonly operation?: "any" | OperationName | undefined;
  /** The first call that it affects, counted per operation since the fault was set. Default: `1`. */
  readonly fromCall?: number | undefined;
  /**
   * The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one
   * call.
   */
  readonly toCall?: number | null | undefined;
  readonly kind: "resetBefore";
}

/** The work is done, then the connection is reset. */
export interface ResetAfterFaultInput {
  /**
   * The operation that it affects. `any` means every operation, each counted separately. Default:
   * `"any"`.
   */
  readonly operation?: "any" | OperationName | undefined;
  /** The first call that it affects, counted per operation since the fault was set. Default: `1`. */
  readonly fromCall?: number | undefined;
  /**
   * The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one
   * call.
   */
  readonly toCall?: number | null | undefined;
  readonly kind: "resetAfter";
}

/** The work is done, then the connection breaks in the middle of the answer's body. */
export interface TruncatedBodyFaultInput {
  /**
   * The operation that it affects. `any` means every operation, each counted separately. Default:
   * `"any"`.
   */
  readonly operation?: "any" | OperationName | undefined;
  /** The first call that it affects, counted per operation since the fault was set. Default: `1`. */
  readonly fromCall?: number | undefined;
  /**
   * The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one
   * call.
   */
  readonly toCall?: number | null | undefined;
  readonly kind: "truncatedBody";
}

/** A proxy answers with its own page, and no work is done unless `workDone`. */
export interface HtmlProxyPageFaultInput {
  /**
   * The operation that it affects. `any` means every operation, each counted separately. Default:
   * `"any"`.
   */
  readonly operation?: "any" | OperationName | undefined;
  /** The first call that it affects, counted per operation since the fault was set. Default: `1`. */
  readonly fromCall?: number | undefined;
  /**
   * The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one
   * call.
   */
  readonly toCall?: number | null | undefined;
  readonly kind: "htmlProxyPage";
  /** The status of the page. Default: `502`. */
  readonly httpStatus?: number | undefined;
  /** Whether the work is done before the proxy's page replaces the answer. Default: `false`. */
  readonly workDone?: boolean | undefined;
}

/** The service answers with an error, and no work is done unless `workDone`. */
export interface ErrorFaultInput {
  /**
   * The operation that it affects. `any` means every operation, each counted separately. Default:
   * `"any"`.
   */
  readonly operation?: "any" | OperationName | undefined;
  /** The first call that it affects, counted per operation since the fault was set. Default: `1`. */
  readonly fromCall?: number | undefined;
  /**
   * The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one
   * call.
   */
  readonly toCall?: number | null | undefined;
  readonly kind: "error";
  /** The status of the answer. Default: `503`. */
  readonly httpStatus?: number | undefined;
  /** `Code` of the answer. Default: `"ServiceUnavailable"`. */
  readonly code?: string | undefined;
  /** `Message` of the answer. Default: a general one. */
  readonly message?: string | undefined;
  /** Seconds of a `Retry-After` header, which Alibaba Cloud does not document. Default: no such header. */
  readonly retryAfterSeconds?: number | undefined;
  /** The `Retry-After` header, sent exactly as given, such as a date. Default: no such header. */
  readonly retryAfter?: string | undefined;
  /** Whether the work is done before the error. Default: `false`. */
  readonly workDone?: boolean | undefined;
}

/** The service throttles the call although its rate is within the limit. */
export interface ThrottlingBurstFaultInput {
  /**
   * The operation that it affects. `any` means every operation, each counted separately. Default:
   * `"any"`.
   */
  readonly operation?: "any" | OperationName | undefined;
  /** The first call that it affects, counted per operation since the fault was set. Default: `1`. */
  readonly fromCall?: number | undefined;
  /**
   * The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one
   * call.
   */
  readonly toCall?: number | null | undefined;
  readonly kind: "throttlingBurst";
  /** `Code` of the answer. Default: `"Throttling.User"`. */
  readonly code?: "Throttling" | "Throttling.User" | "Throttling.Api" | "TooManyRequests" | undefined;
  /** Seconds of a `Retry-After` header, which Alibaba Cloud does not document. Default: no such header. */
  readonly retryAfterSeconds?: number | undefined;
  /** The `Retry-After` header, sent exactly as given, such as a date. Default: no such header. */
  readonly retryAfter?: string | undefined;
}

/** The work is done, and the answer has status 200 with unexpected JSON, or no JSON at all. */
export interface WrongJsonFaultInput {
  /**
   * The operation that it affects. `any` means every operation, each counted separately. Default:
   * `"any"`.
   */
  readonly operation?: "any" | OperationName | undefined;
  /** The first call that it affects, counted per operation since the fault was set. Default: `1`. */
  readonly fromCall?: number | undefined;
  /**
   * The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one
   * call.
   */
  readonly toCall?: number | null | undefined;
  readonly kind: "wrongJson";
  /** The body, sent exactly as given. Default: `"{\"Message\":"`. */
  readonly body?: string | undefined;
}

/** No work is done, and no answer is sent. */
export interface HangFaultInput {
  /**
   * The operation that it affects. `any` means every operation, each counted separately. Default:
   * `"any"`.
   */
  readonly operation?: "any" | OperationName | undefined;
  /** The first call that it affects, counted per operation since the fault was set. Default: `1`. */
  readonly fromCall?: number | undefined;
  /**
   * The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one
   * call.
   */
  readonly toCall?: number | null | undefined;
  readonly kind: "hang";
}

/** A fault as given. */
export type FaultInput =
  | DelayFaultInput
  | WrongDateFaultInput
  | ResetBeforeFaultInput
  | ResetAfterFaultInput
  | TruncatedBodyFaultInput
  | HtmlProxyPageFaultInput
  | ErrorFaultInput
  | ThrottlingBurstFaultInput
  | WrongJsonFaultInput
  | HangFaultInput;

/** Settings as given. Others keep their values. */
export interface SettingsInput {
  /**
   * Divides the duration of scripted tasks. It does not change dates, signatures, rates and
   * `visibilityDelayMs`. Default 1.
   */
  readonly speed?: number | undefined;
  /** Whether the account may call `DescribePreloadDetailById`. Default true. */
  readonly allowListed?: boolean | undefined;
  /**
   * The code with which that operation refuses an account that is not on the allow-list, which Alibaba
   * Cloud does not document. Default `NoPermission`.
   */
  readonly allowListRefusalCode?:
    | "NoPermission"
    | "Forbidden.RAM"
    | "OperationDenied"
    | "InvalidAction.NotFound"
    | undefined;
  /**
   * If `false`, the account has not activated the CDN service, and every operation is refused with
   * `OperationDenied`. Default true.
   */
  readonly serviceOpened?: boolean | undefined;
  /** The RAM policy of the access key. Default `null`, which allows everything. */
  readonly ramPolicy?:
    | {
        readonly Version?: "1" | undefined;
        readonly Statement: readonly {
          readonly Effect: "Allow" | "Deny";
          readonly Action: string | readonly string[];
          readonly Resource?: string | readonly string[] | undefined;
        }[];
      }
    | null
    | undefined;
  /**
   * The account's accelerated domains and their states. Default `null`, which accepts every domain as
   * online.
   */
  readonly domains?: Readonly<Record<string, "online" | "offline" | "configuring">> | null | undefined;
  /** Calls per second by operation. Other operations keep the documented rate. Default: none. */
  readonly callsPerSecond?: Readonly<Partial<Record<OperationName, number>>> | undefined;
  /** How long a new task stays invisible to the query operations, in milliseconds. Default 2,000. */
  readonly visibilityDelayMs?: number | undefined;
  /**
   * The answer of `DescribePreloadDetailById` about an id that it does not see (too new, gone, or never
   * issued): no entries, or `InvalidTaskId.Malformed`. Alibaba Cloud does not document it. Default
   * `empty`.
   */
  readonly unseenTask?: "empty" | "malformed" | undefined;
  /** `EndTime` while a task runs: an empty string, or a missing field. Default `empty`. */
  readonly runningEndTime?: "empty" | "missing" | undefined;
  /**
   * Which `Url`s in detail answers end with a line feed: all, every second one, or none. Default
   * `always`.
   */
  readonly lineFeedAfterUrl?: "always" | "alternating" | "never" | undefined;
  /**
   * Which URLs share a task id: those of the same domain and second, or (`account`) all of the same
   * second, with one entry per domain. Default `domain`.
   */
  readonly taskIdSharing?: "domain" | "account" | undefined;
  /** URLs per task id. More URLs get another id. Default 500 (an older page says 2,000). */
  readonly urlsPerTaskId?: number | undefined;
  /**
   * If `true`, ids are larger than 2^53 and sent as JSON numbers. A rounded id is that of another task.
   * Default false.
   */
  readonly taskIdsAsNumbers?: boolean | undefined;
  /** The maximum page size of `DescribeRefreshTasks`, even if the request asks for more. Default 100. */
  readonly searchPageCap?: number | undefined;
  /**
   * How pages follow each other if they are smaller than requested: without a gap, as if they had the
   * requested size (which skips rows), or always the first page. Default `noGap`.
   */
  readonly searchPaging?: "noGap" | "gaps" | "alwaysFirst" | undefined;
  /** The `PageSize` in an answer: the real one, or the requested one. Default `given`. */
  readonly searchPageSizeTold?: "given" | "asked" | undefined;
  /** Added to the `TotalCount` of a search. Default 0. */
  readonly searchTotalCountOffset?: number | undefined;
  /** Whether the `TotalCount` of a search is a string. Default false. */
  readonly searchTotalCountAsText?: boolean | undefined;
  /**
   * How the operations that need no allow-list spell a URL: as sent, with percent-encoding in the other
   * case, decoded, without its scheme, with the other scheme, or only its path. Default `asSent`.
   */
  readonly rowSpelling?:
    | "asSent"
    | "otherCase"
    | "decoded"
    | "withoutScheme"
    | "otherScheme"
    | "pathAlone"
    | undefined;
  /**
   * How they write `CreationTime`: in UTC, in UTC without a zone, or in China's time without a zone.
   * Default `utc`.
   */
  readonly rowTimeForm?: "utc" | "withoutZone" | "localWithoutZone" | undefined;
  /** Added to the `CreationTime` that they write, in milliseconds. Searches use the true time. Default 0. */
  readonly rowTimeOffsetMs?: number | undefined;
  /**
   * How much of a task the two operations that take a task id show: everything, or everything except the
   * last entry or row, which `TotalCount` still counts. Default `all`.
   */
  readonly shownOfTask?: "all" | "allButLast" | undefined;
  /** Whether the `TotalCount` of those operations is a string. Default false. */
  readonly taskTotalCountAsText?: boolean | undefined;
  /**
   * How many entries a domain has in detail answers: one, or one per URL with its own RetCode. Default
   * `one`.
   */
  readonly entriesPerDomain?: "one" | "onePerUrl" | undefined;
  /** Added to the `CreationTime` and `EndTime` of detail answers, in milliseconds. Default 0. */
  readonly entryTimeOffsetMs?: number | undefined;
  /** Tasks that one submission starts for the same URLs. `PushTaskId` then holds several ids. Default 1. */
  readonly tasksPerSubmission?: number | undefined;
  /** The account's daily quotas, in URLs, directories or patterns. They reset at midnight UTC+8. */
  readonly quotas?:
    | {
        readonly preloadL2?: number | undefined;
        readonly preloadL1?: number | undefined;
        readonly refreshUrls?: number | undefined;
        readonly refreshDirectories?: number | undefined;
        readonly refreshPatterns?: number | undefined;
        readonly refreshIgnoreParams?: number | undefined;
        readonly block?: number | undefined;
      }
    | undefined;
  /**
   * URLs that can be preloaded at the same time. More are refused with `PreloadQueueFull`. Default
   * 100,000 (an older page says 50,000).
   */
  readonly queueCapacityUrls?: number | undefined;
}

/**
 * The current settings: the account, its limits, and behaviour that the API reference does not
 * specify.
 */
export interface Settings {
  /**
   * Divides the duration of scripted tasks. It does not change dates, signatures, rates and
   * `visibilityDelayMs`. Default 1.
   */
  readonly speed: number;
  /** Whether the account may call `DescribePreloadDetailById`. Default true. */
  readonly allowListed: boolean;
  /**
   * The code with which that operation refuses an account that is not on the allow-list, which Alibaba
   * Cloud does not document. Default `NoPermission`.
   */
  readonly allowListRefusalCode:
    | "NoPermission"
    | "Forbidden.RAM"
    | "OperationDenied"
    | "InvalidAction.NotFound";
  /**
   * If `false`, the account has not activated the CDN service, and every operation is refused with
   * `OperationDenied`. Default true.
   */
  readonly serviceOpened: boolean;
  /** The RAM policy of the access key. Default `null`, which allows everything. */
  readonly ramPolicy: {
    readonly Version: "1";
    readonly Statement: readonly {
      readonly Effect: "Allow" | "Deny";
      readonly Action: string | readonly string[];
      readonly Resource: string | readonly string[];
    }[];
  } | null;
  /**
   * The account's accelerated domains and their states. Default `null`, which accepts every domain as
   * online.
   */
  readonly domains: Readonly<Record<string, "online" | "offline" | "configuring">> | null;
  /** Calls per second by operation. Other operations keep the documented rate. Default: none. */
  readonly callsPerSecond: Readonly<Partial<Record<OperationName, number>>>;
  /** How long a new task stays invisible to the query operations, in milliseconds. Default 2,000. */
  readonly visibilityDelayMs: number;
  /**
   * The answer of `DescribePreloadDetailById` about an id that it does not see (too new, gone, or never
   * issued): no entries, or `InvalidTaskId.Malformed`. Alibaba Cloud does not document it. Default
   * `empty`.
   */
  readonly unseenTask: "empty" | "malformed";
  /** `EndTime` while a task runs: an empty string, or a missing field. Default `empty`. */
  readonly runningEndTime: "empty" | "missing";
  /**
   * Which `Url`s in detail answers end with a line feed: all, every second one, or none. Default
   * `always`.
   */
  readonly lineFeedAfterUrl: "always" | "alternating" | "never";
  /**
   * Which URLs share a task id: those of the same domain and second, or (`account`) all of the same
   * second, with one entry per domain. Default `domain`.
   */
  readonly taskIdSharing: "domain" | "account";
  /** URLs per task id. More URLs get another id. Default 500 (an older page says 2,000). */
  readonly urlsPerTaskId: number;
  /**
   * If `true`, ids are larger than 2^53 and sent as JSON numbers. A rounded id is that of another task.
   * Default false.
   */
  readonly taskIdsAsNumbers: boolean;
  /** The maximum page size of `DescribeRefreshTasks`, even if the request asks for more. Default 100. */
  readonly searchPageCap: number;
  /**
   * How pages follow each other if they are smaller than requested: without a gap, as if they had the
   * requested size (which skips rows), or always the first page. Default `noGap`.
   */
  readonly searchPaging: "noGap" | "gaps" | "alwaysFirst";
  /** The `PageSize` in an answer: the real one, or the requested one. Default `given`. */
  readonly searchPageSizeTold: "given" | "asked";
  /** Added to the `TotalCount` of a search. Default 0. */
  readonly searchTotalCountOffset: number;
  /** Whether the `TotalCount` of a search is a string. Default false. */
  readonly searchTotalCountAsText: boolean;
  /**
   * How the operations that need no allow-list spell a URL: as sent, with percent-encoding in the other
   * case, decoded, without its scheme, with the other scheme, or only its path. Default `asSent`.
   */
  readonly rowSpelling: "asSent" | "otherCase" | "decoded" | "withoutScheme" | "otherScheme" | "pathAlone";
  /**
   * How they write `CreationTime`: in UTC, in UTC without a zone, or in China's time without a zone.
   * Default `utc`.
   */
  readonly rowTimeForm: "utc" | "withoutZone" | "localWithoutZone";
  /** Added to the `CreationTime` that they write, in milliseconds. Searches use the true time. Default 0. */
  readonly rowTimeOffsetMs: number;
  /**
   * How much of a task the two operations that take a task id show: everything, or everything except the
   * last entry or row, which `TotalCount` still counts. Default `all`.
   */
  readonly shownOfTask: "all" | "allButLast";
  /** Whether the `TotalCount` of those operations is a string. Default false. */
  readonly taskTotalCountAsText: boolean;
  /**
   * How many entries a domain has in detail answers: one, or one per URL with its own RetCode. Default
   * `one`.
   */
  readonly entriesPerDomain: "one" | "onePerUrl";
  /** Added to the `CreationTime` and `EndTime` of detail answers, in milliseconds. Default 0. */
  readonly entryTimeOffsetMs: number;
  /** Tasks that one submission starts for the same URLs. `PushTaskId` then holds several ids. Default 1. */
  readonly tasksPerSubmission: number;
  /** The account's daily quotas, in URLs, directories or patterns. They reset at midnight UTC+8. */
  readonly quotas: {
    readonly preloadL2: number;
    readonly preloadL1: number;
    readonly refreshUrls: number;
    readonly refreshDirectories: number;
    readonly refreshPatterns: number;
    readonly refreshIgnoreParams: number;
    readonly block: number;
  };
  /**
   * URLs that can be preloaded at the same time. More are refused with `PreloadQueueFull`. Default
   * 100,000 (an older page says 50,000).
   */
  readonly queueCapacityUrls: number;
}

/** Assigns a script to URLs. */
export interface RuleInput {
  /** Exactly this URL. Its scheme does not count. */
  readonly url?: string | undefined;
  /**
   * Domains that match this glob. `*` matches any characters except `/`, and `**` matches any
   * characters.
   */
  readonly host?: string | undefined;
  /** Paths, including the query, that match this glob. */
  readonly path?: string | undefined;
  /** The kind of submission. Default: `"preload"`. */
  readonly task?: "preload" | "refresh" | "any" | undefined;
  /** How they behave. */
  readonly script: ScriptReference;
  /** Only this many first submissions of each URL. The following rules decide later ones. Default: all. */
  readonly firstSubmissions?: number | undefined;
}

/** A scenario as given. */
export interface ScenarioInput {
  /** The path of the JSON Schema, for your editor. */
  readonly $schema?: string | undefined;
  /** Rules that assign scripts to URLs. The first match decides. Default: `[]`. */
  readonly rules?: readonly RuleInput[] | undefined;
  /** The script of URLs that match no rule and name no script themselves. Default: `"passes"`. */
  readonly defaultScript?: ScriptReference | undefined;
  /** Faults between the client and the service. Default: `[]`. */
  readonly faults?: readonly FaultInput[] | undefined;
  /**
   * The account, its limits, and behaviour that the API reference does not specify. Other settings keep
   * their defaults.
   */
  readonly settings?: SettingsInput | undefined;
}

/** The kinds of faults. */
export type FaultKind = FaultInput["kind"];
