import { Command } from "commander";
import { VERSION } from "../core/version";
import { addEmulatorCommand } from "./emulator-command";

/**
 * The command line: `cdn-preload-gate <command>`. A new command is a file `<name>-command.ts` that adds itself
 * here; usage errors end in a `CommanderError`, which `main.ts` turns into exit code 2.
 */
export function createProgram(): Command {
  const program = new Command("cdn-preload-gate")
    .description(
      "CDN warm-up as a step that can fail: start an Alibaba Cloud CDN preload, wait for the POPs, judge.",
    )
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    // Both are inherited by the commands that are added below.
    .exitOverride()
    .showHelpAfterError("Add --help for what there is.")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ cdn-preload-gate emulator                     a service to try a gate against, without an account",
        "  $ cdn-preload-gate emulator --port 8080 --speed 10",
        "  $ cdn-preload-gate help emulator",
      ].join("\n"),
    );
  addEmulatorCommand(program);
  return program;
}
