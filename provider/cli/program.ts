import { Command } from "commander";
import { VERSION } from "../core/version";
import { addDoctorCommand } from "./commands/doctor-command";
import { addEmulatorCommand } from "./commands/emulator-command";
import { addQuotaCommand } from "./commands/quota-command";
import { addRunCommand, addSubmitCommand } from "./commands/run-command";
import { addStatusCommand, addWaitCommand } from "./commands/tasks-command";
import { addOptions } from "./options/add-options";
import { collect } from "./options/argument-parsers";
import { UsageError } from "./usage-error";

/**
 * The command line: `cdn-preload-gate <command>`. A command is a file `commands/<name>-command.ts` that adds
 * itself here and loads its work, `<name>-action.ts`, when it runs: `--help` and a single poll stay quick.
 */
export function createProgram(): Command {
  const program = new Command("cdn-preload-gate")
    .description(
      "CDN warm-up as a step that can fail: start an Alibaba Cloud CDN preload, wait for the POPs, judge.",
    )
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    // These are inherited by the commands that are added below.
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    // What is wrong with the arguments is told in the reader's language, where all errors are.
    .configureOutput({ outputError: () => undefined })
    .addHelpText(
      "after",
      [
        "",
        "Credentials: --profile, else ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, else the",
        "vendor's default chain. `doctor` says which were found and what they may do.",
        "",
        "Examples:",
        "  $ cdn-preload-gate run https://cdn.example.com/app.js   preload, wait, judge",
        "  $ cdn-preload-gate run --dir dist --base https://cdn.example.com/ --state preload.json --report html=report.html",
        "  $ cdn-preload-gate wait 14286878547                     wait for a task that was started elsewhere",
        "  $ cdn-preload-gate doctor                               credentials, permissions, quota, and what to do",
        "  $ cdn-preload-gate emulator --port 8080                 a service to try a gate against, without an account",
      ].join("\n"),
    );
  program.option("--verbose", "print the stack of an unexpected error");
  addOptions(program, "identity", "connection");
  addRunCommand(program);
  addSubmitCommand(program);
  addWaitCommand(program);
  addStatusCommand(program);
  addQuotaCommand(program);
  addDoctorCommand(program);
  addEmulatorCommand(program);
  for (const command of [program, ...program.commands]) refuseRepeatedOptions(command);
  return program;
}

/** The last of two values would silently win, over a gate that was meant to be stricter. */
function refuseRepeatedOptions(command: Command): void {
  for (const option of command.options) {
    const takesOneValue = (option.required || option.optional) && option.parseArg !== collect;
    if (!takesOneValue) continue;
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      if (isGiven) throw new UsageError({ kind: "givenTwice", option: option.flags });
      isGiven = true;
    });
  }
}
