import { createHash } from "node:crypto";
import { showUrl } from "../../core/preload-url";
import type { GateWords, ReportWords } from "../../wording/report-words";
import { problemsOf } from "../document/problem-urls";
import type { GateDocument, ReportedTask, ReportedUrl } from "../document/schema";
import { shareText } from "../output/gate-text";
import { HTML_SCRIPT } from "./html-script";
import { HTML_STYLE } from "./html-style";
import { escapeMarkup } from "./markup";
import { progressChart } from "./progress-chart";

const STATE_ORDER = ["failed", "unknown", "notSubmitted", "pending", "preloaded"];

/**
 * A gate's result as one HTML file that needs nothing else and makes no request: its content security policy
 * allows its own style and script, by their digests, and nothing more. It reads without the script, which
 * some CI systems do not run.
 */
export function htmlReport(document: GateDocument, words: ReportWords): string {
  const { html } = words;
  const title = words.gate.title(words.gate.verdict(document.verdict, document.acceptedBy));
  return [
    "<!DOCTYPE html>",
    `<html lang="${words.languageTag}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy()}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeMarkup(title)}</title>`,
    `<style>${HTML_STYLE}</style>`,
    "</head>",
    "<body>",
    `<a class="skip" href="#urls-heading">${escapeMarkup(html.skipToUrls)}</a>`,
    header(document, title, words),
    "<main>",
    problems(document, words),
    `<section aria-labelledby="chart-heading"><h2 id="chart-heading">${escapeMarkup(html.progress)}</h2>`,
    progressChart(document.progress, document.summary.urls, words),
    "</section>",
    urlTable(document, words),
    taskTable(document, words),
    "</main>",
    footer(document, words),
    `<script>${HTML_SCRIPT}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function policy(): string {
  const digest = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `style-src ${digest(HTML_STYLE)}`,
    `script-src ${digest(HTML_SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function header(document: GateDocument, title: string, { gate, html }: ReportWords): string {
  const { summary } = document;
  const lowest = summary.lowestSuccessPercent;
  const facts: readonly [string, string][] = [
    [html.facts.urls, gate.number(summary.urls)],
    [html.facts.preloaded, gate.number(summary.preloaded)],
    [html.facts.failed, gate.number(summary.failed)],
    [html.facts.notSettled, gate.number(summary.unknown)],
    [html.facts.lowestShare, lowest === null ? "–" : `${lowest}%`],
    [html.facts.time, gate.duration(summary.elapsedMs)],
    [html.facts.apiCalls, gate.number(summary.apiCalls)],
  ];
  return [
    "<header>",
    `<div class="verdict ${document.accepted ? "passed" : document.verdict}">`,
    `<h1><strong>${escapeMarkup(title)}</strong></h1>`,
    `<p>${escapeMarkup(html.conclusion(gate.counts(summary), releaseOf(document)))}</p>`,
    "</div>",
    `<dl class="facts">${facts.map(([name, value]) => `<div><dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(value)}</dd></div>`).join("")}</dl>`,
    shareBar(document),
    "</header>",
  ].join("\n");
}

/** What the verdict means for the release. */
function releaseOf({ accepted, verdict }: GateDocument): "mayGoOn" | "mustNotGoOn" | "notWaited" {
  if (accepted) return "mayGoOn";
  return verdict === "pending" ? "notWaited" : "mustNotGoOn";
}

/** The states of all URLs at a glance. */
function shareBar({ summary }: GateDocument): string {
  const parts = [
    ["fill-ok", summary.preloaded],
    ["fill-bad", summary.failed],
    ["fill-warn", summary.unknown],
  ] as const;
  let x = 0;
  const rectangles = parts.map(([name, count]) => {
    const width = summary.urls === 0 ? 0 : (count / summary.urls) * 100;
    const rectangle = `<rect class="${name}" x="${x.toFixed(3)}" y="0" width="${width.toFixed(3)}" height="1"/>`;
    x += width;
    return rectangle;
  });
  return `<svg class="share" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect class="fill-none" x="0" y="0" width="100" height="1"/>${rectangles.join("")}</svg>`;
}

function problems(document: GateDocument, { gate, html }: ReportWords): string {
  const { error, accepted, reasons, resumeCommand } = document;
  const lines = [
    ...(error && !accepted
      ? [`<p><strong>${escapeMarkup(error.message)}</strong> ${escapeMarkup(error.advice)}</p>`]
      : []),
    ...(problemsOf(document).length === 0 ? reasons.map((reason) => `<p>${escapeMarkup(reason)}</p>`) : []),
    ...(resumeCommand && !accepted
      ? [`<p>${escapeMarkup(gate.toGoOnWaiting)} <code>${escapeMarkup(resumeCommand)}</code></p>`]
      : []),
  ];
  if (lines.length === 0) return "";
  return `<section aria-labelledby="wrong-heading"><h2 id="wrong-heading">${escapeMarkup(html.whatEndedIt)}</h2><div class="wrong">${lines.join("\n")}</div></section>`;
}

function urlTable(document: GateDocument, words: ReportWords): string {
  const { gate, html } = words;
  const rows = document.results
    .map((result, index) => ({ result, place: index + 1 }))
    .sort((a, b) => STATE_ORDER.indexOf(a.result.state) - STATE_ORDER.indexOf(b.result.state));
  return [
    '<section aria-labelledby="urls-heading">',
    `<h2 id="urls-heading" tabindex="-1">${escapeMarkup(html.urls)}</h2>`,
    '<div class="tools" id="tools" hidden>',
    `<div><label for="search">${escapeMarkup(html.search)}</label><input id="search" type="search" autocomplete="off"></div>`,
    `<div><label for="filter">${escapeMarkup(html.state)}</label><select id="filter"><option value="">${escapeMarkup(html.allStates)}</option><option value="problem">${escapeMarkup(html.notPreloaded)}</option>`,
    ...Object.entries(gate.states).map(
      ([state, word]) => `<option value="${state}">${escapeMarkup(word)}</option>`,
    ),
    "</select></div>",
    `<div><button type="button" id="previous">${escapeMarkup(html.previousPage)}</button> <button type="button" id="next">${escapeMarkup(html.nextPage)}</button></div>`,
    `<p id="status" role="status" data-all="${escapeMarkup(html.pageOfAll)}" data-matches="${escapeMarkup(html.pageOfMatches)}"></p>`,
    "</div>",
    `<div class="scroll"><table id="urls"><caption>${escapeMarkup(html.urlsCaption)}</caption>`,
    headRow(html.urlColumns, ["number", "pops"]),
    "<tbody>",
    ...rows.map(({ result, place }) => urlRow(result, place, gate)),
    "</tbody></table></div></section>",
  ].join("\n");
}

/** The head of a table; columns of numbers stand at the right. */
function headRow(columns: Readonly<Record<string, string>>, numbers: readonly string[]): string {
  const cells = Object.entries(columns).map(
    ([name, word]) =>
      `<th scope="col"${numbers.includes(name) ? ' class="number"' : ""}>${escapeMarkup(word)}</th>`,
  );
  return `<thead><tr>${cells.join("")}</tr></thead>`;
}

function urlRow(result: ReportedUrl, place: number, words: GateWords): string {
  return `<tr data-state="${result.state}"><td class="number">${place}</td><th scope="row">${urlCell(result.url)}</th><td class="state state-${result.state}">${escapeMarkup(words.states[result.state])}</td><td class="number">${shareText(result)}</td><td class="code">${escapeMarkup(result.taskId)}</td><td class="why">${whyCell(result, words)}</td></tr>`;
}

/** A link where that is the whole address: a query string, which may hold a token, is left out of reports. */
function urlCell(url: string): string {
  const text = escapeMarkup(showUrl(url));
  const address = URL.parse(/^https?:\/\//i.test(url) ? url : `https://${url}`);
  if (url.includes("?") || address === null) return text;
  return `<a href="${escapeMarkup(address.href)}" rel="noopener noreferrer">${text}</a>`;
}

function whyCell(result: ReportedUrl, words: GateWords): string {
  return [
    ...(result.problem ? [`<p>${escapeMarkup(result.problem)}</p>`] : []),
    ...(result.description ? [`<p>${escapeMarkup(words.serviceSays + result.description)}</p>`] : []),
    ...(result.advice ? [`<p class="advice">${escapeMarkup(result.advice)}</p>`] : []),
  ].join("");
}

function taskTable({ tasks }: GateDocument, words: ReportWords): string {
  const { html } = words;
  if (tasks.length === 0) return "";
  return [
    `<section aria-labelledby="tasks-heading"><h2 id="tasks-heading">${escapeMarkup(html.tasks)}</h2>`,
    `<p>${escapeMarkup(html.ticketHint)}</p>`,
    `<div class="scroll"><table id="tasks"><caption>${escapeMarkup(html.tasksCaption)}</caption>`,
    headRow(html.taskColumns, ["process"]),
    "<tbody>",
    ...tasks.map((task) => taskRow(task, words)),
    "</tbody></table></div></section>",
  ].join("\n");
}

function taskRow(task: ReportedTask, { gate, html }: ReportWords): string {
  const cells = [
    task.domain,
    task.status,
    task.retCode ?? "–",
    task.process ?? "–",
    gate.instant(task.creationTime),
    task.endTime === null ? "–" : gate.instant(task.endTime),
    task.requestId ?? "–",
    html.evidence[task.evidence],
  ];
  const cell = (text: string, index: number) =>
    `<td class="${index === 3 ? "number" : "code"}">${escapeMarkup(text)}</td>`;
  return `<tr><th scope="row" class="code">${escapeMarkup(task.taskId)}</th>${cells.map(cell).join("")}</tr>`;
}

function footer(document: GateDocument, { html }: ReportWords): string {
  return `<footer><p>${escapeMarkup(html.footer(document))}</p></footer>`;
}
