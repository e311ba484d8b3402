import { showUrl } from "../../core/preload-url";
import type { GateWords, ReportWords } from "../../wording/report-words";
import { problemsOf } from "../document/problem-urls";
import type { GateDocument, ReportedUrl } from "../document/schema";
import { shareText, taskText } from "../output/gate-text";

/** Rows of the table of URLs: a job summary takes no more than a mebibyte. */
const MAX_ROWS = 500;
const MARKS = { passed: "✅", failed: "❌", inconclusive: "⚠️", pending: "⏳" } as const;

/** A gate's result as GitHub-flavoured Markdown: the verdict, what is wrong, the tasks. */
export function markdownReport(document: GateDocument, words: ReportWords): string {
  const { gate, markdown } = words;
  const title = gate.title(gate.verdict(document.verdict, document.acceptedBy));
  const problems = problemsOf(document);
  const shown = problems.slice(0, MAX_ROWS);
  const left = problems.length - shown.length;
  return [
    `## ${MARKS[document.verdict]} ${title}`,
    "",
    factLine(document, gate),
    ...(document.error && !document.accepted
      ? ["", `**${escapeMarkdown(document.error.message)}** ${escapeMarkdown(document.error.advice)}`]
      : []),
    ...(shown.length > 0
      ? [
          "",
          `### ${markdown.notPreloaded}`,
          "",
          headOf(markdown.urlColumns),
          "| --- | ---: | --- | --- |",
          ...shown.map((result) => urlRow(result, document, gate)),
        ]
      : []),
    ...(left > 0 ? ["", gate.more(left)] : []),
    ...taskTable(document, words),
    ...(document.resumeCommand ? ["", gate.toGoOnWaiting, "", codeBlock(document.resumeCommand)] : []),
    "",
  ].join("\n");
}

function headOf(columns: Readonly<Record<string, string>>): string {
  return `| ${Object.values(columns).join(" | ")} |`;
}

function factLine(document: GateDocument, words: GateWords): string {
  const { summary } = document;
  const lowest = summary.lowestSuccessPercent;
  return [
    words.counts(summary),
    ...(lowest === null ? [] : [words.lowestShare(lowest)]),
    words.duration(summary.elapsedMs),
    words.calls(summary.apiCalls),
  ].join(" · ");
}

function urlRow(result: ReportedUrl, document: GateDocument, words: GateWords): string {
  const facts = taskText(result, document.tasks, words);
  const problem = escapeMarkdown(result.problem ?? "");
  const noted = facts === "" ? problem : words.withNote(problem, escapeMarkdown(facts));
  const said = result.description ? words.serviceSays + escapeMarkdown(result.description) : "";
  const why = words.sentences(noted, said);
  return `| ${escapeMarkdown(showUrl(result.url))} | ${shareText(result)} | ${why} | ${escapeMarkdown(result.advice ?? "")} |`;
}

function taskTable({ tasks }: GateDocument, { gate, markdown }: ReportWords): string[] {
  if (tasks.length === 0) return [];
  const rows = tasks
    .slice(0, MAX_ROWS)
    .map((task) =>
      [task.taskId, task.domain, task.status, task.retCode ?? "–", task.process ?? "–", task.requestId ?? "–"]
        .map(escapeMarkdown)
        .join(" | "),
    );
  return [
    "",
    `<details><summary>${markdown.tasks(tasks.length)}</summary>`,
    "",
    headOf(markdown.taskColumns),
    "| --- | --- | --- | --- | ---: | --- |",
    ...rows.map((row) => `| ${row} |`),
    ...(tasks.length > MAX_ROWS ? ["", gate.more(tasks.length - MAX_ROWS)] : []),
    "",
    "</details>",
  ];
}

/** Text that stays text: no markup, no HTML, no table cell that ends, no mention that notifies somebody. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()#+!|~@$]/g, (character) => `&#${character.codePointAt(0)};`);
}

function codeBlock(text: string): string {
  return ["```sh", text.replace(/[\p{Cc}]/gu, " ").replaceAll("```", "'''"), "```"].join("\n");
}
