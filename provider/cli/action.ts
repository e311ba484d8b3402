/**
 * The GitHub Action's entry: the inputs that the runner gives as variables become the command line's
 * arguments, so that the two cannot differ. `scripts/bundles.mjs` makes it one file.
 */
import { explainOldNode, oldNodeWords } from "../wording/node-version";
import { cliLanguage } from "./cli-language";

// Also what is wrong with an input is told in the language that an input names.
const language = (process.env.INPUT_LANG ?? "").trim();
if (language !== "") process.env.ALICDN_LANG = language;

const complaint = explainOldNode(process.versions.node, cliLanguage());
if (complaint === undefined) {
  // Required and not imported, so that an old Node has said so before it fails on them.
  const { actionArguments, credentialsOf } = require("./action-inputs") as typeof import("./action-inputs");
  const { runCommandLine } = require("./run-command-line") as typeof import("./run-command-line");
  // The runner hides these from its log from here on.
  for (const { variable, value, isSecret } of credentialsOf(process.env)) {
    if (isSecret) process.stdout.write(`::add-mask::${value}\n`);
    process.env[variable] = value;
  }
  void runCommandLine(() => {
    process.argv = [process.execPath, "cdn-preload-gate", ...actionArguments(process.env)];
    return process.argv;
  });
} else {
  process.stdout.write(`::error title=${oldNodeWords(cliLanguage()).title}::${complaint}\n`);
  process.exitCode = 2;
}
