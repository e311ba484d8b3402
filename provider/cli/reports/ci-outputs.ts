import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import type { CauseGroup } from "../../core/failure-causes";
import type { GateWords, ReportWords } from "../../wording/report-words";
import { causeGroupsOf } from "../document/problem-urls";
import type { GateDocument, ReportedUrl } from "../document/schema";
import type { ReportRequest } from "../options/report-option";
import { causeText } from "../output/cause-text";
import { taskText } from "../output/gate-text";
import { printable } from "../output/printable";
import { reportedUrls } from "../output/shown-urls";
import { markdownReport } from "./markdown-report";

/** GitHub shows ten annotations of a kind a step. */
const MAX_ANNOTATIONS = 10;
/** URLs that one annotation names. */
const MAX_EXAMPLES = 3;

/**
 * What a CI system reads beside the exit code: GitHub's job summary, step outputs and annotations. The
 * annotations go to standard error, where the runner reads them as well: standard output is for the result.
 *
 * @returns what could not be written.
 */
export function writeCiOutputs(
  document: GateDocument,
  options: {
    readonly reports: readonly ReportRequest[];
    readonly env: NodeJS.ProcessEnv;
    readonly words: ReportWords;
  },
): string[] {
  const { env, reports, words } = options;
  const faults = [
    ...appendTo(env.GITHUB_STEP_SUMMARY, words, () => `${markdownReport(document, words)}\n`),
    ...appendTo(env.GITHUB_OUTPUT, words, () => outputsText(document, reports)),
  ];
  if (env.GITHUB_ACTIONS === "true") process.stderr.write(annotationsText(document, words.gate));
  return faults;
}

function appendTo(file: string | undefined, words: ReportWords, text: () => string): string[] {
  if (!file) return [];
  try {
    appendFileSync(file, text());
    return [];
  } catch (error) {
    return [words.notWritten(file, error instanceof Error ? error.message : String(error))];
  }
}

/** Outputs of the step, each between delimiters that no value can hold. */
function outputsText(document: GateDocument, reports: readonly ReportRequest[]): string {
  const html = reports.find(({ kind }) => kind === "html") ?? reports[0];
  const outputs = {
    verdict: document.verdict,
    accepted: String(document.accepted),
    "exit-code": String(document.exitCode),
    "task-ids": document.taskIds.map(printable).join(","),
    report: html?.file ?? "",
  };
  return Object.entries(outputs)
    .map(([name, value]) => {
      const delimiter = `cdn-preload-gate-${randomUUID()}`;
      return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
    })
    .join("");
}

function annotationsText(document: GateDocument, words: GateWords): string {
  const severity = document.accepted ? "warning" : document.verdict === "pending" ? undefined : "error";
  if (severity === undefined) return "";
  const lines = causeGroupsOf(document)
    .slice(0, MAX_ANNOTATIONS)
    .map((group) => groupText(group, document, words));
  const cause =
    document.error && !document.accepted ? [`${document.error.message} ${document.error.advice}`] : [];
  return [...cause, ...lines]
    .slice(0, MAX_ANNOTATIONS)
    .map(
      (text) =>
        `::${severity} title=${words.annotationTitle(document.verdict)}::${commandData(printable(text))}\n`,
    )
    .join("");
}

/** URLs of one cause are one annotation: the runner shows few of a kind. */
function groupText(
  { cause, members }: CauseGroup<ReportedUrl>,
  document: GateDocument,
  words: GateWords,
): string {
  const [first, ...others] = members;
  const examples = members.slice(0, MAX_EXAMPLES).map(({ url }) => reportedUrls(document).show(url));
  const facts = taskText(first!, document.tasks, words);
  const problem = others.length === 0 ? (first!.problem ?? "") : causeText(cause, words);
  const noted = others.length > 0 || facts === "" ? problem : words.withNote(problem, facts);
  const description = others.length === 0 ? first!.description : cause.description;
  const said = description ? words.serviceSaysQuoted(JSON.stringify(description)) : "";
  const sentences = words.sentences(noted, said, first!.advice ?? "");
  return `${others.length === 0 ? examples[0] : words.suchAs(members.length, examples)}: ${sentences}`;
}

/** A workflow command's text ends at the line, and `%` starts an escape in it. */
function commandData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
