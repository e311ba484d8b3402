import { showDuration } from "../../core/duration";
import { showUrl } from "../../core/preload-url";
import { countOf, firstOf } from "../../wording/english/lists";
import type { GateDocument, ReportedTask, ReportedUrl } from "../document/schema";
import { printable } from "./printable";
import type { Style } from "./style";

/** URLs and tasks that are named one by one on a terminal; reports have all. */
const MAX_NAMED = 20;

/** What a gate has found, for people: the sum of it, then what is wrong, last what to do. */
export function gateText(document: GateDocument, style: Style): string {
  return [
    headline(document, style),
    ...sumLines(document, style),
    ...problemLines(document, style),
    ...endLines(document, style),
  ].join("\n");
}

/** `PASSED`, and in what way. */
export function verdictWord(document: Pick<GateDocument, "verdict" | "acceptedBy">): string {
  const word = document.verdict.toUpperCase();
  return document.acceptedBy ? `${word}, let through by ${document.acceptedBy}` : word;
}

/** `12 of 14 URLs preloaded, 1 failed, 1 not settled`. */
export function countsText({ summary }: Pick<GateDocument, "summary">): string {
  return [
    `${summary.preloaded} of ${countOf(summary.urls, "URL")} preloaded`,
    ...(summary.failed > 0 ? [`${summary.failed} failed`] : []),
    ...(summary.unknown > 0 ? [`${summary.unknown} not settled`] : []),
  ].join(", ");
}

/** A URL as reports name it, with the share of POPs that hold it. */
export function shareText({ successPercent }: Pick<ReportedUrl, "successPercent">): string {
  return successPercent === null ? "–" : `${successPercent}%`;
}

/** The task that holds a URL. Of several that may, the one that has failed, else the first that has answered. */
export function taskOf(result: ReportedUrl, tasks: readonly ReportedTask[]): ReportedTask | undefined {
  const ids = result.taskId.split(",");
  const own = tasks.filter(({ taskId, domain }) => ids.includes(taskId) && domain === result.domain);
  return own.find(({ retCode, status }) => status === "Failed" || (retCode ?? "0") !== "0") ?? own[0];
}

/** `task 123, RetCode 500, request E9…`: what a support ticket needs. */
export function taskText(result: ReportedUrl, tasks: readonly ReportedTask[]): string {
  if (result.taskId === "") return "";
  const task = taskOf(result, tasks);
  return [
    `task ${result.taskId}`,
    ...(task?.retCode ? [`RetCode ${task.retCode}`] : []),
    ...(task ? [`status ${task.status}`] : []),
    ...(task?.requestId ? [`request ${task.requestId}`] : []),
  ].join(", ");
}

/** The URLs that keep the gate from passing, the failed ones first. */
export function problemsOf(document: GateDocument): ReportedUrl[] {
  const order = ["failed", "unknown", "notSubmitted", "pending", "preloaded"];
  return document.results
    .filter(({ problem }) => problem !== null)
    .filter(({ state }) => state === "failed" || document.verdict !== "pending")
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

function headline(document: GateDocument, style: Style): string {
  const colour = document.verdict === "failed" ? style.red : document.accepted ? style.green : style.yellow;
  return `${style.bold(colour(verdictWord(document)))}: ${countsText(document)}`;
}

function sumLines(document: GateDocument, style: Style): string[] {
  const { summary, taskIds, tasks } = document;
  const lowest = summary.lowestSuccessPercent;
  const facts = [
    `${showDuration(summary.elapsedMs)}, ${countOf(summary.apiCalls, "call")}`,
    ...(lowest === null ? [] : [`lowest share of POPs ${lowest}%`]),
    ...(tasks.some(({ evidence }) => evidence === "statusOnly")
      ? ["status-only evidence: the account may not ask for details"]
      : []),
  ];
  return [
    `  ${style.dim(facts.join("; "))}`,
    ...(taskIds.length > 0
      ? [
          `  ${style.dim(`${taskIds.length === 1 ? "task" : "tasks"} ${printable(firstOf(taskIds, MAX_NAMED))}`)}`,
        ]
      : []),
    ...(document.command === "status" ? taskLines(document) : []),
  ];
}

function taskLines({ taskIds, tasks }: GateDocument): string[] {
  const silent = taskIds.filter((id) => !tasks.some(({ taskId }) => taskId === id));
  return [
    ...tasks.slice(0, MAX_NAMED).map((task) => `  ${taskLine(task)}`),
    ...silent
      .slice(0, MAX_NAMED)
      .map((id) => `  ${id}: not known to the service (yet), or older than three days`),
  ];
}

function taskLine(task: ReportedTask): string {
  const facts = [
    task.status,
    ...(task.process ? [`${task.process} of POPs`] : []),
    ...(task.retCode ? [`RetCode ${task.retCode}`] : []),
  ];
  return printable(`${task.taskId} ${task.domain}: ${facts.join(", ")}, since ${task.creationTime}`);
}

function problemLines(document: GateDocument, style: Style): string[] {
  // Who interrupts a wait knows that URLs are pending.
  const isInterrupted = document.error?.code === "interrupted";
  const problems = problemsOf(document).filter(({ state }) => !isInterrupted || state !== "pending");
  const shown = problems.slice(0, MAX_NAMED);
  const left = problems.length - shown.length;
  return [
    ...(shown.length > 0 ? [""] : []),
    ...shown.flatMap((result) => [
      `${result.state === "failed" ? style.red("✗") : style.yellow("?")} ${printable(showUrl(result.url))}`,
      `    ${printable(`${result.problem}${withComma(taskText(result, document.tasks))}`)}`,
      ...(result.description
        ? [`    the service says: ${printable(JSON.stringify(result.description))}`]
        : []),
      ...(result.advice ? [`    ${style.dim("→")} ${printable(result.advice)}`] : []),
    ]),
    ...(left > 0 ? [`… and ${left} more; --report html=FILE or --json has them all`] : []),
    ...(document.results.length === 0 ? document.reasons.map(printable) : []),
  ];
}

function endLines(document: GateDocument, style: Style): string[] {
  const { error, accepted } = document;
  const isTimeout = error?.code === "timeout";
  return [
    ...(error && !isTimeout && !accepted
      ? [
          "",
          `${style.red("error:")} ${printable(error.message)}`,
          `    ${style.dim("→")} ${printable(error.advice)}`,
        ]
      : []),
    ...(isTimeout && !accepted ? ["", `${style.yellow("timeout:")} ${printable(error.message)}`] : []),
    ...resumeLines(document),
  ];
}

function resumeLines({ resumeCommand, verdict, command, results }: GateDocument): string[] {
  if (resumeCommand === null) return [];
  const unsent = results.filter(({ state }) => state === "notSubmitted").length;
  const submitsNothing = / wait /.test(resumeCommand) && unsent > 0;
  return [
    "",
    verdict === "pending" || command === "status"
      ? "To wait for it:"
      : "The preload itself goes on. To go on waiting for it:",
    `  ${resumeCommand.startsWith("cdn-preload-gate ") ? "$ " : ""}${printable(resumeCommand)}`,
    ...(submitsNothing ? [`That submits nothing: ${countOf(unsent, "URL")} were not submitted yet.`] : []),
  ];
}

function withComma(text: string): string {
  return text === "" ? "" : ` (${text})`;
}
