import type { CauseGroup } from "../../core/failure-causes";
import type { ReportWords } from "../../wording/report-words";
import { causeGroupsOf, taskOf } from "../document/problem-urls";
import type { GateDocument, ReportedTask, ReportedUrl } from "../document/schema";
import { causeText } from "../output/cause-text";
import { shareText } from "../output/gate-text";
import { reportedUrls, type ShownUrls } from "../output/shown-urls";
import { requestIdCode, urlLink } from "./html-cells";
import { escapeMarkup } from "./markup";

/** URLs of a cause that are shown before it is opened. */
const MAX_EXAMPLES = 3;
/** Tasks of a cause that are named; the table of URLs has all. */
const MAX_TASKS = 3;

/** What went wrong, before all else: forty URLs of one cause are one group, with examples and the rest behind them. */
export function causeSection(document: GateDocument, words: ReportWords): string {
  const groups = causeGroupsOf(document);
  if (groups.length === 0) return "";
  return [
    '<section aria-labelledby="causes-heading">',
    `<h2 id="causes-heading">${escapeMarkup(words.html.byCause)}</h2>`,
    ...groups.map((group, index) => causeBlock(group, { document, words, id: `cause-${index + 1}` })),
    "</section>",
  ].join("\n");
}

function causeBlock(
  { cause, members }: CauseGroup<ReportedUrl>,
  { document, words, id }: { document: GateDocument; words: ReportWords; id: string },
): string {
  const { gate } = words;
  const urls = reportedUrls(document);
  const examples = members.slice(0, MAX_EXAMPLES);
  const rest = members.slice(MAX_EXAMPLES);
  const advice = new Set(members.flatMap((result) => result.advice ?? []));
  return [
    `<article class="cause state-${cause.state}" aria-labelledby="${id}">`,
    `<h3 id="${id}">${escapeMarkup(gate.causeOf(members.length, causeText(cause, gate)))}</h3>`,
    ...(cause.description ? [`<p>${escapeMarkup(gate.serviceSays + cause.description)}</p>`] : []),
    ...[...advice].slice(0, MAX_EXAMPLES).map((text) => `<p class="advice">${escapeMarkup(text)}</p>`),
    urlList(examples, urls),
    ...(rest.length > 0
      ? [
          `<details><summary>${escapeMarkup(gate.moreUrls(rest.length))}</summary>${urlList(rest, urls)}</details>`,
        ]
      : []),
    taskLine(members, document.tasks, words),
    "</article>",
  ].join("\n");
}

function urlList(results: readonly ReportedUrl[], urls: ShownUrls): string {
  const items = results.map((result) => {
    const share = result.successPercent === null ? "" : ` <span class="share-of">${shareText(result)}</span>`;
    return `<li>${urlLink(result.url, urls)}${share}</li>`;
  });
  return `<ul class="examples">${items.join("")}</ul>`;
}

/** What a support ticket needs. */
function taskLine(
  results: readonly ReportedUrl[],
  tasks: readonly ReportedTask[],
  { gate, html }: ReportWords,
): string {
  const found = new Set(results.flatMap((result) => taskOf(result, tasks) ?? []));
  if (found.size === 0) return "";
  const shown = [...found].slice(0, MAX_TASKS).map(({ taskId, requestId }) => {
    const id = requestId === null ? "" : `, ${escapeMarkup(html.requestId)} ${requestIdCode(requestId)}`;
    return `<li>${escapeMarkup(gate.task({ taskId }))}${id}</li>`;
  });
  const left = found.size - shown.length;
  const more = left > 0 ? `<li>${escapeMarkup(gate.more(left))}</li>` : "";
  return `<ul class="tasks-of">${shown.join("")}${more}</ul>`;
}
