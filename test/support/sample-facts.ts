import { ERROR_FAMILIES, type ErrorCode, GateError } from "../../provider/core/errors";
import type {
  CredentialsFault,
  CredentialsOrigin,
  FactsOf,
  Failure,
  FailureKind,
  IdentitySetting,
  NetworkFault,
  RowDoubt,
  SitemapFault,
  StateFileFault,
  TextFault,
} from "../../provider/core/failure-facts";
import type { Notice, Progress, Step } from "../../provider/core/notices";
import type { PlanFacts } from "../../provider/core/plan-facts";
import type { Problem } from "../../provider/core/problems";
import type { QuotaFacts } from "../../provider/core/quota-facts";
import type { Reason, UrlProblem } from "../../provider/core/reason-facts";
import type { NextStep, ResourceNote, UrlAdvice } from "../../provider/wording/catalogue";
import type {
  CheckFinding,
  CommandLineNotice,
  PlannedQuota,
} from "../../provider/wording/command-line-words";
import type { NotPassed, PulumiFault } from "../../provider/wording/pulumi-words";
import type { UsageFault } from "../../provider/wording/usage-faults";

/** Facts of every kind, at least one each: the compiler asks for those of a kind that is new. */

/** For each kind its own facts, without the kind; several where a message has several forms. */
type Samples<F extends { readonly kind: string }> = {
  readonly [K in F["kind"]]: readonly FactsOfKind<F, K>[];
};

type FactsOfKind<F extends { readonly kind: string }, K> = F extends unknown
  ? K extends F["kind"]
    ? Omit<F, "kind">
    : never
  : never;

/** What others have written; no sentence, so that none of ours is taken for it. */
const WORDS = "their-words";
const URL = "https://cdn.example.com/app.js";
const NOTHING = [{}];
const origin: CredentialsOrigin = { kind: "profile", name: "release", file: "config.json" };
const network: NetworkFault = { kind: "noConnection", withinMs: 5_000 };
const quotaFacts: QuotaFacts = {
  purpose: "preload",
  needed: 120,
  isEnough: false,
  remaining: 87,
  total: 1_000,
  reserved: 13,
  resetsInMs: 3_723_000,
};

const details = {
  operation: "PushObjectCache",
  serviceCode: "Throttling.User",
  httpStatus: 503,
  requestId: "4C7E9A10",
  attempts: 4,
  mayHaveBeenAccepted: true,
  taskIds: ["771", "772"],
} as const;

/** A failure of a family with all that can be observed of one. */
export function sampleFailure(code: ErrorCode = "throttled"): Failure {
  return new GateError({ kind: "refused", code, words: WORDS, from: origin }, details);
}

