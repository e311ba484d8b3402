// Makes the GitHub Action one file: provider/cli/action.ts with all that it needs. A release's tag holds it,
// since the runner takes an action as it lies in its repository and installs nothing.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

await build({
  entryPoints: [join(root, "provider", "cli", "action.ts")],
  outfile: process.argv[2] ?? join(root, "action", "dist", "main.js"),
  bundle: true,
  platform: "node",
  // Not for its sake: a runner that is too old has to be able to read the file to say so.
  target: "node16",
  minify: true,
  legalComments: "inline",
  logLevel: "warning",
});
