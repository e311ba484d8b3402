import { toServiceTime } from "./clock";
import type { Submission, TaskListing, TaskUrlListing } from "./listed";
import { statusOf } from "./operations/status-row";
import type { Service } from "./service";
import { type TaskKind, taskKind } from "./task-kind";
import { isVisible, type TaskRow, viewRow } from "./task-store";

/** Everything accepted of one kind, in the order of acceptance. */
export function listSubmissions(service: Service, kind: TaskKind): readonly Submission[] {
  return service.tasks.rows
    .filter((row) => taskKind(row.objectType) === kind)
    .map((row) => ({
      url: row.url.url,
      taskId: row.taskId,
      ...furtherTaskIdsOf(row.taskId, service),
      domain: row.url.domain,
      at: new Date(row.submittedAtMs).toISOString(),
      script: row.chosen.name,
    }));
}

function furtherTaskIdsOf(taskId: string, service: Service): { furtherTaskIds?: readonly string[] } {
  const [, ...furtherTaskIds] = service.tasks.idsBeside(taskId);
  return furtherTaskIds.length > 0 ? { furtherTaskIds } : {};
}

/** All tasks, in the order of their first submission. */
export function listTasks(service: Service): readonly TaskListing[] {
  return service.tasks.taskIds.map((taskId) => {
    const rows = service.tasks.rowsOf(taskId) ?? [];
    const [first] = rows;
    return {
      taskId,
      creationTime: toServiceTime(first?.submittedAtMs ?? 0),
      kind: taskKind(first?.objectType ?? "preload"),
      urls: rows.map((row) => listUrl(row, service)),
    };
  });
}

function listUrl(row: TaskRow, service: Service): TaskUrlListing {
  const nowMs = service.clock.nowMs();
  const view = viewRow(row, nowMs, service.settings);
  return {
    url: row.url.url,
    script: row.chosen.name,
    status: statusOf(view),
    processPercent: view.processPercent,
    ended: view.ended,
    visible: isVisible(row, nowMs, service.settings),
  };
}
