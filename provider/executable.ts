/**
 * The entry of what is installed as one file: the plugin's archive, and the executables that need no Node. It holds
 * several fronts, told apart by the name that the file is called by.
 */
import { basename } from "node:path";
import { cliLanguage } from "./cli/cli-language";
import { explainOldNode, oldNodeWords } from "./wording/node-version";

const complaint = explainOldNode(process.versions.node, cliLanguage());
if (complaint === undefined) startFront();
else {
  process.stderr.write(`${oldNodeWords(cliLanguage()).error} ${complaint}\n`);
  process.exitCode = 2;
}

/** Each front is required and not imported, so that an old Node has said so before it fails on them. */
function startFront(): void {
  if (/^pulumi-resource-/.test(calledBy())) {
    void (require("./plugin/run-plugin") as typeof import("./plugin/run-plugin")).runPlugin(process.argv);
    return;
  }
  const [node = "", file = "", ...rest] = process.argv;
  // A service container of a pipeline starts an entry and takes no arguments.
  const args = /^cdn-preload-gate-emulator\b/.test(calledBy()) ? ["emulator", ...rest] : rest;
  void (require("./cli/run-command-line") as typeof import("./cli/run-command-line")).runCommandLine([
    node,
    file,
    ...args,
  ]);
}

/**
 * The name that the file was called by. Where Node runs a script, a start script hands it on in the environment: on
 * Windows a process without a console has no title to hand it on in.
 */
function calledBy(): string {
  const { isSea } = require("node:sea") as typeof import("node:sea");
  if (isSea()) return basename(process.argv0);
  return process.env.CDN_PRELOAD_GATE_CALLED_BY ?? basename(process.argv[1] ?? "");
}
