import type { ReportWords } from "../../wording/report-words";
import { problemsOf, taskOf } from "../document/problem-urls";
import type { GateDocument, ReportedTask, ReportedUrl } from "../document/schema";
import { taskText } from "../output/gate-text";
import { reportedUrls } from "../output/shown-urls";
import { escapeMarkup } from "./markup";

type Kind = "failure" | "error" | "skipped" | "none";

/** One `<testcase>`. */
interface Case {
  readonly kind: Kind;
  readonly xml: string;
}

/**
 * A gate's result as JUnit XML: a suite a domain, a case a URL. A failed URL is a failure, one that is not
 * settled an error. Where the gate is accepted all the same (`maxFailedUrls`, `onInconclusive: "warn"`), or
 * no run waits, they are skipped: a CI system must not turn the build red for what the gate has let through.
 */
export function junitReport(document: GateDocument, words: ReportWords): string {
  const problems = new Set(problemsOf(document));
  // A domain of a merged document is a suite for each of its shards.
  const byDomain = Map.groupBy(document.results, ({ domain, shard }) =>
    shard === undefined ? domain : `${shard}: ${domain}`,
  );
  const suites = [
    ...[...byDomain].map(([domain, results]) =>
      suite(
        domain,
        document,
        results.map((result) => urlCase(result, { document, problems, words })),
      ),
    ),
    ...(needsCaseOfItsOwn(document) ? [suite("cdn-preload-gate", document, [gateCase(document)])] : []),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="CDN preload">',
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(name: string, document: GateDocument, cases: readonly Case[]): string {
  const count = (kind: Kind) => cases.filter((one) => one.kind === kind).length;
  const counts = `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
  const seconds = (document.summary.elapsedMs / 1000).toFixed(3);
  const timestamp = document.startedAt.replace(/\.\d+Z$/, "");
  return [
    `  <testsuite name="${escapeMarkup(name)}" ${counts} time="${seconds}" timestamp="${timestamp}">`,
    "    <properties>",
    `      <property name="verdict" value="${document.verdict}"/>`,
    `      <property name="taskIds" value="${escapeMarkup(document.taskIds.join(","))}"/>`,
    "    </properties>",
    ...cases.map(({ xml }) => xml),
    "  </testsuite>",
  ].join("\n");
}

interface Suites {
  readonly document: GateDocument;
  readonly problems: ReadonlySet<ReportedUrl>;
  readonly words: ReportWords;
}

function urlCase(result: ReportedUrl, { document, problems, words }: Suites): Case {
  const kind = problems.has(result) || document.verdict === "pending" ? kindOf(result, document) : "none";
  const seconds = secondsOf(result, document.tasks);
  const time = seconds === undefined ? "" : ` time="${seconds}"`;
  const open = `    <testcase name="${escapeMarkup(reportedUrls(document).show(result.url))}" classname="${escapeMarkup(result.domain)}"${time}`;
  if (kind === "none") return { kind, xml: `${open}/>` };
  const message = result.problem ?? words.junit.stillRuns;
  return {
    kind,
    xml: [`${open}>`, element(kind, message, detailsOf(result, document, words)), "    </testcase>"].join(
      "\n",
    ),
  };
}

function kindOf(result: ReportedUrl, document: GateDocument): Kind {
  if (result.state === "preloaded" && result.problem === null) return "none";
  if (document.accepted || document.verdict === "pending") return "skipped";
  return result.state === "failed" ? "failure" : "error";
}

function element(kind: Kind, message: string, text: string): string {
  if (kind === "skipped") return `      <skipped message="${escapeMarkup(message)}"/>`;
  return `      <${kind} type="${kind === "failure" ? "notPreloaded" : "notSettled"}" message="${escapeMarkup(message)}">${escapeMarkup(text)}</${kind}>`;
}

function detailsOf(result: ReportedUrl, document: GateDocument, { gate, junit }: ReportWords): string {
  return [
    ...(result.successPercent === null ? [] : [junit.shareOfPops(result.successPercent)]),
    ...(result.description ? [gate.serviceSays + result.description] : []),
    taskText(result, document.tasks, gate),
    ...(result.advice ? [result.advice] : []),
  ].join("\n");
}

/** What no URL tells: the service could not be asked, or tasks that name no URL. */
function needsCaseOfItsOwn(document: GateDocument): boolean {
  if (document.accepted || document.verdict === "pending") return document.results.length === 0;
  return document.results.length === 0 || document.error !== null || problemsOf(document).length === 0;
}

function gateCase(document: GateDocument): Case {
  const open = '    <testcase name="gate" classname="cdn-preload-gate"';
  if (document.accepted || document.verdict === "pending") return { kind: "none", xml: `${open}/>` };
  const message = document.error
    ? `${document.error.message} ${document.error.advice}`
    : (document.reasons[0] ?? document.verdict);
  const text = document.reasons.join("\n");
  return { kind: "error", xml: [`${open}>`, element("error", message, text), "    </testcase>"].join("\n") };
}

function secondsOf(result: ReportedUrl, tasks: readonly ReportedTask[]): string | undefined {
  const task = taskOf(result, tasks);
  const ms = Date.parse(task?.endTime ?? "") - Date.parse(task?.creationTime ?? "");
  return Number.isFinite(ms) && ms >= 0 ? (ms / 1000).toFixed(3) : undefined;
}
