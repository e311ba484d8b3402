import type * as pulumi from "@pulumi/pulumi";
import type { GateArgs } from "./gate-outputs";
import { GateResource } from "./gate-resource";

/** The inputs of a {@link PreloadGate}. */
export interface PreloadGateArgs {
  /** The tasks to wait for: a list of ids, or one string with commas. */
  taskIds: pulumi.Input<string> | pulumi.Input<pulumi.Input<string>[]>;
  /** Judge only these. Default: every URL that the tasks name. */
  urls?: pulumi.Input<pulumi.Input<string>[]>;
  /** Any values; a change judges again. */
  triggers?: pulumi.Input<unknown[]>;
  /** When the gate passes. */
  gate?: pulumi.Input<GateArgs>;
  /** How long to wait, such as `"90s"`, `"45m"`, `"2h"`; the option `customTimeouts` wins. Default `"45m"`. */
  timeout?: pulumi.Input<string>;
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
