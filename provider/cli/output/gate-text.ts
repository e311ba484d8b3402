import type { CauseGroup } from "../../core/failure-causes";
import type { GateWords, ReportWords, TextReportWords } from "../../wording/report-words";
import { causeGroupsOf, taskOf } from "../document/problem-urls";
import type { GateDocument, ReportedTask, ReportedUrl } from "../document/schema";
import { causeText } from "./cause-text";
import { indented, wrapTo } from "./display-width";
import { printable } from "./printable";
import type { ShownUrls } from "./shown-urls";
import type { Style } from "./style";

/** How a gate's result is shown. */
export interface TextOptions {
  readonly words: ReportWords;
  readonly style: Style;
  /** Longer lines are wrapped; absent where the reader is no terminal. */
  readonly columns?: number | undefined;
  readonly urls: ShownUrls;
}

interface Shown extends TextOptions {
  readonly document: GateDocument;
}

/** Tasks that are named one by one on a terminal; reports have all. */
const MAX_NAMED = 20;
/** Up to so many URLs of one cause are all named; of more, the first few are. */
const MAX_MEMBERS = 10;
const MAX_EXAMPLES = 5;

/** What a gate has found, for people: first what is wrong, grouped by its cause, and last how to go on. */
export function gateText(document: GateDocument, options: TextOptions): string {
  const shown = { document, ...options };
  return [...headline(shown), ...sumLines(shown), ...causeLines(shown), ...endLines(shown)].join("\n");
}

/** A URL as reports name it, with the share of POPs that hold it. */
export function shareText({ successPercent }: Pick<ReportedUrl, "successPercent">): string {
  return successPercent === null ? "–" : `${successPercent}%`;
}

/** `task 123, RetCode 500, status Failed, request E9…`: what a support ticket needs. */
export function taskText(result: ReportedUrl, tasks: readonly ReportedTask[], words: GateWords): string {
  return result.taskId === "" ? "" : words.task({ ...taskOf(result, tasks), taskId: result.taskId });
}

/**
 * Whether an error, and not what became of the URLs, is what the reader has to know first: a wrong secret says more
 * than that none of 300 URLs was submitted.
 */
function isErrorFirst({ error, accepted, verdict }: GateDocument): boolean {
  const isOfWait = error?.code === "timeout" || error?.code === "interrupted";
  return error !== null && !isOfWait && !accepted && verdict !== "failed";
}

function headline(shown: Shown): string[] {
  const { document, words, style } = shown;
  const { error } = document;
  if (error !== null && isErrorFirst(document)) {
    const title = style.bold(style.red(words.text.errorTitle(error.code)));
    return [
      ...block(shown, `${title}: ${printable(error.message)}`, ""),
      ...block(shown, `${style.dim("→")} ${printable(error.advice)}`, "  "),
    ];
  }
  const colour = document.verdict === "failed" ? style.red : document.accepted ? style.green : style.yellow;
  const verdict = words.gate.verdict(document.verdict, document.acceptedBy);
  const { changedSince, summary } = document;
  const isUnchanged = changedSince && summary.urls === 0;
  const counts = isUnchanged
    ? printable(words.gate.nothingChanged(changedSince))
    : words.gate.counts(summary);
  return block(shown, `${style.bold(colour(verdict))}: ${counts}`, "");
}

