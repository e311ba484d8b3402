import { showDuration } from "../../core/duration";
import { showUrl } from "../../core/preload-url";
import type { GateDocument, ReportedUrl } from "../document/schema";
import { countsText, problemsOf, shareText, taskText, verdictWord } from "../output/gate-text";

/** Rows of the table of URLs: a job summary takes no more than a mebibyte. */
const MAX_ROWS = 500;
const MARKS = { passed: "✅", failed: "❌", inconclusive: "⚠️", pending: "⏳" } as const;

/** A gate's result as GitHub-flavoured Markdown: the verdict, what is wrong, the tasks. */
export function markdownReport(document: GateDocument): string {
  const problems = problemsOf(document);
  const shown = problems.slice(0, MAX_ROWS);
  const left = problems.length - shown.length;
  return [
    `## ${MARKS[document.verdict]} CDN preload: ${verdictWord(document)}`,
    "",
    factLine(document),
    ...(document.error && !document.accepted
      ? ["", `**${escapeMarkdown(document.error.message)}** ${escapeMarkdown(document.error.advice)}`]
      : []),
    ...(shown.length > 0
      ? [
          "",
          "### URLs that are not preloaded",
          "",
          "| URL | POPs | why | what to do |",
          "| --- | ---: | --- | --- |",
          ...shown.map((result) => urlRow(result, document)),
        ]
      : []),
    ...(left > 0 ? ["", `… and ${left} more.`] : []),
    ...taskTable(document),
    ...(document.resumeCommand ? ["", "To go on waiting:", "", codeBlock(document.resumeCommand)] : []),
    "",
  ].join("\n");
}

function factLine(document: GateDocument): string {
  const { summary } = document;
  const lowest = summary.lowestSuccessPercent;
  return [
    countsText(document),
    ...(lowest === null ? [] : [`lowest share of POPs ${lowest}%`]),
    showDuration(summary.elapsedMs),
    `${summary.apiCalls} calls`,
  ].join(" · ");
}

function urlRow(result: ReportedUrl, document: GateDocument): string {
  const facts = taskText(result, document.tasks);
  const words = result.description ? ` The service says: ${escapeMarkdown(result.description)}` : "";
  const why = `${escapeMarkdown(result.problem ?? "")}${facts === "" ? "" : ` (${escapeMarkdown(facts)})`}.${words}`;
  return `| ${escapeMarkdown(showUrl(result.url))} | ${shareText(result)} | ${why} | ${escapeMarkdown(result.advice ?? "")} |`;
}

function taskTable({ tasks }: GateDocument): string[] {
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
    `<details><summary>Tasks (${tasks.length})</summary>`,
    "",
    "| task | domain | status | RetCode | POPs done | request id |",
    "| --- | --- | --- | --- | ---: | --- |",
    ...rows.map((row) => `| ${row} |`),
    ...(tasks.length > MAX_ROWS ? ["", `… and ${tasks.length - MAX_ROWS} more.`] : []),
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