export const FAILURES: { readonly [K in FailureKind]: readonly Omit<FactsOf<K>, "kind">[] } = {
  callInterrupted: [{ wasSent: true }, { wasSent: false }],
  notSent: [{ host: "cdn.aliyuncs.com", why: network }],
  requestNotValid: [{ why: network }],
  requestKeyNotValid: [{ why: network, from: origin }],
  noCompleteAnswer: [{ code: "transient", host: "cdn.aliyuncs.com", why: network }],
  refused: [
    { code: "credentials", words: WORDS, from: origin },
    { code: "permission", words: undefined, from: origin },
  ],
  foreignAnswer: [
    { code: "transient", contentType: "text/html", start: "<html>" },
    { code: "transient", contentType: undefined, start: "" },
  ],
  malformedAnswer: [
    { fault: { path: ["Tasks", 3], problem: { kind: "missing" } } },
    { fault: { path: [], problem: { kind: "notAnObject" } } },
  ],
  heldBack: [{ pauseMs: 65_000 }],
  notOnAllowList: [{ refusal: sampleFailure("permission") }],
  keyEmpty: [
    { field: "accessKeyId", from: origin },
    { field: "accessKeySecret", from: origin },
    { field: "securityToken", from: origin },
  ],
  keyCharacter: [{ field: "accessKeyId", from: origin, codePoint: "U+00A0", position: 17 }],
  notRenewed: [{ from: origin, why: { kind: "timeout", timeoutMs: 7_000 } }],
  notGiven: [{ code: "transient", failure: sampleFailure(), from: origin }],
  noneInProfile: [{ from: origin, why: { kind: "unknown" } }],
  noneFrom: [{ from: origin, why: { kind: "words", words: WORDS } }],
  noneFound: [
    {
      why: { kind: "unknown" },
      unsetVariables: ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
      isMetadataDisabled: true,
    },
    {
      why: { kind: "unknown" },
      unsetVariables: ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
      isMetadataDisabled: false,
    },
  ],
  searchInterrupted: NOTHING,
  credentialsHostUnreachable: [{ host: "sts.aliyuncs.com", why: network }],
  credentialsRefused: [
    { code: "credentials", host: "sts.aliyuncs.com", words: WORDS },
    { code: "credentials", host: "sts.aliyuncs.com", words: undefined },
  ],
  fileWithoutProfile: [{ setting: { kind: "setting", name: "sharedCredentialsFile" } }],
  severalIdentities: [
    {
      settings: [
        { kind: "setting", name: "profile" },
        { kind: "variable", name: "ALICLOUD_ECS_ROLE_NAME" },
      ],
    },
  ],
  halfKeyInEnvironment: [{ missing: "ALIBABA_CLOUD_ACCESS_KEY_SECRET" }],
  keysDiffer: [{ first: "ALICLOUD_ACCESS_KEY", second: "ALIBABA_CLOUD_ACCESS_KEY_ID" }],
  halfKeyInConfig: [{ missing: "secretKey" }],
  roleNotValid: [{ setting: "assumeRole", fields: ["roleArn", "policy"] }],
  settingNotValid: [
    { setting: "timeout", problem: { kind: "notADuration" }, found: 17 },
    { setting: "timeout", problem: { kind: "notADuration" } },
  ],
  inputsNotValid: [{ problems: [{ path: ["urls", 3], problem: { kind: "empty" } }] }],
  endpointNotAUrl: NOTHING,
  proxyNotAUrl: NOTHING,
  endpointNotSecure: [{ origin: "http://cdn.example.com" }],
  endpointWithPath: [{ origin: "https://cdn.example.com" }],
  endpointWithUser: [{ host: "cdn.example.com" }],
  stateNotReadable: [
    { field: "urls", problem: { kind: "missing" } },
    { field: "", problem: { kind: "missing" } },
  ],
  stateTooNew: [{ version: 9, newestKnown: 3 }],
  fileNameNotUtf8: [{ file: "dist/app.js" }],
  textNotReadable: [
    { file: "urls.txt", fault: { kind: "utf16" } },
    { file: undefined, fault: { kind: "utf16" } },
  ],
  sitemapNotReadable: [
    { file: "sitemap.xml", fault: { kind: "notASitemap" } },
    { file: undefined, fault: { kind: "notASitemap" } },
  ],
  sitemapLoop: [{ file: "sitemap.xml", deepest: 5 }],
  sitemapNotFetched: [
    { url: URL, redirectedTo: undefined, why: { kind: "status", httpStatus: 404 } },
    { url: URL, redirectedTo: "https://b.example.com/s.xml", why: { kind: "tooManyRedirects", most: 5 } },
    { url: URL, redirectedTo: undefined, why: { kind: "addressNotSafe", origin: "http://b.example.com" } },
    { url: URL, redirectedTo: undefined, why: { kind: "addressNotSafe", origin: "" } },
    { url: URL, redirectedTo: undefined, why: { kind: "network", why: { kind: "words", words: WORDS } } },
  ],
  tooManySitemaps: [{ index: "https://b.example.com/s.xml", most: 500 }],
  sitemapMissing: [
    { index: "sitemap.xml", location: "https://cdn.example.com/s.xml", lookedFor: ["s.xml", "s.xml.gz"] },
    { index: "sitemap.xml", location: "https://cdn.example.com/s.xml", lookedFor: [] },
  ],
  otherAccount: [{ keptUntilMs: 1_764_000_000_000 }, { keptUntilMs: undefined }],
  quotaTooSmall: [{ quota: quotaFacts }, { quota: { ...quotaFacts, purpose: "purge" } }],
  deadlineBeforeSubmission: NOTHING,
  submissionBroke: [{ why: WORDS }],
  submissionOpen: [
    {
      purpose: "preload",
      urls: 7,
      sentAtMs: 1_764_000_000_000,
      doubts: Array.from({ length: 6 }, (_, at) => ({
        url: URL,
        taskId: `88${at}`,
        rowUrl: URL,
        creationTime: "2026-11-27T08:00:00Z",
        why: { kind: "inFuture" } as const,
      })),
    },
    { purpose: "purge", urls: 7, sentAtMs: 1_764_000_000_000, doubts: [] },
  ],
  searchEnded: [{ code: "transient", unanswered: sampleFailure("transient"), failure: sampleFailure() }],
  purgeOpen: [{ urls: 7 }],
  purgeTooOld: [{ taskId: "881" }],
  purgeUnfinished: [{ taskIds: ["881", "882", "883", "884", "885", "886", "887"] }],
  purgeFailed: [{ urls: [{ url: URL, taskId: "881", status: "Failed", words: WORDS }] }],
  stateUnsaved: [{ fault: { kind: "newer", file: "preload.json" } }],
  taskUnknown: [
    { taskId: "881", answers: 1 },
    { taskId: "881", answers: 3 },
  ],
  deadlineBeforeEnd: [
    { taskId: "881", last: sampleFailure() },
    { taskId: "881", last: undefined },
  ],
  interrupted: NOTHING,
  deadlineWhileAsking: NOTHING,
  noAnswerInTime: [{ timeoutMs: 65_000 }],
  listenerFailed: [{ event: "progress", why: WORDS }],
  unexpected: [{ why: WORDS }],
};

