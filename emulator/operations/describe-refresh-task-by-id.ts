import { MAX_TASK_IDS_PER_CALL } from "../../provider/wire/limits";
import type { Work } from "../call";
import type { Parameters } from "../call-record";
import { checkedTaskId, requiredParameter } from "../parameters";
import { wireError } from "../wire-error";
import { shownOfTask } from "./shown-of-task";
import { statusRow, visibleViews } from "./status-row";
import { checkTaskWindow } from "./task-window";

/** Up to ten tasks, with a row per URL. It needs no allow-list. Ids that it does not see have no rows. */
export function describeRefreshTaskById(parameters: Parameters): Work {
  const taskIds = requiredParameter(parameters, "TaskId").split(",").map(checkedTaskId);
  if (taskIds.length > MAX_TASK_IDS_PER_CALL) {
    throw wireError(
      "InvalidParameters",
      `The parameters you provided are invalid. (TaskId: ${taskIds.length} ids, at most ${MAX_TASK_IDS_PER_CALL})`,
    );
  }
  return (service) => {
    const nowMs = service.clock.nowMs();
    const rows = [...new Set(taskIds)].flatMap((taskId) => service.tasks.rowsOf(taskId) ?? []);
    checkTaskWindow(rows, nowMs);
    const tasks = visibleViews(rows, { nowMs, settings: service.settings }).map((view) =>
      statusRow(view, service.settings),
    );
    const { totalCount, items } = shownOfTask(tasks, service.settings);
    return { TotalCount: totalCount, Tasks: items };
  };
}
