import type { AnswerBody } from "../call";
import { toServiceTime } from "../clock";
import type { Settings } from "../scenario-types";
import type { SubmittedUrl } from "../submitted-url";
import { isVisible, type RowView, type TaskRow, viewRow } from "../task-store";
import { toServicePercent } from "./service-percent";

/** The rows that the query operations see now. */
export function visibleViews(
  rows: readonly TaskRow[],
  at: { nowMs: number; settings: Settings },
): readonly RowView[] {
  return rows
    .filter((row) => row.chosen.script.rows > 0 && isVisible(row, at.nowMs, at.settings))
    .map((row) => viewRow(row, at.nowMs, at.settings));
}

/** `Status` in the operations that need no allow-list. */
export function statusOf(view: RowView): string {
  const { script } = view.row.chosen;
  if (view.ended) return script.statusOnlyEndStatus ?? script.endStatus;
  return view.pending ? "Pending" : script.runningStatus;
}

/** One URL's row, without a RetCode or a share of POPs. It has the URL as it was sent, unless a setting changes it. */
export function statusRow(view: RowView, settings: Settings): AnswerBody {
  const { row } = view;
  return {
    TaskId: row.taskId,
    ObjectPath: spelled(row.url, settings.rowSpelling),
    ObjectType: row.objectType,
    Status: statusOf(view),
    Process: toServicePercent(view.processPercent),
    CreationTime: writtenTime(row.submittedAtMs + settings.rowTimeOffsetMs, settings.rowTimeForm),
    Description: view.ended ? row.chosen.script.statusOnlyDescription : "",
  };
}

const CHINA_OFFSET_MS = 8 * 3_600_000;

function writtenTime(atMs: number, form: Settings["rowTimeForm"]): string {
  if (form === "utc") return toServiceTime(atMs);
  const placeMs = form === "localWithoutZone" ? atMs + CHINA_OFFSET_MS : atMs;
  return toServiceTime(placeMs).replace("Z", "");
}

function spelled({ url, path }: SubmittedUrl, spelling: Settings["rowSpelling"]): string {
  switch (spelling) {
    case "asSent":
      return url;
    case "otherCase":
      return url.replace(/%[0-9a-f]{2}/gi, (octet) =>
        octet === octet.toUpperCase() ? octet.toLowerCase() : octet.toUpperCase(),
      );
    case "decoded":
      return decoded(url);
    case "withoutScheme":
      return url.replace(/^https?:\/\//i, "");
    case "otherScheme":
      return url.replace(/^http(s?):/i, (_scheme, s: string) => (s ? "http:" : "https:"));
    case "pathAlone":
      return path;
  }
}

/** Bytes that are not UTF-8 stay encoded. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
