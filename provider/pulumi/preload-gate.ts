import type * as pulumi from "@pulumi/pulumi";
import { GateResource } from "./gate-resource";
import type { PreloadGateArgs } from "./resource-args";

/**
 * Waits for preload tasks that someone else has started: a `Preload` with `wait: false`, a script, the
 * console. It submits nothing, and passes only when every listed task has answered and ended; for a URL in
 * several of them the newest task counts.
 */
export class PreloadGate extends GateResource {
  constructor(name: string, args: PreloadGateArgs, opts: pulumi.CustomResourceOptions = {}) {
    super("PreloadGate", { name, args: { ...args }, opts });
  }
}
