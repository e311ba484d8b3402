// Makes the GitHub Action one file: provider/cli/action.ts with all that it needs. A release's tag holds it,
// since the runner takes an action as it lies in its repository and installs nothing.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

await bundle({
  entryPoint: join(root, "provider", "cli", "action.ts"),
  outfile: process.argv[2] ?? join(root, "action", "dist", "main.js"),
});