const counted = { page: 2, totalCount: 300, received: 150 };

export const PROBLEMS: Samples<Problem> = {
  notValid: NOTHING,
  missing: NOTHING,
  empty: NOTHING,
  notAString: NOTHING,
  notAFlag: NOTHING,
  notAList: NOTHING,
  notAnObject: NOTHING,
  notUrls: NOTHING,
  noUrls: NOTHING,
  notADuration: NOTHING,
  notAHeaderName: NOTHING,
  notHeaders: NOTHING,
  notOneLine: NOTHING,
  notHeaderValues: NOTHING,
  notTaskIds: NOTHING,
  noTaskIds: NOTHING,
  notATaskId: NOTHING,
  notAPercentage: NOTHING,
  notAWholeNumber: NOTHING,
  notZeroOrMore: NOTHING,
  negative: NOTHING,
  notAReason: NOTHING,
  notAboveZero: NOTHING,
  notAnInstant: NOTHING,
  notAName: NOTHING,
  notAPath: NOTHING,
  notAGlob: NOTHING,
  notGlobs: NOTHING,
  notAUrl: NOTHING,
  urlNotAUrl: NOTHING,
  urlHoldsOutput: NOTHING,
  urlWildcard: NOTHING,
  urlPattern: NOTHING,
  urlEndsInSeparator: NOTHING,
  urlBackslash: NOTHING,
  urlFragment: NOTHING,
  urlNoHostOrScheme: NOTHING,
  urlNoHost: NOTHING,
  urlPercent: NOTHING,
  urlUser: NOTHING,
  urlWildcardHost: NOTHING,
  urlIpAddress: NOTHING,
  urlHostNotFull: NOTHING,
  notOneOf: [{ choices: ["fail", "warn", "off"] }],
  notAFileByKind: [{ kinds: ["junit", "html"] }],
  notACount: [{ unit: "URLs" }],
  tooManyUrls: [{ most: 10_000 }],
  outOfRange: [{ least: 0.5, most: 12 }],
  wholeNumberOutOfRange: [{ least: 0, most: 65_535 }],
  notTheOutput: [{ output: "verdict" }],
  urlTooLong: [{ characters: 1_100, most: 1_024 }],
  urlSecondUrl: [{ position: 17 }],
  urlSecondColumn: [{ position: 17 }],
  urlWhiteSpace: [{ position: 17 }],
  urlLostCharacter: [{ position: 17 }],
  urlControlCharacter: [
    { codePoint: "U+0009", position: 17 },
    { codePoint: "U+0001", position: 17 },
    { codePoint: "U+000A", position: 17 },
  ],
  urlInvisible: [{ codePoint: "U+200B", position: 17 }],
  urlScheme: [{ scheme: "ftp" }],
  urlPort: [{ port: "8443" }],
  said: [{ words: WORDS }],
  missingAtStatus: [{ status: "Complete" }],
  noPercentageAtStatus: [{ found: "full", status: "Complete" }],
  otherTask: [{ found: "882", taskId: "881" }],
  otherPage: [{ found: 3, page: 2 }],
  emptyPage: [counted, { ...counted, received: 0 }],
  repeatedRows: [counted],
  tooManyPages: [counted],
};

