import { Command, CommanderError, Option } from "commander";
import { HOMEPAGE, VERSION } from "../core/version";
import type { HelpWords } from "../wording/help-words";
import { cliWording } from "./cli-wording";
import { addCompletionCommand } from "./commands/completion-command";
import { addDoctorCommand } from "./commands/doctor-command";
import { addEmulatorCommand } from "./commands/emulator-command";
import { addQuotaCommand } from "./commands/quota-command";
import { addMergeReportsCommand, addShowReportCommand } from "./commands/report-commands";
import { addRunCommand, addSubmitCommand } from "./commands/run-command";
import { addStatusCommand, addWaitCommand } from "./commands/tasks-command";
import { applyConfig } from "./config/apply-config";
import { addOptions } from "./options/add-options";
import { collect } from "./options/argument-parsers";
import { isForCalls, makesCalls } from "./options/for-calls";
import { addHelpEnd } from "./output/help-end";
import { helpFormat } from "./output/help-format";
import { UsageError } from "./usage-error";

/**
 * The command line: `cdn-preload-gate <command>`. A command is a file `commands/<name>-command.ts` that adds
 * itself here and loads its work, `<name>-action.ts`, when it runs: `--help` and a single poll stay quick.
 */
export function createProgram(): Command {
  const words = cliWording().commandLine.help;
  const program = new Command("cdn-preload-gate")
    .description(words.program)
    .version(VERSION, "-v, --version", words.printVersion)
    .helpOption("-h, --help", words.printHelp)
    .helpCommand("help [command]", words.printHelpFor)
    // These are inherited by the commands that are added below.
    .exitOverride()
    .configureHelp(helpFormat(words))
    // What is wrong with the arguments is told in the reader's language, where all errors are.
    .configureOutput({ outputError: () => undefined });
  addHelpEnd(program, [
    "",
    ...words.credentials,
    "",
    words.examples,
    ...exampleLines(words),
    "",
    words.documentation(HOMEPAGE),
  ]);
  addCapitalVersion(program);
  program.option("--verbose", words.verbose);
  addOptions(program, words, "configFile", "identity", "connection", "language");
  addRunCommand(program, words);
  addSubmitCommand(program, words);
  addWaitCommand(program, words);
  addStatusCommand(program, words);
  addQuotaCommand(program, words);
  addDoctorCommand(program, words);
  addShowReportCommand(program, words);
  addMergeReportsCommand(program, words);
  addEmulatorCommand(program);
  addCompletionCommand(program, words);
  for (const command of [program, ...program.commands]) refuseRepeatedOptions(command);
  program.hook("preAction", (_program, command) => {
    if (makesCalls(command)) command.setOptionValue("appliedConfig", applyConfig(command, process.env));
    else refuseConnection(program, command.name());
  });
  return program;
}

/** What `-v` prints, for those who know it from before. */
function addCapitalVersion(program: Command): void {
  program.addOption(new Option("-V").hideHelp());
  program.on("option:V", () => {
    program.configureOutput().writeOut?.(`${VERSION}\n`);
    throw new CommanderError(0, "commander.version", VERSION);
  });
}

/** An option of the connection would say nothing to a command that makes no call, and its user thinks that it does. */
function refuseConnection(program: Command, command: string): void {
  const given = program.options.find(
    (option) => isForCalls(option) && program.getOptionValueSource(option.attributeName()) === "cli",
  );
  if (given) throw new UsageError({ kind: "withoutCalls", option: given.flags, command });
}

/** Each command with what it shows. */
function exampleLines({ exampleNotes: notes }: HelpWords): string[] {
  const told: readonly [string, string][] = [
    ["run https://cdn.example.com/app.js", `   ${notes.run}`],
    ["run --dir dist --base https://cdn.example.com/ --state preload.json --report html=report.html", ""],
    ["wait 14286878547", `                     ${notes.wait}`],
    ["doctor", `                               ${notes.doctor}`],
    ["emulator --port 8080", `                 ${notes.emulator}`],
  ];
  return told.map(([command, note]) => `  $ cdn-preload-gate ${command}${note}`);
}

/** The last of two values would silently win, over a gate that was meant to be stricter. */
function refuseRepeatedOptions(command: Command): void {
  const given = new Map<string, Option>();
  for (const option of command.options) {
    const takesOneValue = (option.required || option.optional) && option.parseArg !== collect;
    command.on(`option:${option.name()}`, () => {
      const before = given.get(option.attributeName());
      given.set(option.attributeName(), option);
      if (before !== undefined && before !== option) {
        throw new UsageError({ kind: "givenBoth", options: [before.flags, option.flags] });
      }
      if (before !== undefined && takesOneValue) {
        throw new UsageError({ kind: "givenTwice", option: option.flags });
      }
    });
  }
}
