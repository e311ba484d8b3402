import { showUrl } from "../../core/preload-url";
import type { GateWords, ReportWords, TextReportWords } from "../../wording/report-words";
import { problemsOf, taskOf } from "../document/problem-urls";
import type { GateDocument, ReportedTask, ReportedUrl } from "../document/schema";
import { printable } from "./printable";
import type { Style } from "./style";

/** A gate's result, in whose words and in which style it is shown. */
interface Shown {
  readonly document: GateDocument;
  readonly words: ReportWords;
  readonly style: Style;
}

/** URLs and tasks that are named one by one on a terminal; reports have all. */
const MAX_NAMED = 20;

/** What a gate has found, for people: the sum of it, then what is wrong, last what to do. */
export function gateText(document: GateDocument, words: ReportWords, style: Style): string {
  const shown = { document, words, style };
  return [headline(shown), ...sumLines(shown), ...problemLines(shown), ...endLines(shown)].join("\n");
}

/** A URL as reports name it, with the share of POPs that hold it. */
export function shareText({ successPercent }: Pick<ReportedUrl, "successPercent">): string {
  return successPercent === null ? "–" : `${successPercent}%`;
}

/** `task 123, RetCode 500, status Failed, request E9…`: what a support ticket needs. */
export function taskText(result: ReportedUrl, tasks: readonly ReportedTask[], words: GateWords): string {
  return result.taskId === "" ? "" : words.task({ ...taskOf(result, tasks), taskId: result.taskId });
}

function headline({ document, words: { gate }, style }: Shown): string {
  const colour = document.verdict === "failed" ? style.red : document.accepted ? style.green : style.yellow;
  return `${style.bold(colour(gate.verdict(document.verdict, document.acceptedBy)))}: ${gate.counts(document.summary)}`;
}

function sumLines({ document, words: { gate, text }, style }: Shown): string[] {
  const { summary, taskIds, tasks } = document;
  const lowest = summary.lowestSuccessPercent;
  const facts = [
    text.effort(summary),
    ...(lowest === null ? [] : [gate.lowestShare(lowest)]),
    ...(tasks.some(({ evidence }) => evidence === "statusOnly") ? [text.statusOnly] : []),
  ];
  return [
    `  ${style.dim(text.facts(facts))}`,
    ...(taskIds.length > 0 ? [`  ${style.dim(printable(text.tasks(taskIds, MAX_NAMED)))}`] : []),
    ...(document.command === "status" ? taskLines(document, text) : []),
  ];
}

function taskLines({ taskIds, tasks }: GateDocument, words: TextReportWords): string[] {
  const silent = taskIds.filter((id) => !tasks.some(({ taskId }) => taskId === id));
  return [
    ...tasks.slice(0, MAX_NAMED).map((task) => `  ${printable(words.taskLine(task))}`),
    ...silent.slice(0, MAX_NAMED).map((id) => `  ${words.silentTask(id)}`),
  ];
}

function problemLines({ document, words: { gate, text }, style }: Shown): string[] {
  // Who interrupts a wait knows that URLs are pending.
  const isInterrupted = document.error?.code === "interrupted";
  const problems = problemsOf(document).filter(({ state }) => !isInterrupted || state !== "pending");
  const shown = problems.slice(0, MAX_NAMED);
  const left = problems.length - shown.length;
  return [
    ...(shown.length > 0 ? [""] : []),
    ...shown.flatMap((result) => [
      `${result.state === "failed" ? style.red("✗") : style.yellow("?")} ${printable(showUrl(result.url))}`,
      `    ${printable(problemText(result, document.tasks, gate))}`,
      ...(result.description
        ? [`    ${text.serviceSays}${printable(JSON.stringify(result.description))}`]
        : []),
      ...(result.advice ? [`    ${style.dim("→")} ${printable(result.advice)}`] : []),
    ]),
    ...(left > 0 ? [text.more(left)] : []),
    ...(document.results.length === 0 ? document.reasons.map(printable) : []),
  ];
}

function endLines({ document, words: { text }, style }: Shown): string[] {
  const { error, accepted } = document;
  const isTimeout = error?.code === "timeout";
  return [
    ...(error && !isTimeout && !accepted
      ? [
          "",
          `${style.red(text.error)} ${printable(error.message)}`,
          `    ${style.dim("→")} ${printable(error.advice)}`,
        ]
      : []),
    ...(isTimeout && !accepted ? ["", `${style.yellow(text.timeout)} ${printable(error.message)}`] : []),
    ...resumeLines(document, text),
  ];
}

function resumeLines(
  { resumeCommand, verdict, command, results }: GateDocument,
  words: TextReportWords,
): string[] {
  if (resumeCommand === null) return [];
  const unsent = results.filter(({ state }) => state === "notSubmitted").length;
  const submitsNothing = / wait /.test(resumeCommand) && unsent > 0;
  return [
    "",
    verdict === "pending" || command === "status" ? words.toWait : words.goesOn,
    `  ${resumeCommand.startsWith("cdn-preload-gate ") ? "$ " : ""}${printable(resumeCommand)}`,
    ...(submitsNothing ? [words.submitsNothing(unsent)] : []),
  ];
}

function problemText(result: ReportedUrl, tasks: readonly ReportedTask[], words: GateWords): string {
  const facts = taskText(result, tasks, words);
  return facts === "" ? String(result.problem) : words.withNote(String(result.problem), facts);
}