const task = {
  taskIds: ["881", "882"],
  domain: "cdn.example.com",
  retCode: "500",
  status: "Failed",
  processPercent: 47,
  isStatusOnly: true,
  requestId: "4C7E9A10",
};
const counts = { urls: 15, preloaded: 5, failed: 4, pending: 3, unknown: 2, notSubmitted: 1 };

export const REASONS: Samples<Reason> = {
  sum: [
    { verdict: "failed", counts, maxFailedUrls: 2, waitedMs: undefined, isNotUnderstood: false },
    { verdict: "inconclusive", counts, maxFailedUrls: 0, waitedMs: 2_700_000, isNotUnderstood: true },
    {
      verdict: "inconclusive",
      counts: { urls: 1, preloaded: 0, failed: 0, pending: 0, unknown: 0, notSubmitted: 0 },
      maxFailedUrls: 0,
      waitedMs: undefined,
      isNotUnderstood: false,
    },
  ],
  url: [{ url: URL, position: 3, problem: { kind: "rowFailed" }, task, words: WORDS }],
  taskFailed: [{ task }],
  taskSilent: [{ task }],
  taskUnanswered: [
    { taskId: "881", task },
    { taskId: "881", task: undefined },
  ],
  more: [{ count: 42 }],
  failure: [{ failure: sampleFailure() }],
};

export const URL_PROBLEMS: Samples<UrlProblem> = {
  outcomeOpen: NOTHING,
  taskFailed: [{ successPercent: 47.5 }, { successPercent: undefined }],
  rowFailed: NOTHING,
  tooFewPops: [
    { successPercent: 47.5, minSuccessPercent: 95 },
    { successPercent: 0, minSuccessPercent: 0 },
  ],
  statusOnly: NOTHING,
  olderTask: [
    {
      creationTime: "2026-11-24T08:00:00Z",
      endTime: "2026-11-24T08:05:00Z",
      submittedAtMs: 1_764_000_000_000,
    },
  ],
  notSubmitted: NOTHING,
  notUnderstood: NOTHING,
  running: NOTHING,
  notVisible: NOTHING,
  noRow: NOTHING,
  taskGone: NOTHING,
  rowsNotShown: [{ count: 42 }],
  otherTaskNotVisible: [{ taskIds: ["881", "882"] }],
  unknownStatus: [{ status: "Paused" }],
};

export const URL_ADVICE: Samples<UrlAdvice> = {
  originFails: NOTHING,
  originRefuses: NOTHING,
  originTooSlow: NOTHING,
  cdnFails: NOTHING,
  originUnknown: NOTHING,
  tooFewPops: NOTHING,
  submitAgain: NOTHING,
  notUnderstood: NOTHING,
  waitForTask: [{ taskIds: ["881", "882"] }],
  findOut: [{ taskIds: ["881", "882"] }, { taskIds: [] }],
};

