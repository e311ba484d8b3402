import type { ReportWords } from "../../wording/report-words";
import type { GateDocument, ReportedTask } from "../document/schema";
import { requestIdCode } from "./html-cells";
import { type Column, htmlTable, type Table } from "./html-table";
import { escapeMarkup } from "./markup";

/** The tasks, for a support ticket. */
export function taskSection(document: GateDocument, words: ReportWords): string {
  const { html } = words;
  if (document.tasks.length === 0) return "";
  return [
    `<section aria-labelledby="tasks-heading"><h2 id="tasks-heading">${escapeMarkup(html.tasks)}</h2>`,
    `<p>${escapeMarkup(html.ticketHint)}</p>`,
    htmlTable(taskTableOf(document, words)),
    "</section>",
  ].join("\n");
}

export function taskTableOf({ tasks, shards }: GateDocument, words: ReportWords): Table<ReportedTask> {
  const { gate, html } = words;
  const labels = html.taskColumns;
  const text = (label: string, textOf: (task: ReportedTask) => string | null): Column<ReportedTask> => ({
    label,
    className: "code",
    cell: (task) => escapeMarkup(textOf(task) ?? "–"),
  });
  return {
    id: "tasks",
    caption: html.tasksCaption,
    columns: [
      { ...whole(text(labels.task, ({ taskId }) => taskId)), isHeader: true },
      text(labels.domain, ({ domain }) => domain),
      whole(text(labels.status, ({ status }) => status)),
      whole(text(labels.retCode, ({ retCode }) => retCode)),
      { label: labels.process, isNumber: true, cell: ({ process }) => escapeMarkup(process ?? "–") },
      text(labels.created, ({ creationTime }) => gate.instant(creationTime)),
      text(labels.ended, ({ endTime }) => endTime && gate.instant(endTime)),
      { label: labels.requestId, className: "code", cell: ({ requestId }) => requestIdCode(requestId) },
      text(labels.evidence, ({ evidence }) => html.evidence[evidence]),
      ...(shards ? [text(words.shards.columns.shard, ({ shard }) => shard ?? null)] : []),
    ],
    rows: tasks,
  };
}

/** Words and ids that stay on one line; what is longer than the service's own are has to wrap. */
function whole(column: Column<ReportedTask>): Column<ReportedTask> {
  return {
    ...column,
    className: (task) => (/^\w{1,20}$/.test(column.cell(task)) ? "code whole" : "code"),
  };
}
