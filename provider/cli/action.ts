/**
 * The GitHub Action's entry: the inputs that the runner gives as variables become the command line's
 * arguments, so that the two cannot differ. `scripts/bundle-action.mjs` makes it one file.
 */
import { actionArguments, credentialsOf } from "./action-inputs";
import { runCommandLine } from "./run-command-line";

// The runner hides these from its log from here on.
for (const [name, value] of Object.entries(credentialsOf(process.env))) {
  if (name !== "ALIBABA_CLOUD_ACCESS_KEY_ID") process.stdout.write(`::add-mask::${value}\n`);
  process.env[name] = value;
}
void runCommandLine(() => {
  process.argv = [process.execPath, "cdn-preload-gate", ...actionArguments(process.env)];
  return process.argv;
});
