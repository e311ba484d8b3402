import type { GateWords, ReportWords } from "../../wording/report-words";
import { taskOf } from "../document/problem-urls";
import type { GateDocument, ReportedTask, ReportedUrl } from "../document/schema";
import { shareText } from "../output/gate-text";
import { reportedUrls } from "../output/shown-urls";
import { requestIdCode, urlLink } from "./html-cells";
import { htmlTable, type Table } from "./html-table";
import { escapeMarkup } from "./markup";

const STATE_ORDER = ["failed", "unknown", "notSubmitted", "pending", "preloaded"];

/** A row of the table of URLs. */
interface UrlRow {
  readonly result: ReportedUrl;
  /** Where the URL stands in the user's own list, from 1. */
  readonly place: number;
  readonly task: ReportedTask | undefined;
}

/** Every URL, with what the page's script filters by. */
export function urlSection(document: GateDocument, words: ReportWords): string {
  return [
    '<section aria-labelledby="urls-heading">',
    `<h2 id="urls-heading" tabindex="-1">${escapeMarkup(words.html.urls)}</h2>`,
    tools(document, words),
    htmlTable(urlTableOf(document, words)),
    "</section>",
  ].join("\n");
}

export function urlTableOf(document: GateDocument, { gate, html, shards }: ReportWords): Table<UrlRow> {
  const labels = html.urlColumns;
  const urls = reportedUrls(document);
  return {
    id: "urls",
    caption: html.urlsCaption,
    columns: [
      { label: labels.number, isNumber: true, cell: ({ place }) => String(place) },
      { label: labels.url, isHeader: true, cell: ({ result }) => urlLink(result.url, urls) },
      {
        label: labels.state,
        className: ({ result }) => `state state-${result.state}`,
        cell: ({ result }) => escapeMarkup(gate.states[result.state]),
      },
      { label: labels.pops, isNumber: true, cell: ({ result }) => shareText(result) },
      { label: labels.retCode, className: "code", cell: ({ task }) => escapeMarkup(task?.retCode ?? "–") },
      { label: labels.task, className: "code", cell: taskCell },
      { label: labels.why, className: "why", cell: ({ result }) => whyCell(result, gate) },
      ...(document.shards
        ? [{ label: shards.columns.shard, cell: ({ result }: UrlRow) => escapeMarkup(result.shard ?? "–") }]
        : []),
    ],
    rows: document.results
      .map((result, index) => ({ result, place: index + 1, task: taskOf(result, document.tasks) }))
      .sort((a, b) => STATE_ORDER.indexOf(a.result.state) - STATE_ORDER.indexOf(b.result.state)),
    attributes: ({ result }) => ` data-state="${result.state}" data-domain="${escapeMarkup(result.domain)}"`,
  };
}

function taskCell({ result, task }: UrlRow): string {
  if (result.taskId === "") return "–";
  return `<span>${escapeMarkup(result.taskId)}</span>${task?.requestId ? ` ${requestIdCode(task.requestId)}` : ""}`;
}

function whyCell(result: ReportedUrl, words: GateWords): string {
  return [
    ...(result.problem ? [`<p>${escapeMarkup(result.problem)}</p>`] : []),
    ...(result.description ? [`<p>${escapeMarkup(words.serviceSays + result.description)}</p>`] : []),
    ...(result.advice ? [`<p class="advice">${escapeMarkup(result.advice)}</p>`] : []),
  ].join("");
}

function tools(document: GateDocument, { gate, html }: ReportWords): string {
  const states: readonly Choice[] = [
    { value: "problem", text: html.notPreloaded },
    ...Object.entries(gate.states).map(([value, text]) => ({ value, text })),
  ];
  const domains = [...new Set(document.results.map(({ domain }) => domain))].sort();
  const texts = { all: html.pageOfAll, matches: html.pageOfMatches, none: html.noMatch };
  return [
    `<div class="tools" id="tools" data-copy="${escapeMarkup(html.copy)}" data-copy-named="${escapeMarkup(html.copyNamed)}" data-copied="${escapeMarkup(html.copied)}" data-not-copied="${escapeMarkup(html.notCopied)}" hidden>`,
    `<div class="search"><label for="search">${escapeMarkup(html.search)}</label><input id="search" type="search" autocomplete="off"></div>`,
    choice("filter", html.state, { all: html.all, choices: states }),
    choice("domain", html.domain, {
      all: html.all,
      choices: domains.map((domain) => ({ value: domain, text: domain })),
    }),
    `<div class="buttons"><button type="button" id="clear" hidden>${escapeMarkup(html.showAll)}</button> <button type="button" id="previous">${escapeMarkup(html.previousPage)}</button> <button type="button" id="next">${escapeMarkup(html.nextPage)}</button></div>`,
    `<p id="status" role="status"${Object.entries(texts)
      .map(([name, text]) => ` data-${name}="${escapeMarkup(text)}"`)
      .join("")}></p>`,
    "</div>",
  ].join("\n");
}

interface Choice {
  readonly value: string;
  readonly text: string;
}

/** A filter; the page's script adds to each choice how many URLs it leaves. */
function choice(
  id: string,
  label: string,
  { all, choices }: { readonly all: string; readonly choices: readonly Choice[] },
): string {
  const options = [{ value: "", text: all }, ...choices].map(
    ({ value, text }) => `<option value="${escapeMarkup(value)}">${escapeMarkup(text)}</option>`,
  );
  return `<div><label for="${id}">${escapeMarkup(label)}</label><select id="${id}">${options.join("")}</select></div>`;
}
