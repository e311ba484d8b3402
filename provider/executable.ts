/**
 * The entry of what is installed as one file: the plugin's archive, and the executables that need no Node. It holds
 * several fronts, told apart by the name that the file is called by.
 */
import { explainOldNode } from "./core/node-version";

const complaint = explainOldNode(process.versions.node);
if (complaint === undefined) startFront();
else {
  process.stderr.write(`error: ${complaint}\n`);
  process.exitCode = 2;
}

/** Each front is required and not imported, so that an old Node has said so before it fails on them. */
function startFront(): void {
  void (require("./cli/run-command-line") as typeof import("./cli/run-command-line")).runCommandLine(
    process.argv,
  );
}
