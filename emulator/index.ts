/**
 * The Alibaba Cloud CDN service on loopback, for tests and demos.
 */
export type { AnswerHook, LiteralAnswer } from "./answer-overrides";
export type { CallRecord } from "./call-record";
export { type Clock, type DrivenClock, ManualClock } from "./clock";
export type { StsCredential } from "./credential-store";
export { Emulator, type EmulatorOptions, startEmulator } from "./emulator";
export type { Submission, TaskListing, TaskUrlListing } from "./listed";
export type {
  FaultInput,
  FaultKind,
  ScenarioInput,
  ScriptReference,
  Settings,
  SettingsInput,
  TaskScript,
  TaskScriptInput,
} from "./scenario-types";
export { NAMED_SCRIPTS, type ScriptName } from "./scripts";
export type { Sleep } from "./sleep";
