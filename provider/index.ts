export type { Summary, TaskResult, UrlResult, Verdict } from "./pulumi/gate-outputs";
export { Preload, type PreloadArgs } from "./pulumi/preload";
export { PreloadGate, type PreloadGateArgs } from "./pulumi/preload-gate";
export type { GateArgs } from "./pulumi/resource-args";
export { hashFiles } from "./resources/hash-files";
