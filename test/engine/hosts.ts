import * as pulumi from "@pulumi/pulumi";
import type { Summary, TaskResult, UrlResult, Verdict } from "../../provider";
import { Preload, type PreloadArgs, PreloadGate, type PreloadGateArgs } from "../../provider";

/** Inputs in any form: what a program without a type checker may pass. */
type Args<T> = { [key in keyof T]: unknown };

/** What both hosts' resources give to a program. */
export interface Gate extends pulumi.CustomResource {
  readonly taskIds: pulumi.Output<string[]>;
  readonly verdict: pulumi.Output<Verdict>;
  readonly accepted: pulumi.Output<boolean>;
  readonly reasons: pulumi.Output<string[]>;
  readonly summary: pulumi.Output<Summary>;
  readonly tasks: pulumi.Output<TaskResult[]>;
  readonly results: pulumi.Output<UrlResult[]>;
  readonly passed: pulumi.Output<boolean>;
}

/** One of the two ways in which the engine runs our resources. */
export interface Host {
  readonly name: "dynamic host" | "plugin";
  /** What type tokens begin with. */
  readonly types: string;
  readonly Preload: new (name: string, args: PreloadArgs, opts?: pulumi.CustomResourceOptions) => Gate;
  readonly PreloadGate: new (
    name: string,
    args: PreloadGateArgs,
    opts?: pulumi.CustomResourceOptions,
  ) => Gate;
}

/** A resource of the plugin as a program without a generated SDK declares it. */
abstract class PluginGate extends pulumi.CustomResource {
  declare readonly taskIds: pulumi.Output<string[]>;
  declare readonly verdict: pulumi.Output<Verdict>;
  declare readonly accepted: pulumi.Output<boolean>;
  declare readonly reasons: pulumi.Output<string[]>;
  declare readonly summary: pulumi.Output<Summary>;
  declare readonly tasks: pulumi.Output<TaskResult[]>;
  declare readonly results: pulumi.Output<UrlResult[]>;
  declare readonly inputsFingerprint: pulumi.Output<string>;
  readonly #args: pulumi.Inputs;
  readonly #name: string;

  protected constructor(type: string, name: string, args: object, opts?: pulumi.CustomResourceOptions) {
    const outputs = Object.fromEntries(
      [
        ...["taskIds", "verdict", "accepted", "reasons", "summary", "tasks", "results", "inputsFingerprint"],
      ].map((output) => [output, undefined]),
    );
    super(type, name, { ...outputs, ...args }, opts);
    this.#args = { ...args };
    this.#name = name;
  }

  get passed(): pulumi.Output<boolean> {
    const { verdict, accepted, reasons, inputsFingerprint } = this;
    return pulumi
      .output(
        pulumi.runtime.invokeOutput<{ passed: boolean }>("alicdn:index:requirePassed", {
          name: this.#name,
          verdict,
          accepted,
          reasons,
          inputsFingerprint,
          ...this.#args,
        }),
      )
      .apply(({ passed }) => passed);
  }
}

class PluginPreload extends PluginGate {
  constructor(name: string, args: Args<PreloadArgs>, opts?: pulumi.CustomResourceOptions) {
    super("alicdn:index:Preload", name, args, opts);
  }
}

class PluginPreloadGate extends PluginGate {
  constructor(name: string, args: Args<PreloadGateArgs>, opts?: pulumi.CustomResourceOptions) {
    super("alicdn:index:PreloadGate", name, args, opts);
  }
}

export const DYNAMIC_HOST: Host = {
  name: "dynamic host",
  types: "pulumi-nodejs:dynamic/alicdn",
  Preload,
  PreloadGate,
};

export const PLUGIN: Host = {
  name: "plugin",
  types: "alicdn:index",
  Preload: PluginPreload,
  PreloadGate: PluginPreloadGate,
};

/** Each story is told by both. */
export const HOSTS: readonly Host[] = [DYNAMIC_HOST, PLUGIN];
