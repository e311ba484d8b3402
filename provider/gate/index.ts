/** The gate as code, without Pulumi: submit, wait, judge. */
export { GateError } from "../core/errors";
export type { GateState, TaskPart, UrlFacts, UrlState } from "../core/gate-state";
export type { Verdict } from "../core/judge";
export type { Progress } from "../core/notices";
export type { UrlResult } from "../core/shown-results";
export type { TaskResult } from "../core/shown-tasks";
export { askWithin } from "./ask-within";
export type { EventSink, GateEvent } from "./events";
export type { Outcome, Summary } from "./outcome";
export { pollListedTasks } from "./poll-listed-tasks";
export { pollOnce } from "./poll-once";
export type { QuotaFinding } from "./quota-ledger";
export type { RunContext } from "./run-context";
export {
  type ListingGateOptions,
  type RunGateOptions,
  runGate,
  type SubmittingGateOptions,
} from "./run-gate";
export { type ListedTasksRun, runListedTasks } from "./run-listed-tasks";
export { type PreloadRun, runPreload } from "./run-preload";
export { openSession, type Session, type SessionOptions } from "./session";
export type { PreloadSettings } from "./submit";
