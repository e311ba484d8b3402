import { showDuration } from "../../core/duration";
import type {
  ChartWords,
  GateWords,
  HtmlReportWords,
  MarkdownReportWords,
  ReportWords,
  TextReportWords,
} from "../report-words";
import { changesText } from "./changed-files";
import { countOf, tasksText } from "./lists";
import { oldNode } from "./old-node";

const LANGUAGE_TAG = "en";

const gate: GateWords = {
  title: (verdict) => `CDN preload: ${verdict}`,
  annotationTitle: (verdict) => `CDN preload ${verdict}`,
  verdict: (verdict, acceptedBy) =>
    `${verdict.toUpperCase()}${acceptedBy === null ? "" : `, let through by ${acceptedBy}`}`,
  /** `12 of 14 URLs preloaded, 1 failed, 1 without a result`. */
  nothingChanged: changesText,
  counts: ({ urls, preloaded, failed, unknown }) =>
    [
      `${preloaded} of ${countOf(urls, "URL")} preloaded`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(unknown > 0 ? [`${unknown} without a result`] : []),
    ].join(", "),
  /** `task 123, RetCode 500, status Failed, request E9…`. */
  task: ({ taskId, retCode, status, requestId }) =>
    [
      `task ${taskId}`,
      ...(retCode ? [`RetCode ${retCode}`] : []),
      ...(status === undefined ? [] : [`status ${status}`]),
      ...(requestId ? [`request ${requestId}`] : []),
    ].join(", "),
  states: {
    preloaded: "preloaded",
    failed: "failed",
    unknown: "unknown",
    pending: "pending",
    notSubmitted: "not submitted",
  },
  causes: {
    outcomeOpen: "The service may or may not have accepted the submission",
    taskFailed: "The preload failed",
    rowFailed: "The preload failed",
    tooFewPops: "Too few POPs hold the URL",
    statusOnly: "The task is complete by status-only evidence, which this gate does not accept",
    olderTask: "The service shows a task that is older than the submission",
    notSubmitted: "Not submitted",
    notUnderstood: "No answer about the task could be understood",
    running: "The task still runs",
    notVisible: "The task is not visible yet",
    noRow: "The task ended without a row for the URL",
    taskGone: "The task is unknown to the service or older than three days",
    rowsNotShown: "The service counts more of the task than it shows",
    otherTaskNotVisible: "Another task that may hold the URL is not visible yet",
    unknownStatus: "The task has an undocumented status",
  },
  causeFacts: ({ retCode, status, errorCode }) =>
    [
      ...(retCode === null ? [] : [`RetCode ${retCode}`]),
      ...(status === null ? [] : [`status ${status}`]),
      ...(errorCode === null ? [] : [`ended by ${errorCode}`]),
    ].join(", "),
  urls: (count) => countOf(count, "URL"),
  moreUrls: (count) => `${count} more`,
  causeOf: (count, cause) => `${countOf(count, "URL")}: ${cause}`,
  rule: ({ minSuccessPercent, maxFailedUrls, requireDetail, onInconclusive }) =>
    [
      `The gate passes if ${minSuccessPercent > 0 ? `at least ${minSuccessPercent}% of POPs hold` : "at least one POP holds"} each URL`,
      maxFailedUrls === 0 ? ". No URL may fail." : `. Up to ${countOf(maxFailedUrls, "URL")} may fail.`,
      ...(requireDetail ? [" It accepts no status-only evidence."] : []),
      ` If the deadline passes without a verdict, it ${onInconclusive === "warn" ? "warns, and the release goes on" : "fails"}.`,
    ].join(""),
  commit: (shortId) => `commit ${shortId}`,
  ciRun: "CI run",
  suchAs: (count, urls) => `${countOf(count, "URL")}, such as ${urls.join(", ")}`,
  lowestShare: (percent) => `lowest share of POPs ${percent}%`,
  calls: (count) => countOf(count, "call"),
  duration: showDuration,
  instant: (iso) => iso,
  /** `10,000`. */
  number: (count) => count.toLocaleString(LANGUAGE_TAG),
  serviceSays: "The service says: ",
  serviceSaysQuoted: (quoted) => `The service says: ${quoted}.`,
  withNote: (text, note) => `${text} (${note})`,
  sentences: (problem, ...others) => [`${problem}.`, ...others.filter((text) => text !== "")].join(" "),
  more: (count) => `… and ${count} more.`,
  toGoOnWaiting: "To go on waiting:",
  notes: "Notes",
};