export const NOTICES: Samples<Notice> = {
  tookOver: [{ taskIds: ["881", "882"], urls: 7 }],
  otherAccountLapsed: NOTHING,
  wantedAgain: [
    { urls: 7, taskIds: ["881", "882", "883", "884", "885"], counts: true },
    { urls: 7, taskIds: ["881"], counts: false },
  ],
  searching: [
    { purpose: "preload", urls: 7, sentAtMs: 1_764_000_000_000, untilMs: 1_764_000_900_000 },
    { purpose: "purge", urls: 7, sentAtMs: 1_764_000_000_000, untilMs: 1_764_000_900_000 },
  ],
  tryingAgain: [{ code: "throttled", serviceCode: "Throttling.User", pauseMs: 17_000 }],
  quotaTooSmall: [{ quota: quotaFacts }],
  quotaUnknown: [{ failure: sampleFailure() }],
  statusOnlyEvidence: [{ refusal: sampleFailure("permission") }],
};

export const STEPS: { readonly [T in Step["type"]]: readonly Extract<Step, { readonly type: T }>[] } = {
  submitting: [
    { type: "submitting", purpose: "preload", urls: 120, calls: 2 },
    { type: "submitting", purpose: "purge", urls: 120, calls: 2 },
  ],
  submitted: [{ type: "submitted", urls: 120, taskIds: ["881", "882"] }],
  purging: [{ type: "purging", tasks: 3 }],
};

export const PROGRESS: Progress = {
  urls: 15,
  preloaded: 5,
  failed: 4,
  processPercent: 62.5,
  remainingMs: 80_000,
  elapsedMs: 65_000,
  apiCalls: 37,
};

export const QUOTAS: readonly QuotaFacts[] = [
  quotaFacts,
  { ...quotaFacts, purpose: "purge", isEnough: true, total: undefined, reserved: 0 },
];

export const PLANS: Samples<PlanFacts> = {
  gate: [{ tasks: 3 }],
  create: [{ submits: { urls: 120, calls: 2, purges: 17 }, waits: true, mergedSpellings: 4 }],
  update: [
    {
      submits: { urls: 120, calls: 2, purges: 0 },
      keptResults: 3,
      openSubmissions: 4,
      askedTasks: 5,
    },
    { submits: undefined, keptResults: 0, openSubmissions: 0, askedTasks: 0 },
  ],
};

export const RESOURCE_NOTES: Samples<ResourceNote> = {
  letThroughNow: [{ verdict: "failed", reason: WORDS }],
  letThroughByOverride: [{ override: WORDS, reasons: ["a.reason"] }],
  letThroughByWarn: [{ reasons: ["a.reason"] }],
  passedWithFailures: [{ failed: 3, urls: 15 }],
  forgotten: NOTHING,
  savedVerdictFails: NOTHING,
  notRefreshed: [{ why: WORDS }],
  accountNotAsked: [{ why: WORDS }],
  inputsNotValid: [{ problems: ["a.problem"] }],
};

export const NEXT_STEPS: Samples<NextStep> = {
  repairElsewhere: NOTHING,
  fixCause: NOTHING,
  mayHaveBeenAccepted: NOTHING,
  fixNamed: NOTHING,
  goOn: NOTHING,
};

export const ORIGINS: Samples<CredentialsOrigin> = {
  named: [{ name: "a.source" }],
  config: [{ setting: "accessKey" }],
  environment: [{ id: "ALIBABA_CLOUD_ACCESS_KEY_ID", secret: "ALIBABA_CLOUD_ACCESS_KEY_SECRET" }],
  profile: [
    { name: "release", file: "config.json" },
    { name: "release", file: undefined },
  ],
  credentialsUri: NOTHING,
  defaultChain: NOTHING,
  ecsRole: [{ roleName: "deployer" }],
  oidcRole: [{ roleArn: "acs:ram::1:role/deployer" }],
  assumedRole: [{ roleArn: "acs:ram::1:role/deployer", with: origin }],
  unclear: NOTHING,
};

