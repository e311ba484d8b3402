#!/usr/bin/env node
/**
 * The command line's entry. Loads little, so that `--help` is there at once: each command loads what it needs
 * when it runs, and what is compiled is kept for the next start.
 */
import { explainOldNode, oldNodeWords } from "../wording/node-version";
import { cliLanguage } from "./cli-language";

const complaint = explainOldNode(process.versions.node, cliLanguage());
if (complaint === undefined) {
  // Required and not imported, so that an old Node has said so before it fails on them.
  (require("node:module") as typeof import("node:module")).enableCompileCache();
  void (require("./run-command-line") as typeof import("./run-command-line")).runCommandLine(process.argv);
} else {
  process.stderr.write(`${oldNodeWords(cliLanguage()).error} ${complaint}\n`);
  process.exitCode = 2;
}