const text: TextReportWords = {
  effort: ({ elapsedMs, apiCalls }) => `${showDuration(elapsedMs)}, ${countOf(apiCalls, "call")}`,
  facts: (facts) => facts.join("; "),
  statusOnly: "status-only evidence: the account may not ask for details",
  tasks: tasksText,
  taskLine: ({ taskId, domain, status, process, retCode, creationTime }) => {
    const facts = [
      status,
      ...(process ? [`${process} of POPs`] : []),
      ...(retCode ? [`RetCode ${retCode}`] : []),
    ];
    return `${taskId} ${domain}: ${facts.join(", ")}, since ${creationTime}`;
  },
  silentTask: (taskId) => `${taskId}: not known to the service (yet), or older than three days`,
  more: (count) => `… and ${count} more; --report html=FILE or --json has them all`,
  serviceSays: "the service says: ",
  errorTitle: (code) => `ERROR ${code}`,
  error: oldNode.error,
  warning: "warning:",
  timeout: "timeout:",
  toWait: "To wait for it:",
  goesOn: "The preload itself goes on. To go on waiting for it:",
  submitsNothing: (unsentUrls) =>
    `That submits nothing: ${countOf(unsentUrls, "URL")} were not submitted yet.`,
  sameCommand: "the same command again, with the same --state file",
};

const markdown: MarkdownReportWords = {
  notPreloaded: "URLs that are not preloaded",
  urlColumns: { url: "URL", pops: "POPs", why: "why", advice: "what to do" },
  tasks: (count) => `Tasks (${count})`,
  taskColumns: {
    task: "task",
    domain: "domain",
    status: "status",
    retCode: "RetCode",
    process: "POPs done",
    requestId: "request id",
  },
};

const CONCLUSIONS = {
  mayGoOn: "The release may go on.",
  mustNotGoOn: "The release must not go on.",
  notWaited: "No run has waited for it yet.",
} as const;

const html: HtmlReportWords = {
  skipToUrls: "Skip to the URLs",
  conclusion: (counts, release) => `${counts}. ${CONCLUSIONS[release]}`,
  facts: {
    urls: "URLs",
    preloaded: "Preloaded",
    failed: "Failed",
    notSettled: "Without a result",
    lowestShare: "Lowest share of POPs",
    time: "Time",
    apiCalls: "API calls",
  },
  whatEndedIt: "What ended it",
  byCause: "URLs that are not preloaded, by cause",
  requestId: "request id",
  progress: "Progress",
  urls: "URLs",
  urlsCaption: "Every URL with the share of POPs that hold it",
  urlColumns: {
    number: "#",
    url: "URL",
    state: "State",
    pops: "POPs",
    retCode: "RetCode",
    task: "Task and request id",
    why: "Why, and what to do",
  },
  search: "Search in URL, task and reason",
  state: "State",
  domain: "Domain",
  all: "all",
  notPreloaded: "not preloaded",
  showAll: "Clear the filters",
  copy: "Copy",
  copyNamed: "Copy request id {id}",
  copied: "Copied",
  notCopied: "Not copied: select the id instead",
  previousPage: "Previous page",
  nextPage: "Next page",
  pageOfAll: "{first} to {last} of {shown} URLs",
  pageOfMatches: "{first} to {last} of {shown} URLs that match, {all} in all",
  noMatch: "No URL matches, of {all}",
  tasks: "Tasks",
  ticketHint: "Name the task and the request id in a support ticket.",
  tasksCaption: "Every task, by domain",
  taskColumns: {
    task: "Task",
    domain: "Domain",
    status: "Status",
    retCode: "RetCode",
    process: "POPs done",
    created: "Created",
    ended: "Ended",
    requestId: "Request id",
    evidence: "Evidence",
  },
  evidence: { detail: "details", statusOnly: "statusOnly" },
  footer: ({ tool, command, startedAt, endedAt }) =>
    `${tool.name} ${tool.version}, ${command}; from ${startedAt} to ${endedAt}. Query strings are left out.`,
};

const chart: ChartWords = {
  noProgress: "The tasks were not polled yet, so there is no progress to show.",
  tooShort: ({ elapsedMs, polls }) =>
    `There is no chart: the run took ${showDuration(elapsedMs)}, with ${countOf(polls, "poll")} that told of progress.`,
  title: "Progress over time",
  summary: ({ elapsedMs, processPercent, preloaded, failed, urls }) =>
    `After ${showDuration(elapsedMs)}: ${processPercent}% of POPs have ended, ${preloaded} of ${countOf(urls, "URL")} preloaded, ${failed} failed.`,
  legend: {
    pops: "share of POPs on which the tasks have ended",
    preloaded: "URLs preloaded",
    failed: "URLs failed",
  },
  sameAsTable: "The same as a table",
  columns: { after: "after", pops: "POPs", preloaded: "preloaded", failed: "failed" },
};

export const reports: ReportWords = {
  languageTag: LANGUAGE_TAG,
  gate,
  text,
  markdown,
  junit: {
    shareOfPops: (percent) => `Share of POPs that hold it: ${percent}%`,
    stillRuns: "its task still runs",
  },
  html,
  chart,
  shards: {
    heading: "Shards",
    caption: "Each of the gates that are merged here",
    columns: { shard: "Shard", verdict: "Verdict", urls: "URLs", next: "What ended it, and what to do" },
  },
  notWritten: (file, why) => `${file} was not written: ${why}`,
  reportNotWritten: (kind, file, why) => `The ${kind} report ${file} was not written: ${why}`,
};
