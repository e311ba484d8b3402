import { createHash } from "node:crypto";
import { showDuration } from "../../core/duration";
import { showUrl } from "../../core/preload-url";
import type { GateDocument, ReportedTask, ReportedUrl } from "../document/schema";
import { countsText, problemsOf, shareText, verdictWord } from "../output/gate-text";
import { HTML_SCRIPT } from "./html-script";
import { HTML_STYLE } from "./html-style";
import { escapeMarkup } from "./markup";
import { progressChart } from "./progress-chart";

const STATE_WORDS = {
  preloaded: "preloaded",
  failed: "failed",
  unknown: "unknown",
  pending: "pending",
  notSubmitted: "not submitted",
} as const;
const STATE_ORDER = ["failed", "unknown", "notSubmitted", "pending", "preloaded"];

/**
 * A gate's result as one HTML file that needs nothing else and makes no request: its content security policy
 * allows its own style and script, by their digests, and nothing more. It reads without the script, which
 * some CI systems do not run.
 */
export function htmlReport(document: GateDocument): string {
  const title = `CDN preload: ${verdictWord(document)}`;
  return [
    "<!DOCTYPE html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy()}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeMarkup(title)}</title>`,
    `<style>${HTML_STYLE}</style>`,
    "</head>",
    "<body>",
    '<a class="skip" href="#urls-heading">Skip to the URLs</a>',
    header(document, title),
    "<main>",
    problems(document),
    '<section aria-labelledby="chart-heading"><h2 id="chart-heading">Progress</h2>',
    progressChart(document.progress, document.summary.urls),
    "</section>",
    urlTable(document),
    taskTable(document),
    "</main>",
    footer(document),
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

function header(document: GateDocument, title: string): string {
  const { summary } = document;
  const lowest = summary.lowestSuccessPercent;
  const facts: readonly [string, string][] = [
    ["URLs", grouped(summary.urls)],
    ["Preloaded", grouped(summary.preloaded)],
    ["Failed", grouped(summary.failed)],
    ["Not settled", grouped(summary.unknown)],
    ["Lowest share of POPs", lowest === null ? "–" : `${lowest}%`],
    ["Time", showDuration(summary.elapsedMs)],
    ["API calls", grouped(summary.apiCalls)],
  ];
  return [
    "<header>",
    `<div class="verdict ${document.accepted ? "passed" : document.verdict}">`,
    `<h1><strong>${escapeMarkup(title)}</strong></h1>`,
    `<p>${escapeMarkup(`${countsText(document)}. ${document.accepted ? "The release may go on." : document.verdict === "pending" ? "No run has waited for it yet." : "The release must not go on."}`)}</p>`,
    "</div>",
    `<dl class="facts">${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeMarkup(value)}</dd></div>`).join("")}</dl>`,
    shareBar(document),
    "</header>",
  ].join("\n");
}

/** `10,000`. */
function grouped(count: number): string {
  return count.toLocaleString("en-US");
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

function problems(document: GateDocument): string {
  const { error, accepted, reasons, resumeCommand } = document;
  const lines = [
    ...(error && !accepted
      ? [`<p><strong>${escapeMarkup(error.message)}</strong> ${escapeMarkup(error.advice)}</p>`]
      : []),
    ...(problemsOf(document).length === 0 ? reasons.map((reason) => `<p>${escapeMarkup(reason)}</p>`) : []),
    ...(resumeCommand && !accepted
      ? [`<p>To go on waiting: <code>${escapeMarkup(resumeCommand)}</code></p>`]
      : []),
  ];
  if (lines.length === 0) return "";
  return `<section aria-labelledby="wrong-heading"><h2 id="wrong-heading">What ended it</h2><div class="wrong">${lines.join("\n")}</div></section>`;
}

function urlTable(document: GateDocument): string {
  const rows = document.results
    .map((result, index) => ({ result, place: index + 1 }))
    .sort((a, b) => STATE_ORDER.indexOf(a.result.state) - STATE_ORDER.indexOf(b.result.state));
  return [
    '<section aria-labelledby="urls-heading">',
    `<h2 id="urls-heading" tabindex="-1">URLs</h2>`,
    '<div class="tools" id="tools" hidden>',
    '<div><label for="search">Search in URL, task and reason</label><input id="search" type="search" autocomplete="off"></div>',
    '<div><label for="filter">State</label><select id="filter"><option value="">all</option><option value="problem">not preloaded</option>',
    ...Object.entries(STATE_WORDS).map(([state, word]) => `<option value="${state}">${word}</option>`),
    "</select></div>",
    '<div><button type="button" id="previous">Previous page</button> <button type="button" id="next">Next page</button></div>',
    '<p id="status" role="status"></p>',
    "</div>",
    '<div class="scroll"><table id="urls"><caption>Every URL with the share of POPs that hold it</caption>',
    '<thead><tr><th scope="col" class="number">#</th><th scope="col">URL</th><th scope="col">State</th><th scope="col" class="number">POPs</th><th scope="col">Task</th><th scope="col">Why, and what to do</th></tr></thead>',
    "<tbody>",
    ...rows.map(({ result, place }) => urlRow(result, place)),
    "</tbody></table></div></section>",
  ].join("\n");
}

function urlRow(result: ReportedUrl, place: number): string {
  const words = STATE_WORDS[result.state];
  return `<tr data-state="${result.state}"><td class="number">${place}</td><th scope="row">${urlCell(result.url)}</th><td class="state state-${result.state}">${words}</td><td class="number">${shareText(result)}</td><td class="code">${escapeMarkup(result.taskId)}</td><td class="why">${whyCell(result)}</td></tr>`;
}

/** A link where that is the whole address: a query string, which may hold a token, is left out of reports. */
function urlCell(url: string): string {
  const text = escapeMarkup(showUrl(url));
  const address = URL.parse(/^https?:\/\//i.test(url) ? url : `https://${url}`);
  if (url.includes("?") || address === null) return text;
  return `<a href="${escapeMarkup(address.href)}" rel="noopener noreferrer">${text}</a>`;
}

function whyCell(result: ReportedUrl): string {
  return [
    ...(result.problem ? [`<p>${escapeMarkup(result.problem)}</p>`] : []),
    ...(result.description ? [`<p>The service says: ${escapeMarkup(result.description)}</p>`] : []),
    ...(result.advice ? [`<p class="advice">${escapeMarkup(result.advice)}</p>`] : []),
  ].join("");
}

function taskTable({ tasks }: GateDocument): string {
  if (tasks.length === 0) return "";
  return [
    '<section aria-labelledby="tasks-heading"><h2 id="tasks-heading">Tasks</h2>',
    "<p>Name the task and the request id in a support ticket.</p>",
    '<div class="scroll"><table id="tasks"><caption>Every task, by domain</caption>',
    '<thead><tr><th scope="col">Task</th><th scope="col">Domain</th><th scope="col">Status</th><th scope="col">RetCode</th><th scope="col" class="number">POPs done</th><th scope="col">Created</th><th scope="col">Ended</th><th scope="col">Request id</th><th scope="col">Evidence</th></tr></thead>',
    "<tbody>",
    ...tasks.map(taskRow),
    "</tbody></table></div></section>",
  ].join("\n");
}

function taskRow(task: ReportedTask): string {
  const cells = [
    task.domain,
    task.status,
    task.retCode ?? "–",
    task.process ?? "–",
    task.creationTime,
    task.endTime ?? "–",
    task.requestId ?? "–",
    task.evidence === "detail" ? "details" : "statusOnly",
  ];
  const cell = (text: string, index: number) =>
    `<td class="${index === 3 ? "number" : "code"}">${escapeMarkup(text)}</td>`;
  return `<tr><th scope="row" class="code">${escapeMarkup(task.taskId)}</th>${cells.map(cell).join("")}</tr>`;
}

function footer(document: GateDocument): string {
  const { policy: gate, tool, command } = document;
  const rules = [
    `each URL on at least ${gate.minSuccessPercent > 0 ? `${gate.minSuccessPercent}% of POPs` : "one POP"}`,
    `up to ${gate.maxFailedUrls} URLs may fail`,
    ...(gate.requireDetail ? ["details required"] : []),
    `without a result: ${gate.onInconclusive}`,
  ];
  return `<footer><p>${escapeMarkup(`${tool.name} ${tool.version}, ${command}; from ${document.startedAt} to ${document.endedAt}. Gate: ${rules.join(", ")}. Query strings are left out.`)}</p></footer>`;
}
