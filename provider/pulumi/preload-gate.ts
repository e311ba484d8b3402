import * as pulumi from "@pulumi/pulumi";
import type { GateArgs, Summary, TaskResult, UrlResult, Verdict } from "./gate-outputs";
import { fingerprintOfArgs, passedOutput, resourceProps, TYPE_TOKENS } from "./resource-props";

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
export class PreloadGate extends pulumi.CustomResource {
  /** The ids that were waited for, each once. */
  declare readonly taskIds: pulumi.Output<string[]>;
  /** `passed`, `failed` or `inconclusive`. */
  declare readonly verdict: pulumi.Output<Verdict>;
  /** Passed, or let through by `gate.onInconclusive: "warn"` or `gate.override`. */
  declare readonly accepted: pulumi.Output<boolean>;
  /** What lets a verdict other than passed through. */
  declare readonly acceptedBy: pulumi.Output<"warn" | "override" | undefined>;
  /** Why it did not pass; empty when it did. */
  declare readonly reasons: pulumi.Output<string[]>;
  /** The sum in numbers. */
  declare readonly summary: pulumi.Output<Summary>;
  /** One per task and domain, in the service's words. */
  declare readonly tasks: pulumi.Output<TaskResult[]>;
  /** One per URL. */
  declare readonly results: pulumi.Output<UrlResult[]>;
  /** The version of the saved state. */
  declare readonly stateVersion: pulumi.Output<number>;
  /** @internal */
  declare readonly inputsFingerprint: pulumi.Output<string>;
  readonly #args: PreloadGateArgs;
  #passed: pulumi.Output<boolean> | undefined;

  constructor(name: string, args: PreloadGateArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(
      TYPE_TOKENS.PreloadGate,
      name,
      resourceProps("PreloadGate", { name, args: { ...args }, opts }),
      opts,
    );
    this.#args = args;
  }

  /**
   * `true`, or a rejection with the reasons unless the saved verdict is accepted and is about this program's
   * inputs. Give it to a dependent as an input: `pulumi up --target` does not consult `dependsOn`.
   */
  get passed(): pulumi.Output<boolean> {
    this.#passed ??= passedOutput(this, fingerprintOfArgs({ ...this.#args }));
    return this.#passed;
  }
}
