/**
 * The entry of what is installed as one file: the plugin's archive, and the executables that need no Node. It holds
 * several fronts, told apart by the name that the file is called by.
 */
import { basename } from "node:path";
import { explainOldNode } from "./wording/node-version";

const complaint = explainOldNode(process.versions.node);
if (complaint === undefined) startFront();
else {
  process.stderr.write(`error: ${complaint}\n`);
  process.exitCode = 2;
}

/** Each front is required and not imported, so that an old Node has said so before it fails on them. */
function startFront(): void {
  if (/^pulumi-resource-/.test(calledBy())) {
    void (require("./plugin/run-plugin") as typeof import("./plugin/run-plugin")).runPlugin(process.argv);
    return;
  }
  void (require("./cli/run-command-line") as typeof import("./cli/run-command-line")).runCommandLine(
    process.argv,
  );
}

/** The name that the file was called by: in an executable of its own that of the process, else what its start script says. */
function calledBy(): string {
  const { isSea } = require("node:sea") as typeof import("node:sea");
  return basename(isSea() ? process.argv0 : process.title);
}
