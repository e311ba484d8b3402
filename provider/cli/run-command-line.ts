import { CommanderError } from "commander";
import { withoutLanguage } from "./cli-language";
import { createProgram } from "./program";
import { UsageError } from "./usage-error";

/** Of the error table's exit codes (`core/errors.ts`), the one for what the user can correct on the spot. */
const USAGE_EXIT_CODE = 2;

/**
 * Runs one command; sets the process's exit code and never throws.
 *
 * @param readArguments the command line, or what makes it; what that throws is told as the command's own fault.
 */
export async function runCommandLine(
  readArguments: readonly string[] | (() => readonly string[]),
): Promise<void> {
  const startedAtMs = Date.now();
  process.stdout.on("error", ignoreClosedReader);
  process.stderr.on("error", ignoreClosedReader);
  let argv: readonly string[] = [];
  try {
    argv = typeof readArguments === "function" ? readArguments() : readArguments;
    await createProgram().parseAsync([...argv]);
  } catch (error) {
    process.exitCode = exitWith(error, argv, startedAtMs);
  }
}

function exitWith(error: unknown, argv: readonly string[], startedAtMs: number): number {
  // Asking for help or the version is no error.
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const { GateError } = require("../core/errors") as typeof import("../core/errors");
  const { finishWithError, printErrorDocument } = require("./finish") as typeof import("./finish");
  const { faultOfParser } = require("./commander-fault") as typeof import("./commander-fault");
  const json = argv.includes("--json");
  const command = withoutLanguage(argv.slice(2)).find((argument) => !argument.startsWith("-")) ?? "";
  const context = { json, command, startedAtMs };
  if (error instanceof CommanderError) {
    const fault = new UsageError(faultOfParser(error));
    // Without a command the parser has printed the help, which says it all.
    if (error.code !== "commander.help") return finishWithError(fault, context);
    if (json) printErrorDocument(fault, context);
    return USAGE_EXIT_CODE;
  }
  if (error instanceof UsageError || error instanceof GateError) return finishWithError(error, context);
  const text = error instanceof Error ? error.message : String(error);
  return finishWithError(new GateError({ kind: "unexpected", why: text }, { cause: error }), context);
}

/** The reader of our output may stop reading (`… | head -1`), or close the terminal; the wait goes on for its verdict. */
function ignoreClosedReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
}
