import * as pulumi from "@pulumi/pulumi";

/** One constant string, as the provider's own: nothing is serialized, and every test shares one host entry. */
const PROVIDER_SOURCE = `exports.handler = () => ({
  diff: async (_id, olds, news) => ({ changes: olds.passed !== news.passed }),
  create: async (inputs) => ({ id: "created", outs: inputs }),
  update: async (_id, _olds, news) => ({ outs: news }),
});`;

/** What a release would switch over once the gate has passed; it does nothing but exist. */
export class Dependent extends pulumi.CustomResource {
  /** @param args `passed`: the gate's own output, where the dependent takes it as an input. */
  constructor(
    name: string,
    args: { passed?: pulumi.Input<boolean> } = {},
    opts: pulumi.CustomResourceOptions = {},
  ) {
    super("pulumi-nodejs:dynamic/test:Dependent", name, { ...args, __provider: PROVIDER_SOURCE }, opts);
  }
}
