import * as pulumi from "@pulumi/pulumi";
import { fingerprintOf } from "../resources/fingerprint";
import { DERIVED_OUTPUTS, OUTPUT_NAMES } from "../resources/outputs";
import type { ResourceKind } from "../resources/resource-call";
import { ownConfigNames } from "./config-names";
import { CONTEXT_INPUT, FINGERPRINT_INPUT } from "./host-inputs";
import { PROVIDER_SOURCE } from "./provider-source";

/** The type tokens of the two resources. */
export const TYPE_TOKENS: Readonly<Record<ResourceKind, string>> = {
  Preload: "pulumi-nodejs:dynamic/alicdn:Preload",
  PreloadGate: "pulumi-nodejs:dynamic/alicdn:PreloadGate",
};

/**
 * The properties of a resource: the user's inputs, what a dynamic provider is not told otherwise (the URN,
 * `customTimeouts`, whether this is a preview, the names in the stack's config), and a place for each output.
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
  // Who hides the ids of tasks hides what these hold.
  const urlsAreSecret = isAnySecret([args.urls, args.headers, args.taskIds]);
  const outputs: pulumi.Inputs = Object.fromEntries(OUTPUT_NAMES.map((output) => [output, undefined]));
  // An output under the key of a secret input stays encrypted in the state; a value of null says no more.
  const derived = urlsAreSecret.then((isSecret) => (isSecret ? pulumi.secret(null) : undefined));
  for (const output of DERIVED_OUTPUTS) outputs[output] = derived;
  return {
    ...outputs,
    ...args,
    [CONTEXT_INPUT]: {
      kind,
      urn: valueAlone(pulumi.createUrn(name, TYPE_TOKENS[kind], opts.parent)),
      urlsAreSecret,
      preview: pulumi.runtime.isDryRun() || undefined,
      configNames: ownConfigNames(),
      createTimeout: opts.customTimeouts?.create,
      updateTimeout: opts.customTimeouts?.update,
    },
    [FINGERPRINT_INPUT]: fingerprintOfArgs(args),
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

/**
 * Whether any of the values is secret. Known also where a value is not known yet: an answer that is unknown would
 * stand in the diff of each preview. A value that fails says so itself.
 */
async function isAnySecret(values: readonly unknown[]): Promise<boolean> {
  const secrets = values.filter(holdsOutput).map((value) => pulumi.isSecret(pulumi.output(value)));
  return (await Promise.all(secrets).catch(() => [])).some((isSecret) => isSecret);
}

/** Whether a value is an output or holds one: only then can it be secret. */
function holdsOutput(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsOutput);
}
