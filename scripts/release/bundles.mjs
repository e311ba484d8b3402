import { join } from "node:path";
import { bundle } from "../bundle.mjs";

export const root = join(import.meta.dirname, "..", "..");

/** @type {Record<string, { entryPoint: string, outfile: string }>} */
export const BUNDLES = {
  // The GitHub Action: the runner takes it as it lies in its repository.
  action: { entryPoint: "provider/cli/action.ts", outfile: "action/dist/main.js" },
  // The plugin, for `pulumi package add` with a clone or the repository's address.
  plugin: { entryPoint: "provider/executable.ts", outfile: "plugin/dist/pulumi-resource-alicdn.js" },
};

/**
 * @param {string} name of the bundle's file, as the repository has it
 * @param {string} outfile where to write it
 */
export async function makeBundle(name, outfile) {
  const found = Object.values(BUNDLES).find((each) => each.outfile === name);
  if (found === undefined) throw new Error(`No bundle is called ${name}.`);
  await bundle({ entryPoint: join(root, found.entryPoint), outfile });
}
