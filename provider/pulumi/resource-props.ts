import * as pulumi from "@pulumi/pulumi";
import { fingerprintOf } from "./fingerprint";
import type { ResourceKind } from "./inputs";
import { PROVIDER_SOURCE } from "./provider-source";

/** The type tokens of the two resources. */
export const TYPE_TOKENS: Readonly<Record<ResourceKind, string>> = {
  Preload: "pulumi-nodejs:dynamic/alicdn:Preload",
  PreloadGate: "pulumi-nodejs:dynamic/alicdn:PreloadGate",
};

/** Outputs of both resources; the engine fills them in. */
const OUTPUT_NAMES = [
  "taskIds",
  "verdict",
  "accepted",
  "acceptedBy",
  "reasons",
  "summary",
  "tasks",
  "results",
  "stateVersion",
  "saved",
] as const;

/** Outputs that repeat what `urls` or `headers` say, and so are secret where these are. */
const DERIVED_OUTPUT_NAMES = ["taskIds", "results", "tasks", "saved"] as const;

/**
 * The properties of a resource: the user's inputs, what a dynamic provider is not told otherwise (the URN,
 * `customTimeouts`, whether this is a preview), and a place for each output.
 */
export function resourceProps(
  kind: ResourceKind,
  options: {
    readonly name: string;
    readonly args: pulumi.Inputs;
    readonly opts: pulumi.CustomResourceOptions;
  },
): pulumi.Inputs {
  const { name, args, opts } = options;
  // Whoever hides the ids of tasks hides what these hold.
  const telling = [args.urls, args.headers, args.taskIds];
  const urlsAreSecret = pulumi
    .output(Promise.all(telling.map(isSecret)))
    .apply((secrets) => secrets.some((secret) => secret));
  const outputs: pulumi.Inputs = Object.fromEntries(OUTPUT_NAMES.map((output) => [output, undefined]));
  // An output under the key of a secret input stays encrypted in the state; a value of null says no more.
  for (const output of DERIVED_OUTPUT_NAMES) outputs[output] = nullWhereSecret(telling);
  return {
    ...outputs,
    ...args,
    context: {
      kind,
      urn: valueAlone(pulumi.createUrn(name, TYPE_TOKENS[kind], opts.parent)),
      urlsAreSecret,
      preview: pulumi.runtime.isDryRun() || undefined,
      createTimeout: opts.customTimeouts?.create,
      updateTimeout: opts.customTimeouts?.update,
    },
    inputsFingerprint: fingerprintOfArgs(args),
    __provider: PROVIDER_SOURCE,
  };
}

/** The fingerprint of a program's own arguments. */
export function fingerprintOfArgs(args: pulumi.Inputs): pulumi.Output<string> {
  return pulumi.output(args).apply(fingerprintOf);
}

/**
 * The value of an output without what the output depends on; `undefined` where it is not known or has failed.
 *
 * The URN of a child depends on its parent, and a component stands for all its children. As an input it would
 * make a gate depend on its own siblings, and one of these that depends on the gate would close a circle:
 * neither would ever be created.
 */
function valueAlone<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const taken = output.apply((value) => resolve(value as T));
    // Settles after the value has been taken, also where there was none to take.
    const giveUp = () => resolve(undefined);
    pulumi.isSecret(taken).then(giveUp, giveUp);
  });
}

async function isSecret(value: unknown): Promise<boolean> {
  return holdsOutput(value) ? pulumi.isSecret(pulumi.output(value)) : false;
}

function nullWhereSecret(values: readonly unknown[]): pulumi.Output<null> | undefined {
  return values.some(holdsOutput) ? pulumi.output(values).apply(() => null) : undefined;
}

/** Whether a value is an output or holds one: only then can it be secret. */
function holdsOutput(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsOutput);
}
