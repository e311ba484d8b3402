import type { Command } from "commander";
import { addOptions } from "../options/add-options";
import type { QuotaOptions } from "../options/command-options";

/** `quota`: what is left of today's quota. */
export function addQuotaCommand(program: Command): void {
  const command = program
    .command("quota")
    .summary("show what is left of today's quota")
    .description("Shows how many URLs can still be preloaded and refreshed today.");
  addOptions(command, "json")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ cdn-preload-gate quota",
        "  $ cdn-preload-gate quota --json | jq .preloadL1.remaining",
      ].join("\n"),
    )
    .action(async (_options: unknown, self: Command) => {
      const { showQuotas } = require("./quota-action") as typeof import("./quota-action");
      await showQuotas(self.optsWithGlobals<QuotaOptions>());
    });
}
