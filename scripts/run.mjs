#!/usr/bin/env node
// The entry of all npm scripts. It sets up what the task needs, then runs the task on the Node of the devDependency
// `node`. After a clone nothing is installed, so this file and its imports use only Node's own modules.
import { explainOldNode } from "./node-version.mjs";

const complaint = explainOldNode(process.versions.node);
if (complaint !== undefined) {
  console.error(complaint);
  process.exitCode = 1;
} else {
  // Not a static import, because an old Node would fail on the modules before it could report what is wrong.
  import("./tasks.mjs").then(({ runTask }) => runTask(process.argv[2], process.argv.slice(3)));
}
