import type { AnswerBody, Work } from "../call";
import type { Parameters } from "../call-record";
import { toServiceTime } from "../clock";
import { checkedTaskId, requiredParameter } from "../parameters";
import type { Settings } from "../scenario-types";
import type { Service } from "../service";
import { isVisible, type RowView, viewRow } from "../task-store";
import { wireError } from "../wire-error";
import { toServicePercent } from "./service-percent";
import { shownOfTask } from "./shown-of-task";
import { checkTaskWindow } from "./task-window";

const MAX_DOMAINS = 500;

/** One preload task in detail, with an entry per domain and a row per URL. Only for accounts on the allow-list. */
export function describePreloadDetailById(parameters: Parameters): Work {
  const taskId = checkedTaskId(requiredParameter(parameters, "TaskId"));
  return (service) => {
    const entries = entriesOf(taskId, service);
    if (entries.length > MAX_DOMAINS) throw wireError("DomainNameOverLimit");
    const { totalCount, items } = shownOfTask(entries, service.settings);
    return { TotalCount: totalCount, UrlDetails: items };
  };
}

function entriesOf(taskId: string, service: Service): readonly AnswerBody[] {
  const { settings } = service;
  const nowMs = service.clock.nowMs();
  const rows = service.tasks.rowsOf(taskId) ?? [];
  if (rows.some((row) => row.objectType !== "preload")) throw wireError("InvalidTaskId.Malformed");
  checkTaskWindow(rows, nowMs);
  const visible = rows.filter((row) => isVisible(row, nowMs, settings));
  if (visible.length === 0 && settings.unseenTask === "malformed") throw wireError("InvalidTaskId.Malformed");
  const views = visible.map((row) => viewRow(row, nowMs, settings));
  const entryKey = ({ row: { url } }: RowView) =>
    settings.entriesPerDomain === "one" ? url.domain : `${url.domain}${url.path}`;
  return [...Map.groupBy(views, entryKey).values()].map((own) => entryOf(own, settings));
}

/** One domain's entry. It runs until its last URL has ended, and shows the worst result. */
function entryOf(views: readonly RowView[], settings: Settings): AnswerBody {
  const [first] = views;
  if (!first) return {};
  const running = views.find((view) => !view.ended);
  const endedAtMs = Math.max(...views.map((view) => view.endedAtMs ?? 0));
  const retCode = running ? undefined : worstRetCode(views);
  const endTime = running
    ? settings.runningEndTime === "empty"
      ? ""
      : undefined
    : toServiceTime(endedAtMs + settings.entryTimeOffsetMs);
  return {
    TaskId: first.row.taskId,
    Domain: first.row.url.domain,
    CreationTime: toServiceTime(first.row.submittedAtMs + settings.entryTimeOffsetMs),
    ...(endTime !== undefined && { EndTime: endTime }),
    ...(retCode !== undefined && { RetCode: retCode }),
    Process: toServicePercent(Math.min(...views.map((view) => view.processPercent))),
    Status: running ? running.row.chosen.script.runningStatus : worstStatus(views),
    Urls: views
      .flatMap(rowsOf)
      .map((row, index) => ({ ...row, Url: withLineFeed(row.Url, index, settings) })),
  };
}

/** The highest code. A code that is not a number counts as the highest. If one script omits it, the entry has none. */
function worstRetCode(views: readonly RowView[]): string | undefined {
  const codes = views.map((view) => view.row.chosen.script.retCode);
  if (codes.includes(null)) return undefined;
  const severity = (code: string) => (/^\d+$/.test(code) ? Number(code) : Number.MAX_VALUE);
  return codes.reduce<string>(
    (worst, code) => (code !== null && severity(code) > severity(worst) ? code : worst),
    "0",
  );
}

/** An undocumented status is worse than `Failed`, which is worse than `Complete`. */
function worstStatus(views: readonly RowView[]): string {
  const statuses = views.map((view) => view.row.chosen.script.endStatus);
  const odd = statuses.find((status) => status !== "Failed" && status !== "Complete");
  return odd ?? (statuses.includes("Failed") ? "Failed" : "Complete");
}

function rowsOf(view: RowView): readonly { Url: string }[] {
  const { script } = view.row.chosen;
  return Array.from({ length: script.rows }, (_, index) => {
    const endPercent =
      index > 0 ? (script.furtherRowsSuccessPercent ?? script.successPercent) : script.successPercent;
    return {
      Url: view.row.url.path,
      ...(endPercent !== null && { Success: toServicePercent((view.processPercent * endPercent) / 100) }),
      Description: view.ended ? script.description : "",
    };
  });
}

function withLineFeed(path: string, index: number, settings: Settings): string {
  const { lineFeedAfterUrl } = settings;
  const feeds = lineFeedAfterUrl === "always" || (lineFeedAfterUrl === "alternating" && index % 2 === 0);
  return feeds ? `${path}\n` : path;
}
