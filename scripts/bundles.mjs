// npm run bundle [NAME [FILE]]: makes one file each of what is taken from the repository itself, where nothing is
// installed. A release's tag holds them.
import { join } from "node:path";
import { BUNDLES, makeBundle, root } from "./release/bundles.mjs";

const [name, outfile] = process.argv.slice(2);
const names = Object.keys(BUNDLES);
if (name !== undefined && !names.includes(name)) {
  console.error(`usage: npm run bundle -- [${names.join(" | ")} [FILE]]`);
  process.exitCode = 2;
} else {
  for (const [each, { outfile: usual }] of Object.entries(BUNDLES))
    if (name === undefined || name === each) await makeBundle(usual, outfile ?? join(root, usual));
}
