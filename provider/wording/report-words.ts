import type { ErrorCode } from "../core/error-families";
import type { FailureCause } from "../core/failure-causes";
import type { UrlState } from "../core/gate-state";
import type { Verdict } from "../core/judge";
import type { UrlProblem } from "../core/reason-facts";
import type { FilesChanged } from "./command-line-words";

/** What the reports of a gate say beside its messages: on a terminal, in files, and at a CI system. */
export interface ReportWords {
  /** The language's tag (BCP 47), for a page and its numbers. */
  readonly languageTag: string;
  readonly gate: GateWords;
  readonly text: TextReportWords;
  readonly markdown: MarkdownReportWords;
  readonly junit: JUnitReportWords;
  readonly html: HtmlReportWords;
  readonly chart: ChartWords;
  readonly shards: ShardWords;
  /** A file that could not be written; a sentence without its full stop where the system's words end it. */
  readonly notWritten: (file: string, why: string) => string;
  readonly reportNotWritten: (kind: string, file: string, why: string) => string;
}

/** What all reports share. */
export interface GateWords {
  readonly title: (verdict: string) => string;
  readonly annotationTitle: (verdict: Verdict) => string;
  /** The verdict as a headline, with what let it through. */
  readonly verdict: (verdict: Verdict, acceptedBy: "warn" | "override" | null) => string;
  /** Where no file has changed: there is no URL to count. */
  readonly nothingChanged: (changes: FilesChanged) => string;
  readonly counts: (counts: Counts) => string;
  /** What a support ticket needs of a task. */
  readonly task: (task: TaskFacts) => string;
  readonly states: Readonly<Record<UrlState, string>>;
  /** What failed of all URLs that have one cause in common, as a headline without a full stop. */
  readonly causes: Readonly<Record<UrlProblem["kind"], string>>;
  /** `RetCode 500, status Failed`: what is known of a cause. Empty where nothing is. */
  readonly causeFacts: (cause: FailureCause) => string;
  /** `40 URLs`. */
  readonly urls: (count: number) => string;
  /** What opens the rest of a group. */
  readonly moreUrls: (count: number) => string;
  /** A cause with how many URLs have it in common. */
  readonly causeOf: (count: number, cause: string) => string;
  /** What the gate asks for, as sentences. */
  readonly rule: (policy: Policy) => string;
  /** `commit c1fa6a2`. */
  readonly commit: (shortId: string) => string;
  readonly ciRun: string;
  /** How many URLs, and the first of them. */
  readonly suchAs: (count: number, urls: readonly string[]) => string;
  readonly lowestShare: (percent: number) => string;
  readonly calls: (count: number) => string;
  readonly duration: (durationMs: number) => string;
  /** An instant that a document has, in ISO 8601. */
  readonly instant: (iso: string) => string;
  readonly number: (count: number) => string;
  /** Before the service's own words. */
  readonly serviceSays: string;
  /** A sentence with the service's words in quotation marks. */
  readonly serviceSaysQuoted: (quoted: string) => string;
  /** A text with something in brackets after it. */
  readonly withNote: (text: string, note: string) => string;
  /** A problem, which has no full stop, as a sentence, with others after it; empty ones are left out. */
  readonly sentences: (problem: string, ...others: readonly string[]) => string;
  /** After the last of the URLs that are named one by one. */
  readonly more: (count: number) => string;
  readonly toGoOnWaiting: string;
  /** The heading of what was told on the way. */
  readonly notes: string;
}

/** By what a gate judges. */
export interface Policy {
  readonly minSuccessPercent: number;
  readonly maxFailedUrls: number;
  readonly requireDetail: boolean;
  readonly onInconclusive: string;
}

export interface Counts {
  readonly urls: number;
  readonly preloaded: number;
  readonly failed: number;
  readonly unknown: number;
}

export interface TaskFacts {
  readonly taskId: string;
  readonly retCode?: string | null | undefined;
  readonly status?: string | undefined;
  readonly requestId?: string | null | undefined;
}

