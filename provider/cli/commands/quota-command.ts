import type { Command } from "commander";
import type { HelpWords } from "../../wording/help-words";
import { addOptions } from "../options/add-options";
import type { QuotaOptions } from "../options/command-options";
import { addHelpEnd } from "../output/help-end";

/** `quota`: what is left of today's quota. */
export function addQuotaCommand(program: Command, words: HelpWords): void {
  const command = program
    .command("quota")
    .summary(words.commands.quota.summary)
    .description(words.commands.quota.description);
  addOptions(command, words, "json");
  addHelpEnd(command, [
    "",
    words.examples,
    "  $ cdn-preload-gate quota",
    "  $ cdn-preload-gate quota --json | jq .preloadL1.remaining",
  ]).action(async (_options: unknown, self: Command) => {
    const { showQuotas } = require("./quota-action") as typeof import("./quota-action");
    await showQuotas(self.optsWithGlobals<QuotaOptions>());
  });
}
