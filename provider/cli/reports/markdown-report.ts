import type { GateWords, ReportWords, ShardWords } from "../../wording/report-words";
import { causeGroupsOf } from "../document/problem-urls";
import type { GateDocument, ReportedUrl } from "../document/schema";
import { causeText } from "../output/cause-text";
import { shareText, taskText } from "../output/gate-text";
import { ruleTexts } from "../output/rule-text";
import { reportedUrls } from "../output/shown-urls";
import { buildParts } from "./build-parts";

/** Rows of the tables of URLs: a job summary takes no more than a mebibyte. */
const MAX_ROWS = 500;
/** Rows of one cause that are there without a click. */
const ROWS_IN_SIGHT = 5;
const MARKS = { passed: "✅", failed: "❌", inconclusive: "⚠️", pending: "⏳" } as const;

/** A gate's result as GitHub-flavoured Markdown: the verdict, what is wrong by its causes, the tasks. */
export function markdownReport(document: GateDocument, words: ReportWords): string {
  const { gate } = words;
  const title = gate.title(gate.verdict(document.verdict, document.acceptedBy));
  return [
    `## ${MARKS[document.verdict]} ${title}`,
    "",
    factLine(document, gate),
    "",
    ...ruleTexts(document, gate).flatMap((rule, index) => [...(index > 0 ? [""] : []), escapeMarkdown(rule)]),
    ...buildLine(document, gate),
    ...(document.error && !document.accepted
      ? ["", `**${escapeMarkdown(document.error.message)}** ${escapeMarkdown(document.error.advice)}`]
      : []),
    ...causeSections(document, words),
    ...shardTable(document, words),
    ...taskTable(document, words),
    ...((document.notices ?? []).length > 0
      ? [
          "",
          `### ${gate.notes}`,
          "",
          ...(document.notices ?? []).map((notice) => `- ${escapeMarkdown(notice)}`),
        ]
      : []),
    ...(document.resumeCommand ? ["", gate.toGoOnWaiting, "", codeBlock(document.resumeCommand)] : []),
    "",
  ].join("\n");
}

/** What was released, and the run that did. */
function buildLine({ build }: GateDocument, gate: GateWords): string[] {
  const parts = buildParts(build, gate).map(({ text, address }) =>
    address === null ? escapeMarkdown(text) : `[${escapeMarkdown(text)}](<${address}>)`,
  );
  return parts.length === 0 ? [] : ["", parts.join(" · ")];
}

/** The URLs that are not preloaded: those of one cause under one heading, the first of them in sight. */
function causeSections(document: GateDocument, { gate, markdown, shards }: ReportWords): string[] {
  const groups = causeGroupsOf(document);
  if (groups.length === 0) return [];
  let room = MAX_ROWS;
  const sections = groups.flatMap(({ cause, members }) => {
    const rows = members.slice(0, room).map((result) => urlRow(result, document, gate));
    room -= rows.length;
    if (rows.length === 0) return [];
    const table = (some: readonly string[]) => [
      headOf({ ...markdown.urlColumns, ...shardColumn(document, shards) }),
      `| --- | ---: | --- | --- |${document.shards ? " --- |" : ""}`,
      ...some,
    ];
    const rest = rows.slice(ROWS_IN_SIGHT);
    return [
      "",
      `#### ${escapeMarkdown(gate.causeOf(members.length, causeText(cause, gate)))}`,
      "",
      ...table(rows.slice(0, ROWS_IN_SIGHT)),
      ...(rest.length === 0
        ? []
        : [
            "",
            `<details><summary>${gate.moreUrls(rest.length)}</summary>`,
            "",
            ...table(rest),
            "",
            "</details>",
          ]),
    ];
  });
  const all = groups.reduce((sum, { members }) => sum + members.length, 0);
  const left = all - (MAX_ROWS - room);
  return ["", `### ${markdown.notPreloaded}`, ...sections, ...(left > 0 ? ["", gate.more(left)] : [])];
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
  return `| ${escapeMarkdown(reportedUrls(document).show(result.url))} | ${shareText(result)} | ${why} | ${escapeMarkdown(result.advice ?? "")} |${shardCell(result, document)}`;
}

/** Of a merged document: what each gate says, and how one that is not settled goes on. */
function shardTable({ shards }: GateDocument, { gate, shards: words }: ReportWords): string[] {
  if (!shards) return [];
  const rows = shards.map(({ name, verdict, acceptedBy, accepted, summary, error, resumeCommand }) => {
    const next = [
      ...(error ? [error.message, error.advice] : []),
      ...(resumeCommand ? [gate.toGoOnWaiting, resumeCommand] : []),
    ];
    const cells = [
      name,
      gate.verdict(verdict, acceptedBy),
      gate.counts(summary),
      accepted ? "–" : next.join(" "),
    ];
    return `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  });
  return ["", `### ${words.heading}`, "", headOf(words.columns), "| --- | --- | --- | --- |", ...rows];
}

/** Rows of a merged document say which of the documents they are from. */
function shardColumn(
  { shards }: GateDocument,
  { columns: { shard } }: ShardWords,
): Readonly<Record<string, string>> {
  return shards ? { shard } : {};
}

function shardCell({ shard }: { readonly shard?: string | undefined }, { shards }: GateDocument): string {
  return shards ? ` ${escapeMarkdown(shard ?? "–")} |` : "";
}

function taskTable(document: GateDocument, { gate, markdown, shards }: ReportWords): string[] {
  const { tasks } = document;
  if (tasks.length === 0) return [];
  const rows = tasks.slice(0, MAX_ROWS).map((task) => {
    const { taskId, domain, status, retCode, process, requestId } = task;
    const cells = [taskId, domain, status, retCode ?? "–", process ?? "–", requestId ?? "–"];
    return `| ${cells.map(escapeMarkdown).join(" | ")} |${shardCell(task, document)}`;
  });
  return [
    "",
    `<details><summary>${markdown.tasks(tasks.length)}</summary>`,
    "",
    headOf({ ...markdown.taskColumns, ...shardColumn(document, shards) }),
    `| --- | --- | --- | --- | ---: | --- |${document.shards ? " --- |" : ""}`,
    ...rows,
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
