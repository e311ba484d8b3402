/**
 * The Alibaba Cloud CDN service on loopback, for tests and demos.
 */
export type { AnswerHook, LiteralAnswer } from "./answer-overrides";
export type { CallRecord } from "./call-record";
export { type Clock, type DrivenClock, ManualClock } from "./clock";
export type { StsCredential } from "./credential-store";
export { Emulator, type EmulatorOptions, startEmulator } from "./emulator";
export type { FaultInput } from "./faults";
export type { Submission, TaskListing, TaskUrlListing } from "./listing";
export type { ScenarioInput, ScriptReference } from "./scenario";
export { NAMED_SCRIPTS, type ScriptName } from "./scripts";
export type { Settings, SettingsInput } from "./settings";
export type { Sleep } from "./sleep";
export type { TaskScript, TaskScriptInput } from "./task-script";
