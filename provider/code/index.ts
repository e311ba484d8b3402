/** The gate as code, without Pulumi: submit, wait, judge. `cdn-preload-gate/gate`. */
export { GateError } from "../core/errors";
export type { GateState, TaskPart, UrlFacts, UrlState } from "../core/gate-state";
export type { Verdict } from "../core/judge";
export type { Progress } from "../core/notices";
export type { UrlResult } from "../core/shown-results";
export type { TaskResult } from "../core/shown-tasks";
export type { Summary } from "../gate/outcome";
export type { QuotaFinding } from "../gate/quota-ledger";
export type { SessionOptions } from "../gate/session";
export type { PreloadSettings } from "../gate/submit";
export type { EventSink, GateEvent } from "./gate-event";
export {
  adviceFor,
  askWithin,
  type ListedTasksRun,
  type ListingGateOptions,
  type Outcome,
  type PreloadRun,
  pollListedTasks,
  pollOnce,
  type RunGateOptions,
  runGate,
  runListedTasks,
  runPreload,
  type SubmittingGateOptions,
} from "./runs";
export { openSession, type RunContext, type Session } from "./session";
