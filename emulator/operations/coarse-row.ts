import type { AnswerBody } from "../call";
import { toServiceTime } from "../clock";
import type { Settings } from "../settings";
import { isVisible, type RowView, type TaskRow, viewRow } from "../task-store";
import { toServicePercent } from "./service-percent";

/** Rows that the query operations see now, as they stand. */
export function visibleViews(
  rows: readonly TaskRow[],
  at: { nowMs: number; settings: Settings },
): readonly RowView[] {
  return rows
    .filter((row) => row.chosen.script.rows > 0 && isVisible(row, at.nowMs, at.settings))
    .map((row) => viewRow(row, at.nowMs, at.settings));
}

/** `Status` as the operations that need no allow-list have it. */
export function coarseStatus(view: RowView): string {
  const { script } = view.row.chosen;
  if (view.ended) return script.coarseEndStatus ?? script.endStatus;
  return view.pending ? "Pending" : script.runningStatus;
}

/** One URL's row: no RetCode, no share of POPs that hold it, the whole URL as it was sent. */
export function coarseRow(view: RowView): AnswerBody {
  const { row } = view;
  return {
    TaskId: row.taskId,
    ObjectPath: row.url.url,
    ObjectType: row.objectType,
    Status: coarseStatus(view),
    Process: toServicePercent(view.processPercent),
    CreationTime: toServiceTime(row.submittedAtMs),
    Description: view.ended ? row.chosen.script.coarseDescription : "",
  };
}
