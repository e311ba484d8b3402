import "./pulumi/sdk-present";

export type { Summary, TaskResult, UrlResult, Verdict } from "./pulumi/gate-outputs";
export { Preload } from "./pulumi/preload";
export { PreloadGate } from "./pulumi/preload-gate";
export type { GateArgs, PreloadArgs, PreloadGateArgs } from "./pulumi/resource-args";
export { hashFiles } from "./resources/hash-files";