export const IDENTITY_SETTINGS: Samples<IdentitySetting> = {
  setting: [{ name: "profile" }],
  variable: [{ name: "ALICLOUD_PROFILE" }],
  named: [{ name: "profile" }],
};

export const NETWORK_FAULTS: Samples<NetworkFault> = {
  noConnection: [{ withinMs: 5_000 }],
  noAnswer: [{ withinMs: 5_000 }],
  tooLong: [{ mostBytes: 1_024 }],
  words: [{ words: WORDS }],
};

export const CREDENTIALS_FAULTS: Samples<CredentialsFault> = {
  timeout: [{ timeoutMs: 7_000 }],
  emptyKey: NOTHING,
  noUri: NOTHING,
  fileNotReadable: [{ file: "config.json" }],
  noProfiles: [{ file: "config.json" }],
  unknown: NOTHING,
  failure: [{ failure: sampleFailure() }],
  words: [{ words: WORDS }],
};

export const DOUBTS: Samples<RowDoubt> = {
  otherSpelling: NOTHING,
  timeUnclear: NOTHING,
  inFuture: NOTHING,
  afterExpiry: NOTHING,
  beforeSubmission: [{ earlyMs: 65_000 }],
};

export const SOURCE_FAULTS: Samples<TextFault | SitemapFault> = {
  utf16: NOTHING,
  unknownEncoding: [{ encoding: "KLINGON" }],
  wrongBytes: [{ line: 17, encoding: "utf-8" }],
  notXml: [{ words: WORDS }],
  notASitemap: NOTHING,
  tooLarge: [{ mostMegabytes: 50 }],
  words: [{ words: WORDS }],
};

export const STATE_FILES: Samples<StateFileFault> = {
  otherEndpoint: [
    { file: "preload.json", savedEndpoint: "https://a.example.com", endpoint: "https://b.example.com" },
  ],
  noStateFile: [{ file: "preload.json" }],
  newer: [{ file: "preload.json" }],
  notUsable: [{ file: "preload.json", why: { kind: "failure", failure: sampleFailure() } }],
  notReadable: [{ file: "preload.json", why: { kind: "words", words: "EACCES" } }],
  notWritable: [{ file: "preload.json", why: { kind: "words", words: "EACCES" } }],
  notLockable: [{ file: "preload.json", why: { kind: "words", words: "EACCES" } }],
  locked: [{ file: "preload.json", lock: "preload.json.lock" }],
  lost: [
    { file: "preload.json", lock: "preload.json.lock", how: "lockRemoved" },
    { file: "preload.json", lock: "preload.json.lock", how: "takenOver" },
  ],
};

const leftOut = { systemFiles: 2, dotFiles: 3, sourceMaps: 4 };

