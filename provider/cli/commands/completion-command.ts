import { Argument, type Command } from "commander";
import type { HelpWords } from "../../wording/help-words";
import { addHelpEnd } from "../output/help-end";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** `completion`: a script that completes commands, options and their values in a shell. */
export function addCompletionCommand(program: Command, words: HelpWords): void {
  const command = program
    .command("completion")
    .summary(words.commands.completion.summary)
    .description(words.commands.completion.description)
    .addArgument(new Argument("<shell>", words.shell).choices(SHELLS));
  addHelpEnd(command, [
    "",
    words.examples,
    "  $ source <(cdn-preload-gate completion bash)",
    "  $ source <(cdn-preload-gate completion zsh)",
    "  $ cdn-preload-gate completion fish | source",
  ]).action((shell: (typeof SHELLS)[number]) => {
    process.stdout.write(scriptFor(shell, program));
  });
}

function scriptFor(shell: (typeof SHELLS)[number], program: Command): string {
  // Loaded here, so that the other commands start without it.
  const { completableOf } =
    require("../completion/completable") as typeof import("../completion/completable");
  const completable = completableOf(program);
  switch (shell) {
    case "bash":
      return (require("../completion/bash-script") as typeof import("../completion/bash-script")).bashScript(
        completable,
      );
    case "zsh":
      return (require("../completion/zsh-script") as typeof import("../completion/zsh-script")).zshScript(
        completable,
      );
    case "fish":
      return (require("../completion/fish-script") as typeof import("../completion/fish-script")).fishScript(
        completable,
      );
  }
}
