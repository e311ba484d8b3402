import type { ReportWords } from "../../wording/report-words";
import type { GateDocument } from "../document/schema";
import { htmlTable, type Table } from "./html-table";
import { escapeMarkup } from "./markup";

type Shard = NonNullable<GateDocument["shards"]>[number];

/** Of a merged document: what each gate says, and how those that are not settled go on. */
export function shardSection(document: GateDocument, words: ReportWords): string {
  if (!document.shards) return "";
  return [
    `<section aria-labelledby="shards-heading"><h2 id="shards-heading">${escapeMarkup(words.shards.heading)}</h2>`,
    htmlTable(shardTableOf(document, words)),
    "</section>",
  ].join("\n");
}

export function shardTableOf(
  { shards = [] }: GateDocument,
  { gate, shards: words }: ReportWords,
): Table<Shard> {
  const labels = words.columns;
  return {
    id: "shards",
    caption: words.caption,
    columns: [
      { label: labels.shard, isHeader: true, cell: ({ name }) => escapeMarkup(name) },
      {
        label: labels.verdict,
        cell: ({ verdict, acceptedBy }) => escapeMarkup(gate.verdict(verdict, acceptedBy)),
      },
      { label: labels.urls, cell: ({ summary }) => escapeMarkup(gate.counts(summary)) },
      { label: labels.next, className: "why", cell: (shard) => nextCell(shard, gate.toGoOnWaiting) },
    ],
    rows: shards,
  };
}

function nextCell({ accepted, error, resumeCommand }: Shard, toGoOn: string): string {
  if (accepted) return "–";
  const parts = [
    ...(error
      ? [`<p>${escapeMarkup(error.message)}</p><p class="advice">${escapeMarkup(error.advice)}</p>`]
      : []),
    ...(resumeCommand ? [`<p>${escapeMarkup(toGoOn)} <code>${escapeMarkup(resumeCommand)}</code></p>`] : []),
  ];
  return parts.join("") || "–";
}