export const USAGE_FAULTS: Samples<UsageFault> = {
  unknownOption: [
    { name: "--prot", similar: ["--port"] },
    { name: "--prot", similar: ["--port", "--part"] },
    { name: "--prot", similar: [] },
  ],
  unknownCommand: [{ name: "runn", similar: ["run"] }],
  argumentMissing: [{ name: "taskIds" }],
  valueMissing: [{ option: "--port <number>" }],
  givenTwice: [{ option: "--port <number>" }],
  tooManyArguments: [
    { command: "emulator", most: 0, given: 2 },
    { command: "", most: 1, given: 2 },
  ],
  valueNotValid: [
    {
      of: "option",
      name: "--port <number>",
      value: "x",
      variable: undefined,
      why: { kind: "problem", problem: { kind: "notAWholeNumber" } },
    },
    {
      of: "option",
      name: "--endpoint <url>",
      value: "x",
      variable: "ALICDN_ENDPOINT",
      why: { kind: "notAllowed", choices: "a, b" },
    },
    {
      of: "argument",
      name: "taskIds",
      value: "x",
      variable: undefined,
      why: { kind: "said", words: WORDS },
    },
  ],
  withoutCalls: [{ option: "--endpoint <url>", command: "emulator" }],
  givenBoth: [{ options: ["--quiet", "--no-quiet"] }],
  severalConfigs: [{ folder: "app", names: ["a.yaml", "a.yml"] }],
  configNotReadable: [{ file: "a.yaml", why: "EACCES" }],
  configNotValid: [
    {
      file: "a.yaml",
      faults: [
        { line: 3, fault: { kind: "syntax", line: 3, words: WORDS } },
        { line: 4, fault: { kind: "unknownKey", key: "timeot", similar: "timeout" } },
        { line: undefined, fault: { kind: "unknownKey", key: "timeot", similar: undefined } },
        { line: 5, fault: { kind: "ofOneRun", key: "dryRun", option: "dry-run" } },
        { line: 6, fault: { kind: "secret", key: "headers" } },
        { line: 7, fault: { kind: "keyTwice", key: "area" } },
        { line: 8, fault: { kind: "wrongValue", placed: { path: ["area"], problem: { kind: "empty" } } } },
        { line: 9, fault: { kind: "wrongValue", placed: { path: [], problem: { kind: "empty" } } } },
      ],
      more: 42,
    },
  ],
  documentNotReadable: [{ file: "shard-1.json", why: WORDS }],
  documentNotOfAGate: [{ file: "shard-1.json" }],
  documentTwice: [{ file: "shard-1.json" }],
  mergedNameNotKnown: [{ file: "all.pdf", endings: [".html", ".md"] }],
  reportMissing: [{ file: "report.html" }],
  reportNotHtml: [{ file: "report.txt" }],
  manifestNotReadable: [{ file: "m.json", why: "EACCES" }],
  noManifest: [{ file: "m.json" }],
  manifestNewer: [{ file: "m.json" }],
  noUrls: NOTHING,
  folderMissing: [{ options: ["base"] }, { options: ["base", "include"] }],
  notAFileName: [{ option: "directory-index", found: "a/b" }],
  baseMissing: NOTHING,
  basesDiffer: [{ folders: 3, bases: 2 }],
  notAUrlButAFile: [
    { place: 3, argument: "urls.txt", is: "file", meant: "-f urls.txt" },
    { place: 3, argument: "dist", is: "folder", meant: "--dir dist" },
  ],
  urlsNotValid: [
    {
      urls: [
        { from: { kind: "argument", place: 3 }, url: URL, problem: { kind: "urlFragment" } },
        { from: { kind: "line", file: "urls.txt", line: 4 }, url: URL, problem: { kind: "urlFragment" } },
        { from: { kind: "line", file: undefined, line: 5 }, url: URL, problem: { kind: "urlFragment" } },
        { from: { kind: "sitemap", file: "s.xml", place: 6 }, url: URL, problem: { kind: "urlFragment" } },
        { from: { kind: "file", file: "dist/a.js" }, url: URL, problem: { kind: "urlFragment" } },
      ],
      more: 42,
    },
  ],
  sourceNotReadable: (["list", "sitemap", "folder"] as const).map((kind) => ({
    source: { kind, path: "a.path" },
    why: "ENOENT",
  })),
  folderEmpty: [
    { folder: "dist", leftOut },
    { folder: "dist", leftOut: { systemFiles: 0, dotFiles: 0, sourceMaps: 0 } },
  ],
  headerNotValid: [{ place: 3 }],
  reportNotValid: [{ text: "pdf=x", kinds: ["junit", "html"] }],
  taskIdsNotValid: [{ problem: { kind: "notATaskId" } }],
  triggerWithoutState: NOTHING,
  stateFile: [
    { fault: { kind: "newer", file: "preload.json" }, submitted: "nothing" },
    { fault: { kind: "newer", file: "preload.json" }, submitted: "unclear" },
  ],
  severalLines: [{ input: "timeout" }],
  inputNotAFlag: [{ input: "dry-run", found: "maybe" }],
  failure: [{ failure: sampleFailure() }],
  said: [{ words: WORDS }],
};

const config = { file: "a.yaml", settings: ["area", "timeout", "report"], overruled: ["timeout"] };