function sumLines(shown: Shown): string[] {
  const { document, words, style } = shown;
  const { gate, text } = words;
  const { summary, taskIds, tasks } = document;
  const lowest = summary.lowestSuccessPercent;
  const facts = [
    ...(isErrorFirst(document) ? [gate.counts(summary)] : []),
    text.effort(summary),
    ...(lowest === null ? [] : [gate.lowestShare(lowest)]),
    ...(tasks.some(({ evidence }) => evidence === "statusOnly") ? [text.statusOnly] : []),
  ];
  return [
    ...block(shown, style.dim(text.facts(facts)), "  "),
    ...(taskIds.length > 0 ? block(shown, style.dim(printable(text.tasks(taskIds, MAX_NAMED))), "  ") : []),
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

function causeLines(shown: Shown): string[] {
  const { document } = shown;
  const isInterrupted = document.error?.code === "interrupted";
  const groups = causeGroupsOf(document)
    // Who interrupts a wait knows that URLs are pending.
    .filter(({ cause }) => !isInterrupted || cause.state !== "pending")
    // An error that is told first has told why.
    .filter(({ cause }) => !isErrorFirst(document) || cause.state !== "notSubmitted");
  return [
    ...groups.flatMap((group) => ["", ...groupLines(group, shown)]),
    ...(document.results.length === 0 && !isErrorFirst(document) ? document.reasons.map(printable) : []),
  ];
}

function groupLines(group: CauseGroup<ReportedUrl>, shown: Shown): string[] {
  const { document, words, style, urls } = shown;
  const { cause, members } = group;
  const mark = cause.state === "failed" ? style.red("✗") : style.yellow("?");
  const [first] = members as [ReportedUrl];
  if (members.length === 1) {
    return [
      ...block(shown, `${mark} ${printable(urls.show(first.url))}`, ""),
      ...block(shown, problemText(first, document.tasks, words.gate), "    "),
      ...restOf(group, shown),
    ];
  }
  const title = `${words.gate.urls(members.length)}: ${printable(causeText(cause, words.gate))}`;
  const named = members.length <= MAX_MEMBERS ? members : members.slice(0, MAX_EXAMPLES);
  const left = members.length - named.length;
  const tasks = tasksOf(members, document.tasks, words);
  const showsShares = new Set(members.map(({ successPercent }) => successPercent)).size > 1;
  return [
    ...block(shown, `${mark} ${style.bold(title)}`, ""),
    ...restOf(group, shown),
    ...(tasks === "" ? [] : block(shown, style.dim(printable(tasks)), "    ")),
    ...named.flatMap((result) => block(shown, memberText(result, showsShares, shown), "    ")),
    ...(left > 0 ? block(shown, words.text.more(left), "    ") : []),
  ];
}

/** The service's own words, and what to do: the same for all members of a group, or not told here. */
function restOf({ members, cause }: CauseGroup<ReportedUrl>, shown: Shown): string[] {
  const { words, style } = shown;
  const description = members.length === 1 ? members[0]!.description : cause.description;
  const advice = new Set(members.map((result) => result.advice));
  const [only] = advice;
  return [
    ...(description === null
      ? []
      : block(shown, `${words.text.serviceSays}${printable(JSON.stringify(description))}`, "    ")),
    ...(advice.size === 1 && only != null
      ? block(shown, `${style.dim("→")} ${printable(only)}`, "    ")
      : []),
  ];
}

function memberText(result: ReportedUrl, showsShare: boolean, { urls, style }: Shown): string {
  const share = showsShare ? ` ${style.dim(shareText(result))}` : "";
  return `${printable(urls.show(result.url))}${share}`;
}

/** What a support ticket needs: the task where all URLs have one, else only how many there are. */
function tasksOf(
  members: readonly ReportedUrl[],
  tasks: readonly ReportedTask[],
  { gate, text }: ReportWords,
): string {
  const texts = new Set(members.map(({ taskId }) => taskId).filter((id) => id !== ""));
  if (texts.size === 0) return "";
  if (texts.size > 1) return text.tasks([...texts], MAX_EXAMPLES);
  const [first] = members as [ReportedUrl];
  const requests = new Set(members.map((result) => taskOf(result, tasks)?.requestId ?? null));
  const { requestId = null } = taskOf(first, tasks) ?? {};
  return gate.task({ taskId: first.taskId, ...(requests.size === 1 && { requestId }) });
}

function endLines(shown: Shown): string[] {
  const { document, words, style } = shown;
  const { error, accepted } = document;
  const { text } = words;
  const isTimeout = error?.code === "timeout";
  const isTold = isErrorFirst(document);
  return [
    ...(error && !isTimeout && !accepted && !isTold
      ? [
          "",
          ...block(shown, `${style.red(text.error)} ${printable(error.message)}`, ""),
          ...block(shown, `${style.dim("→")} ${printable(error.advice)}`, "    "),
        ]
      : []),
    ...(isTimeout && !accepted
      ? ["", ...block(shown, `${style.yellow(text.timeout)} ${printable(error.message)}`, "")]
      : []),
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
  return printable(facts === "" ? String(result.problem) : words.withNote(String(result.problem), facts));
}

/** Lines of one text, each with the same indentation, as long as the terminal is wide. */
function block({ columns }: Pick<TextOptions, "columns">, text: string, indentation: string): string[] {
  if (columns === undefined) return [`${indentation}${text}`];
  return [indented(indentation, wrapTo(columns - indentation.length, text))];
}
