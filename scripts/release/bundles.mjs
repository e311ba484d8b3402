import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../bundle.mjs";
import { licencesOf } from "../plugin/licences.mjs";

export const root = join(import.meta.dirname, "..", "..");

/** @type {Record<string, { entryPoint: string, outfile: string }>} */
export const BUNDLES = {
  // The GitHub Action: the runner takes it as it lies in its repository.
  action: { entryPoint: "provider/cli/action.ts", outfile: "action/dist/main.js" },
  // The plugin, for `pulumi package add` with a clone or the repository's address.
  plugin: { entryPoint: "provider/executable.ts", outfile: "plugin/dist/pulumi-resource-alicdn.js" },
};

/**
 * Makes a bundle. It is taken as one file, so the licences of what others wrote of it stand at its end.
 *
 * @param {string} name of the bundle's file, as the repository has it
 * @param {string} outfile where to write it
 * @returns {Promise<string[]>} the full paths of the files that went into it
 */
export async function makeBundle(name, outfile) {
  const found = Object.values(BUNDLES).find((each) => each.outfile === name);
  if (found === undefined) throw new Error(`No bundle is called ${name}.`);
  const files = await bundle({ entryPoint: join(root, found.entryPoint), outfile });
  const licences = await licencesOf(files);
  await appendFile(
    outfile,
    `\n/*\nThe licences of what this file holds of others:\n\n${licences.replaceAll("*/", "* /")}*/\n`,
  );
  return files;
}
