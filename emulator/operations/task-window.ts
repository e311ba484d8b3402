import { TASK_WINDOW_MS } from "../../provider/wire/limits";
import type { TaskRow } from "../task-store";
import { wireError } from "../wire-error";

/** Whether the query operations can still see this instant. */
export function isWithinTaskWindow(instantMs: number, nowMs: number): boolean {
  return instantMs >= nowMs - TASK_WINDOW_MS;
}

/**
 * Refuses a query about tasks that are older than three days.
 *
 * @throws WireError `InvalidTime`.
 */
export function checkTaskWindow(rows: readonly TaskRow[], nowMs: number): void {
  if (rows.some((row) => !isWithinTaskWindow(row.submittedAtMs, nowMs))) throw wireError("InvalidTime");
}