export interface TextReportWords {
  /** How long a run took, and how many calls. */
  readonly effort: (run: { readonly elapsedMs: number; readonly apiCalls: number }) => string;
  /** Facts of one line. */
  readonly facts: (facts: readonly string[]) => string;
  readonly statusOnly: string;
  readonly tasks: (taskIds: readonly string[], most: number) => string;
  /** A task as `status` shows it. */
  readonly taskLine: (task: {
    readonly taskId: string;
    readonly domain: string;
    readonly status: string;
    readonly process: string | null;
    readonly retCode: string | null;
    readonly creationTime: string;
  }) => string;
  readonly silentTask: (taskId: string) => string;
  readonly more: (count: number) => string;
  readonly serviceSays: string;
  /** `ERROR credentials`: what ended the work, where nothing else is as important. */
  readonly errorTitle: (code: ErrorCode) => string;
  readonly error: string;
  readonly warning: string;
  readonly timeout: string;
  readonly toWait: string;
  readonly goesOn: string;
  readonly submitsNothing: (unsentUrls: number) => string;
  /** What to run where the command itself cannot be shown. */
  readonly sameCommand: string;
}

/** Of a merged document: which of the documents a row is from, and what each says. */
export interface ShardWords {
  readonly heading: string;
  readonly caption: string;
  readonly columns: { readonly [Name in "shard" | "verdict" | "urls" | "next"]: string };
}

export interface JUnitReportWords {
  readonly shareOfPops: (percent: number) => string;
  readonly stillRuns: string;
}

export interface MarkdownReportWords {
  readonly notPreloaded: string;
  readonly urlColumns: { readonly [Name in "url" | "pops" | "why" | "advice"]: string };
  readonly tasks: (count: number) => string;
  readonly taskColumns: {
    readonly [Name in "task" | "domain" | "status" | "retCode" | "process" | "requestId"]: string;
  };
}

export interface HtmlReportWords {
  readonly skipToUrls: string;
  /** The counts, and whether the release may go on. */
  readonly conclusion: (counts: string, release: "mayGoOn" | "mustNotGoOn" | "notWaited") => string;
  readonly facts: {
    readonly [Name in
      | "urls"
      | "preloaded"
      | "failed"
      | "notSettled"
      | "lowestShare"
      | "time"
      | "apiCalls"]: string;
  };
  readonly whatEndedIt: string;
  /** Above the groups of URLs that are not preloaded. */
  readonly byCause: string;
  readonly requestId: string;
  readonly progress: string;
  readonly urls: string;
  readonly urlsCaption: string;
  readonly urlColumns: {
    readonly [Name in "number" | "url" | "state" | "pops" | "retCode" | "task" | "why"]: string;
  };
  readonly search: string;
  readonly state: string;
  readonly domain: string;
  /** All states, or all domains. */
  readonly all: string;
  readonly notPreloaded: string;
  readonly showAll: string;
  /** A button beside a request id; the page's script fills in `{id}`. */
  readonly copy: string;
  readonly copyNamed: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly previousPage: string;
  readonly nextPage: string;
  /** What the page's script shows of the rows; it fills in `{first}`, `{last}`, `{shown}` and `{all}`. */
  readonly pageOfAll: string;
  readonly pageOfMatches: string;
  readonly noMatch: string;
  readonly tasks: string;
  readonly ticketHint: string;
  readonly tasksCaption: string;
  readonly taskColumns: {
    readonly [Name in
      | "task"
      | "domain"
      | "status"
      | "retCode"
      | "process"
      | "created"
      | "ended"
      | "requestId"
      | "evidence"]: string;
  };
  readonly evidence: Readonly<Record<"detail" | "statusOnly", string>>;
  readonly footer: (run: RunFacts) => string;
}

/** Which run a report is of. */
export interface RunFacts {
  readonly tool: { readonly name: string; readonly version: string };
  readonly command: string;
  readonly startedAt: string;
  readonly endedAt: string;
}

export interface ChartWords {
  readonly noProgress: string;
  /** Instead of a chart that would show no course. */
  readonly tooShort: (run: { readonly elapsedMs: number; readonly polls: number }) => string;
  readonly title: string;
  readonly summary: (last: {
    readonly elapsedMs: number;
    readonly processPercent: number;
    readonly preloaded: number;
    readonly failed: number;
    readonly urls: number;
  }) => string;
  readonly legend: { readonly [Name in "pops" | "preloaded" | "failed"]: string };
  readonly sameAsTable: string;
  readonly columns: { readonly [Name in "after" | "pops" | "preloaded" | "failed"]: string };
}