export const COMMAND_LINE_NOTICES: Samples<CommandLineNotice> = {
  spellingsLeftOut: [{ urls: 7 }],
  filesLeftOut: [
    { folder: "dist", counts: leftOut, paths: ["a.map", ".env"] },
    { folder: "dist", counts: leftOut, paths: [] },
  ],
  settingsOfFile: [{ config }],
  changedSince: [
    { changes: { manifest: "m.json", basis: "missing", changed: 12, unchanged: 0, deleted: 0 } },
    { changes: { manifest: "m.json", basis: "otherSettings", changed: 12, unchanged: 0, deleted: 0 } },
    { changes: { manifest: "m.json", basis: "used", changed: 0, unchanged: 12, deleted: 3 } },
    { changes: { manifest: "m.json", basis: "used", changed: 5, unchanged: 7, deleted: 0 } },
  ],
  manifestNotDue: [{ file: "m.json" }],
  manifestNotWritten: [{ file: "m.json", why: "EACCES" }],
  otherGeneration: NOTHING,
  interrupting: NOTHING,
  nothingLeft: NOTHING,
  unsaved: [{ fault: { kind: "newer", file: "preload.json" }, taskIds: ["881", "882"] }],
};

export const PLANNED_QUOTAS: Samples<PlannedQuota> = {
  known: [{ quota: quotaFacts }],
  notTold: NOTHING,
  notNeeded: NOTHING,
  notKnown: [{ failure: sampleFailure() }],
};

export const CHECK_FINDINGS: Samples<CheckFinding> = {
  credentialsFound: [
    { isTemporary: true, origin },
    { isTemporary: false, origin },
  ],
  endpointAnswers: [{ origin: "https://cdn.aliyuncs.com" }],
  configInUse: [{ config }, { config: { ...config, settings: [] } }],
  clockUnknown: NOTHING,
  clockRight: [{ skewMs: 100 }, { skewMs: 5_000 }],
  clockWrong: [
    { skewMs: 65_000, breaksSignatures: false },
    { skewMs: -1_000_000, breaksSignatures: true },
  ],
  allowed: NOTHING,
  allowedAsFarAsShown: [{ serviceCode: "MissingObjectPath" }],
  notRefused: NOTHING,
  detailAllowed: NOTHING,
  detailRefused: [{ serviceCode: "UserNotInWhitelist" }],
  quotaNotTold: NOTHING,
  quota: [
    { quota: quotaFacts, isUsedUp: true },
    { quota: quotaFacts, isUsedUp: false },
  ],
  failed: [{ failure: sampleFailure() }],
};

export const NOT_PASSED: Samples<NotPassed> = {
  otherInputs: NOTHING,
  doesNotWait: NOTHING,
  reasons: [{ reasons: ["a.reason", "another.reason"] }],
  verdict: [{ verdict: "failed" }],
};

export const PULUMI_FAULTS: Samples<PulumiFault> = {
  notImportable: [{ resource: "Preload", name: "warm" }],
  notReadById: NOTHING,
  noFiles: [{ folder: "dist" }],
  staysUnhealthy: [{ name: "warm" }, { name: undefined }],
  unknownSetting: [
    { setting: "alicdn:reigon", settings: ["region", "endpoint"], meant: "endpoint" },
    { setting: "alicdn:reigon", settings: ["region", "endpoint"], meant: undefined },
  ],
  settingOfPlugin: [{ setting: "alicdn:accessKey", own: "accessKey" }],
  importId: [{ resource: "Preload", problem: { kind: "notATaskId" } }],
  nothingToImport: [{ taskIds: ["881", "882"] }],
  oneAccount: NOTHING,
  unknownFunction: [{ token: "alicdn:index:getTime" }],
  unknownResource: [{ token: "alicdn:index:Other", tokens: ["alicdn:index:Preload"] }],
  inputsMissing: NOTHING,
  sdkMissing: NOTHING,
  sdkOfOtherVersion: [{ oldest: "3.250.0", before: 4, found: "3.100.0" }],
};

export const CODES = Object.keys(ERROR_FAMILIES) as ErrorCode[];
