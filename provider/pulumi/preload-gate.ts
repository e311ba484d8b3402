import type * as pulumi from "@pulumi/pulumi";
import { GateResource } from "./gate-resource";
import type { ArgsOf, GateArgs } from "./resource-args";

/** The inputs of a {@link PreloadGate}. */
export interface PreloadGateArgs extends ArgsOf<"PreloadGate"> {
  /** Judge only these URLs. Default: all that the tasks name. */
  urls?: pulumi.Input<pulumi.Input<string>[]>;
  /** Any values; a change judges again. */
  triggers?: pulumi.Input<unknown[]>;
  /** When the gate passes. */
  gate?: pulumi.Input<GateArgs>;
}

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
