import type { Command } from "commander";
import type { HelpWords } from "../../wording/help-words";
import { addOptions } from "../options/add-options";
import type { DoctorOptions } from "../options/command-options";
import { addHelpEnd } from "../output/help-end";

/** `doctor`: what a gate would find. */
export function addDoctorCommand(program: Command, words: HelpWords): void {
  const command = program
    .command("doctor")
    .summary(words.commands.doctor.summary)
    .description(words.commands.doctor.description)
    .option("--require-detail", words.doctorOptions.requireDetail)
    .option("--purge-first", words.doctorOptions.purgeFirst);
  addOptions(command, words, "json");
  addHelpEnd(command, [
    "",
    words.examples,
    "  $ cdn-preload-gate doctor",
    "  $ cdn-preload-gate doctor --profile release --require-detail",
  ]).action(async (_options: unknown, self: Command) => {
    const { diagnose } = require("./doctor-action") as typeof import("./doctor-action");
    await diagnose(self.optsWithGlobals<DoctorOptions>());
  });
}
