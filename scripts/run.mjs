#!/usr/bin/env node
// The one entry of all npm scripts: sets up what the task needs, then runs it on the Node that the
// devDependency `node` brings. Straight after a clone nothing is installed, so this file and what it
// imports use Node's own modules only.
import { explainOldNode } from "./node-version.mjs";

const complaint = explainOldNode(process.versions.node);
if (complaint !== undefined) {
  console.error(complaint);
  process.exitCode = 1;
} else {
  // Not a static import: an old Node would fail on the modules before it could say what is wrong.
  import("./tasks.mjs").then(({ runTask }) => runTask(process.argv[2], process.argv.slice(3)));
}
