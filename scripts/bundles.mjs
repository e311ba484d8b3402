// npm run bundle [NAME [FILE]]: makes one file each of what is taken from the repository itself, where nothing is
// installed. A release's tag holds them.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** @type {Record<string, { entryPoint: string, outfile: string }>} */
const BUNDLES = {
  // The GitHub Action: the runner takes it as it lies in its repository.
  action: { entryPoint: "provider/cli/action.ts", outfile: "action/dist/main.js" },
  // The plugin, for `pulumi package add` with a clone or the repository's address.
  plugin: { entryPoint: "provider/executable.ts", outfile: "plugin/dist/pulumi-resource-alicdn.js" },
};

const [name, outfile] = process.argv.slice(2);
if (name !== undefined && !Object.hasOwn(BUNDLES, name)) {
  console.error(`usage: npm run bundle -- [${Object.keys(BUNDLES).join(" | ")} [FILE]]`);
  process.exitCode = 2;
} else {
  for (const [each, made] of Object.entries(BUNDLES)) {
    if (name !== undefined && name !== each) continue;
    await bundle({ entryPoint: join(root, made.entryPoint), outfile: outfile ?? join(root, made.outfile) });
  }
}
