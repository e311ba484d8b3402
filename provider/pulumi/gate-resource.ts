import * as pulumi from "@pulumi/pulumi";
import type { Summary, TaskResult, UrlResult, Verdict } from "./gate-outputs";
import type { ResourceKind } from "./inputs";
import { fingerprintOfArgs, resourceProps, TYPE_TOKENS } from "./resource-props";

/** What both resources are: a verdict with its evidence, and what dependents take of it. */
export abstract class GateResource extends pulumi.CustomResource {
  /** The service's ids of the tasks that hold the URLs. */
  declare readonly taskIds: pulumi.Output<string[]>;
  /** `passed`, `failed`, `inconclusive`, or, for a `Preload` with `wait: false`, `pending`. */
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
  readonly #ownFingerprint: () => pulumi.Output<string>;
  #passed: pulumi.Output<boolean> | undefined;

  protected constructor(
    kind: ResourceKind,
    declared: {
      readonly name: string;
      readonly args: pulumi.Inputs;
      readonly opts: pulumi.CustomResourceOptions;
    },
  ) {
    super(TYPE_TOKENS[kind], declared.name, resourceProps(kind, declared), declared.opts);
    this.#ownFingerprint = () => fingerprintOfArgs(declared.args);
  }

  /**
   * `true`, or a rejection with the reasons unless the saved verdict is accepted and is about this program's
   * inputs. Give it to a dependent as an input: `pulumi up --target` does not consult `dependsOn`.
   *
   * Made when it is first read: a rejection that nobody takes would fail the program.
   */
  get passed(): pulumi.Output<boolean> {
    this.#passed ??= pulumi
      .all([
        this.urn,
        this.verdict,
        this.accepted,
        this.reasons,
        this.inputsFingerprint,
        this.#ownFingerprint(),
      ])
      .apply(([urn, verdict, isAccepted, reasons, savedFingerprint, fingerprint]) => {
        if (isAccepted && savedFingerprint === fingerprint) return true;
        const name = urn.split("::").at(-1);
        // Of a RunError the SDK prints the message and no stack, which would lead into this package.
        throw new pulumi.RunError(`${name} has not passed: ${whyNot(verdict, isAccepted, reasons)}`);
      });
    return this.#passed;
  }
}

function whyNot(verdict: string, isAccepted: boolean, reasons: readonly string[] | undefined): string {
  if (isAccepted)
    return "its saved verdict is about other inputs than this program's; run `pulumi up` without --target, and give it no ignoreChanges or transform of its inputs.";
  if (verdict === "pending") return "it does not wait (wait: false); let a PreloadGate wait for its taskIds.";
  return reasons && reasons.length > 0 ? reasons.join("\n") : `its verdict is ${verdict}.`;
}
