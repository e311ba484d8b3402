import type { ChartWords, ReportWords } from "../../wording/report-words";
import type { ProgressPoint } from "../document/schema";
import { escapeMarkup } from "./markup";

const WIDTH = 800;
const HEIGHT = 260;
const PLOT = { left: 64, right: 784, top: 12, bottom: 224 } as const;
/** Time steps that read well on an axis, in seconds. */
const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];
const MAX_TICKS = 8;
/** A course that is over sooner is told in a sentence. */
const SHORTEST_CHART_MS = 10_000;
/** Rows of the table beside the chart. */
const MAX_TABLE_ROWS = 25;

/** A chart of the progress over time, from the polls, with the same as a table for who cannot see it. */
export function progressChart(
  progress: readonly ProgressPoint[],
  urls: number,
  { chart: words, gate: { duration } }: ReportWords,
): string {
  if (progress.length === 0) return `<p>${escapeMarkup(words.noProgress)}</p>`;
  const { elapsedMs } = progress.at(-1)!;
  if (progress.length === 1 || elapsedMs < SHORTEST_CHART_MS) return shortCourse(progress, urls, words);
  const points = [{ elapsedMs: 0, processPercent: 0, preloaded: 0, failed: 0 }, ...progress];
  const endMs = Math.max(1_000, points.at(-1)!.elapsedMs);
  const toX = (ms: number) => PLOT.left + (ms / endMs) * (PLOT.right - PLOT.left);
  const toY = (percent: number) => PLOT.bottom - (percent / 100) * (PLOT.bottom - PLOT.top);
  const path = (value: (point: ProgressPoint) => number) =>
    points.map((point) => `${toX(point.elapsedMs).toFixed(1)},${toY(value(point)).toFixed(1)}`).join(" ");
  const shareOf = (count: number) => (urls === 0 ? 0 : (count / urls) * 100);
  const pops = path((point) => point.processPercent);
  const hasFailures = points.some((point) => point.failed > 0);
  const last = points.at(-1)!;
  const summary = words.summary({ ...last, urls });
  return [
    "<figure>",
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="chart-title chart-text">`,
    `<title id="chart-title">${escapeMarkup(words.title)}</title><desc id="chart-text">${escapeMarkup(summary)}</desc>`,
    ...[0, 25, 50, 75, 100].map((percent) => horizontal(percent, toY(percent))),
    ...ticksOf(endMs).map((ms) => timeTick(duration(ms), toX(ms))),
    `<polygon class="area" points="${PLOT.left},${PLOT.bottom} ${pops} ${toX(last.elapsedMs).toFixed(1)},${PLOT.bottom}"/>`,
    `<polyline class="line line-pops" points="${pops}"/>`,
    `<polyline class="line line-ok" points="${path((point) => shareOf(point.preloaded))}"/>`,
    ...(hasFailures
      ? [`<polyline class="line line-bad" points="${path((point) => shareOf(point.failed))}"/>`]
      : []),
    "</svg>",
    `<figcaption>${escapeMarkup(summary)}`,
    '<ul class="legend">',
    legend("line-pops", words.legend.pops),
    legend("line-ok", words.legend.preloaded),
    ...(hasFailures ? [legend("line-bad", words.legend.failed)] : []),
    "</ul></figcaption>",
    "</figure>",
    tableOf(progress, words, duration),
  ].join("\n");
}

/** One point is no course, and a course of seconds has nothing to read. */
function shortCourse(progress: readonly ProgressPoint[], urls: number, words: ChartWords): string {
  const last = progress.at(-1)!;
  const sentences = [
    words.tooShort({ elapsedMs: last.elapsedMs, polls: progress.length }),
    words.summary({ ...last, urls }),
  ];
  return sentences.map((sentence) => `<p>${escapeMarkup(sentence)}</p>`).join("");
}

function horizontal(percent: number, y: number): string {
  return `<line class="axis" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}"/><text class="tick" x="${PLOT.left - 6}" y="${y + 4}" text-anchor="end">${percent}%</text>`;
}

function timeTick(time: string, x: number): string {
  return `<line class="axis" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${PLOT.bottom}" y2="${PLOT.bottom + 5}"/><text class="tick" x="${x.toFixed(1)}" y="${PLOT.bottom + 20}" text-anchor="middle">${escapeMarkup(time)}</text>`;
}

function ticksOf(endMs: number): number[] {
  const step = STEPS_S.map((seconds) => seconds * 1_000).find((ms) => endMs / ms <= MAX_TICKS) ?? endMs;
  return Array.from({ length: Math.floor(endMs / step) + 1 }, (_, index) => index * step);
}

function legend(line: string, text: string): string {
  return `<li><svg class="key" viewBox="0 0 32 12" aria-hidden="true"><line class="line ${line}" x1="0" y1="6" x2="32" y2="6"/></svg>${escapeMarkup(text)}</li>`;
}

function tableOf(
  progress: readonly ProgressPoint[],
  words: ChartWords,
  duration: (durationMs: number) => string,
): string {
  const every = Math.ceil(progress.length / MAX_TABLE_ROWS);
  const rows = progress
    .filter((_, index) => index % every === 0 || index === progress.length - 1)
    .map(
      (point) =>
        `<tr><th scope="row">${escapeMarkup(duration(point.elapsedMs))}</th><td class="number">${point.processPercent}%</td><td class="number">${point.preloaded}</td><td class="number">${point.failed}</td></tr>`,
    );
  const head = Object.entries(words.columns).map(
    ([name, word]) =>
      `<th scope="col"${name === "after" ? "" : ' class="number"'}>${escapeMarkup(word)}</th>`,
  );
  return `<details><summary>${escapeMarkup(words.sameAsTable)}</summary><div class="frame"><table><caption>${escapeMarkup(words.title)}</caption><thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div></details>`;
}
