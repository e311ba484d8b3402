import * as pulumi from "@pulumi/pulumi";
import { pulumiLanguage, pulumiWording } from "../resources/pulumi-wording";
import type { ResourceKind } from "../resources/resource-call";
import { whyNotPassed } from "../resources/why-not-passed";
import { PULUMI_NAMES } from "../wording/front-names";
import { explainOldNode } from "../wording/node-version";
import type { Summary, TaskResult, UrlResult, Verdict } from "./gate-outputs";
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
  declare readonly inputsFingerprint: pulumi.Output<string | undefined>;
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
    refuseOldNode();
    refuseImport(kind, declared);
    super(TYPE_TOKENS[kind], declared.name, resourceProps(kind, declared), declared.opts);
    this.#ownFingerprint = () => fingerprintOfArgs(declared.args);
  }

  /**
   * `true`, or a rejection with the reasons unless the saved verdict is accepted and is about this program's
   * inputs. Give it to a dependent as an input: `pulumi up --target` does not consult `dependsOn`.
   *
   * Made when it is first read: a rejection that is not handled would fail the program.
   */
  get passed(): pulumi.Output<boolean> {
    this.#passed ??= pulumi
      .all([
        this.urn,
        this.verdict,
        this.accepted,
        this.reasons,
        this.inputsFingerprint,
        this.stateVersion,
        this.#ownFingerprint(),
      ])
      .apply(([urn, verdict, accepted, reasons, inputsFingerprint, stateVersion, fingerprint]) => {
        const saved = { verdict, accepted, reasons, inputsFingerprint, stateVersion };
        const why = whyNotPassed(saved, fingerprint);
        if (why === undefined) return true;
        // Of a RunError the SDK prints the message and no stack, which would lead into this package.
        throw new pulumi.RunError(pulumiWording(PULUMI_NAMES).notPassed(why, urn.split("::").at(-1)));
      });
    return this.#passed;
  }
}

/** In a preview already: the provider runs on the same Node as the program, and would fail only in the update. */
function refuseOldNode(): void {
  const complaint = explainOldNode(process.versions.node, pulumiLanguage());
  if (complaint !== undefined) throw new pulumi.RunError(complaint);
}

/** The engine itself could only say `code must be a string`: an import has no property of ours, nor our provider. */
function refuseImport(
  kind: ResourceKind,
  { name, opts }: { readonly name: string; readonly opts: pulumi.CustomResourceOptions },
): void {
  if (opts.import === undefined) return;
  throw new pulumi.RunError(
    pulumiWording(PULUMI_NAMES).pulumiFault({ kind: "notImportable", resource: kind, name }),
  );
}
