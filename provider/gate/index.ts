/** The gate as code, without Pulumi: submit, wait, judge. */
export type { EventSink, GateEvent, Progress } from "./events";
export type { Outcome, Summary } from "./outcome";
export type { QuotaFinding } from "./quota-book";
export { refreshTasks } from "./refresh-tasks";
export type { RunContext } from "./run-context";
export { type ListedTasksRun, runListedTasks } from "./run-listed-tasks";
export { type PreloadRun, runPreload } from "./run-preload";
export { openSession, type Session, type SessionOptions } from "./session";
export type { PreloadSettings } from "./submit";
