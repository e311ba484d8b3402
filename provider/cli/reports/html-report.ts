import { createHash } from "node:crypto";
import type { ReportWords } from "../../wording/report-words";
import { problemsOf } from "../document/problem-urls";
import type { GateDocument } from "../document/schema";
import { ruleTexts } from "../output/rule-text";
import { buildParts } from "./build-parts";
import { causeSection } from "./html-causes";
import { link } from "./html-cells";
import { HTML_SCRIPT } from "./html-script";
import { shardSection, shardTableOf } from "./html-shards";
import { HTML_STYLE } from "./html-style";
import { cellLabels } from "./html-table";
import { taskSection, taskTableOf } from "./html-tasks";
import { urlSection, urlTableOf } from "./html-urls";
import { escapeMarkup } from "./markup";
import { progressChart } from "./progress-chart";

/**
 * A gate's result as one HTML file that needs nothing else and makes no request: its content security policy
 * allows its own style and script, by their digests, and nothing more. It reads without the script, which
 * some CI systems do not run. What a failed release is looked at for comes first: the verdict, what the gate asks
 * for, and the URLs that fail it.
 */
export function htmlReport(document: GateDocument, words: ReportWords): string {
  const { html } = words;
  const title = words.gate.title(words.gate.verdict(document.verdict, document.acceptedBy));
  const labels = [
    cellLabels(urlTableOf(document, words)),
    cellLabels(taskTableOf(document, words)),
    cellLabels(shardTableOf(document, words)),
  ];
  const style = [HTML_STYLE, ...labels, ""].join("\n");
  return [
    "<!DOCTYPE html>",
    `<html lang="${words.languageTag}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy(style)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeMarkup(title)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    `<a class="skip" href="#urls-heading">${escapeMarkup(html.skipToUrls)}</a>`,
    header(document, title, words),
    "<main>",
    causeSection(document, words),
    endSection(document, words),
    shardSection(document, words),
    urlSection(document, words),
    taskSection(document, words),
    noteSection(document, words),
    `<section aria-labelledby="chart-heading"><h2 id="chart-heading">${escapeMarkup(html.progress)}</h2>`,
    progressChart(document.progress, document.summary.urls, words),
    "</section>",
    "</main>",
    `<footer><p>${escapeMarkup(html.footer(document))}</p></footer>`,
    `<script>${HTML_SCRIPT}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function policy(style: string): string {
  const digest = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `style-src ${digest(style)}`,
    `script-src ${digest(HTML_SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function header(document: GateDocument, title: string, words: ReportWords): string {
  const { gate, html } = words;
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
    ...ruleTexts(document, gate).map((rule) => `<p class="rule">${escapeMarkup(rule)}</p>`),
    buildLine(document, words),
    `<dl class="facts">${facts.map(([name, value]) => `<div><dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(value)}</dd></div>`).join("")}</dl>`,
    shareBar(document),
    "</header>",
  ].join("\n");
}

/** What was released, and the run that did. */
function buildLine({ build }: GateDocument, { gate }: ReportWords): string {
  const parts = buildParts(build, gate).map(({ text, address }) =>
    address === null ? escapeMarkup(text) : link(address, escapeMarkup(text)),
  );
  return parts.length === 0 ? "" : `<p class="build">${parts.join(" · ")}</p>`;
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

/** What was told on the way, such as files that were left out: evidence has to be read with it. */
function noteSection({ notices = [] }: GateDocument, { gate }: ReportWords): string {
  if (notices.length === 0) return "";
  const items = notices.map((notice) => `<li>${escapeMarkup(notice)}</li>`);
  return `<section aria-labelledby="notes-heading"><h2 id="notes-heading">${escapeMarkup(gate.notes)}</h2><ul>${items.join("")}</ul></section>`;
}

function endSection(document: GateDocument, { gate, html }: ReportWords): string {
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
