/** The gate as code, without Pulumi: submit, wait, judge. */
export type { EventSink, GateEvent, Progress } from "./events";
export type { Outcome, Summary } from "./outcome";
export { QuotaBook, type QuotaFinding } from "./quota-book";
export { refreshTasks } from "./refresh-tasks";
export { type ListedTasksRun, runListedTasks } from "./run-listed-tasks";
export { type PreloadRun, type RunContext, runPreload } from "./run-preload";
export type { PreloadSettings } from "./submit";
export { TaskReader } from "./task-reader";
