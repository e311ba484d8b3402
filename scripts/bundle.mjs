import { resolve } from "node:path";
import { build } from "esbuild";

/**
 * Makes one file of a program and all that it needs, for a machine where nothing is installed.
 *
 * @param {{ entryPoint: string, outfile: string }} options
 * @returns {Promise<string[]>} the full paths of the files that went into it
 */
export async function bundle({ entryPoint, outfile }) {
  const { metafile } = await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: "node",
    // Not for its sake: a Node that is too old has to be able to read the file to say so.
    target: "node16",
    minify: true,
    legalComments: "inline",
    logLevel: "warning",
    metafile: true,
  });
  return Object.keys(metafile.inputs).map((file) => resolve(file));
}
