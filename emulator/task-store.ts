import type { ChosenScript } from "./scenario";
import type { Settings } from "./scenario-types";
import { type SubmittedUrl, urlIdentity } from "./submitted-url";
import { type ObjectType, type TaskKind, taskKind } from "./task-kind";
import { scriptProgress } from "./task-script";

/** One submission of one URL, in its task. */
export interface TaskRow {
  readonly taskId: string;
  readonly url: SubmittedUrl;
  readonly objectType: ObjectType;
  readonly submittedAtMs: number;
  chosen: ChosenScript;
}

/** The state of a row at one instant. */
export interface RowView {
  readonly row: TaskRow;
  readonly ended: boolean;
  readonly processPercent: number;
  /** Absent while it runs. */
  readonly endedAtMs: number | undefined;
  /** Whether the operations that need no allow-list still show `Pending`. */
  readonly pending: boolean;
}

const FIRST_TASK_ID = 15_423_123_921n;

/** 2^53 + 1, the first integer that a double cannot hold. */
const FIRST_HUGE_TASK_ID = 9_007_199_254_740_993n;

/** Every accepted task, and the numbering of task ids. */
export class TaskStore {
  #rowsById = new Map<string, TaskRow[]>();
  #openIdByGroup = new Map<string, string>();
  #rows: TaskRow[] = [];
  #running: TaskRow[] = [];
  #submissionCounts = new Map<string, number>();
  #idsGivenOut = 0n;
  #presetIds: string[] = [];
  /** The other tasks of a submission, by its first task. */
  #copies = new Map<string, readonly string[]>();
  #copiedRows: TaskRow[] = [];

  /** One for each submission of a URL. */
  get rows(): readonly TaskRow[] {
    return this.#rows;
  }

  /** Including those of the other tasks of a submission. */
  get allRows(): readonly TaskRow[] {
    return [...this.#rows, ...this.#copiedRows];
  }

  /** All ids that hold a URL, in the order in which they were issued. */
  get taskIds(): readonly string[] {
    return [...this.#rowsById.keys()];
  }

  /** Sets the id of the next new task. Several calls queue up. */
  presetTaskId(taskId: string): void {
    this.#presetIds.push(taskId);
  }

  /** A task's rows, or `undefined` if the id was never issued. */
  rowsOf(taskId: string): readonly TaskRow[] | undefined {
    return this.#rowsById.get(taskId);
  }

  /** How often a URL was submitted, with any scheme. */
  submissionCount(kind: TaskKind, url: { domain: string; path: string }): number {
    return this.#submissionCounts.get(`${kind} ${urlIdentity(url)}`) ?? 0;
  }

  /** The number of URLs whose preload has not ended. */
  runningPreloads(nowMs: number, settings: Settings): number {
    this.#running = this.#running.filter((row) => !viewRow(row, nowMs, settings).ended);
    return this.#running.length;
  }

  /** Accepts one URL and returns its task. */
  accept(
    submission: Omit<TaskRow, "taskId">,
    settings: Pick<Settings, "taskIdSharing" | "urlsPerTaskId" | "taskIdsAsNumbers"> &
      Partial<Pick<Settings, "tasksPerSubmission">>,
  ): TaskRow {
    const sharers = settings.taskIdSharing === "domain" ? submission.url.domain : "";
    const second = Math.floor(submission.submittedAtMs / 1_000);
    const group = `${submission.objectType} ${sharers} ${second}`;
    let taskId = this.#openIdByGroup.get(group);
    if (taskId === undefined || (this.#rowsById.get(taskId)?.length ?? 0) >= settings.urlsPerTaskId) {
      taskId = this.#newTaskId(settings.taskIdsAsNumbers);
      this.#openIdByGroup.set(group, taskId);
      this.#rowsById.set(taskId, []);
      const copies = Array.from({ length: (settings.tasksPerSubmission ?? 1) - 1 }, () =>
        this.#newTaskId(settings.taskIdsAsNumbers),
      );
      for (const copy of copies) this.#rowsById.set(copy, []);
      this.#copies.set(taskId, copies);
    }
    const row = { ...submission, taskId };
    this.#rowsById.get(taskId)?.push(row);
    this.#rows.push(row);
    for (const copy of this.#copies.get(taskId) ?? []) {
      const again = { ...submission, taskId: copy };
      this.#rowsById.get(copy)?.push(again);
      this.#copiedRows.push(again);
    }
    if (row.objectType === "preload") this.#running.push(row);
    const kind = taskKind(row.objectType);
    this.#submissionCounts.set(`${kind} ${urlIdentity(row.url)}`, this.submissionCount(kind, row.url) + 1);
    return row;
  }

  /** All tasks that a submission started with this one. */
  idsBeside(taskId: string): readonly string[] {
    return [taskId, ...(this.#copies.get(taskId) ?? [])];
  }

  /** Forgets all tasks. The numbering continues, so an old id never names a new task. */
  reset(): void {
    this.#rowsById = new Map();
    this.#copies = new Map();
    this.#copiedRows = [];
    this.#openIdByGroup = new Map();
    this.#rows = [];
    this.#running = [];
    this.#presetIds = [];
    this.#submissionCounts = new Map();
  }

  #newTaskId(huge: boolean): string {
    const preset = this.#presetIds.shift();
    if (preset !== undefined) return preset;
    const first = huge ? FIRST_HUGE_TASK_ID : FIRST_TASK_ID;
    const taskId = String(first + this.#idsGivenOut);
    this.#idsGivenOut += huge ? 2n : 1n;
    return taskId;
  }
}

/** The current state of a row, even if the query operations do not see it. */
export function viewRow(row: TaskRow, nowMs: number, settings: Pick<Settings, "speed">): RowView {
  const { script } = row.chosen;
  const elapsedMs = (nowMs - row.submittedAtMs) * settings.speed;
  const { ended, processPercent } = scriptProgress(script, elapsedMs);
  return {
    row,
    ended,
    processPercent,
    endedAtMs: ended ? row.submittedAtMs + (script.endsAfterMs ?? 0) / settings.speed : undefined,
    pending: !ended && elapsedMs < script.pendingForMs,
  };
}

/** Whether the query operations see the row now. */
export function isVisible(
  row: TaskRow,
  nowMs: number,
  settings: Pick<Settings, "speed" | "visibilityDelayMs">,
): boolean {
  const { appearsAfterMs, disappearsAfterMs } = row.chosen.script;
  const sinceMs = nowMs - row.submittedAtMs;
  const appeared =
    appearsAfterMs === null
      ? sinceMs >= settings.visibilityDelayMs
      : sinceMs * settings.speed >= appearsAfterMs;
  return appeared && (disappearsAfterMs === null || sinceMs * settings.speed < disappearsAfterMs);
}
