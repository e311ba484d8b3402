import type { Command } from "commander";
import { addOptions } from "../options/add-options";
import type { DoctorOptions } from "../options/command-options";

/** `doctor`: what a gate would find. */
export function addDoctorCommand(program: Command): void {
  const command = program
    .command("doctor")
    .summary("check credentials, endpoint, clock, permissions, allow-list and quota")
    .description(
      "Checks what a gate needs, and prints the least-privilege RAM policy. It submits nothing: whether PushObjectCache is allowed it learns from a request without URLs, which the service has to refuse.",
    )
    .option("--require-detail", "count a missing allow-listing as a failure")
    .option("--purge-first", "also check what --purge-first needs");
  addOptions(command, "json")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ cdn-preload-gate doctor",
        "  $ cdn-preload-gate doctor --profile release --require-detail",
      ].join("\n"),
    )
    .action(async (_options: unknown, self: Command) => {
      const { diagnose } = require("./doctor-action") as typeof import("./doctor-action");
      await diagnose(self.optsWithGlobals<DoctorOptions>());
    });
}
