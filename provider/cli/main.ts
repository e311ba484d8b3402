#!/usr/bin/env node
/**
 * The command line's entry. Loads little, so that `--help` is there at once: each command loads what it needs
 * when it runs.
 */
import { CommanderError } from "commander";
import { createProgram } from "./program";
import { UsageError } from "./usage-error";

/** Of the error table's exit codes (`core/errors.ts`), the one for what the user can correct on the spot. */
const USAGE_EXIT_CODE = 2;

async function main(): Promise<void> {
  try {
    await createProgram().parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  // Commander has said by then what is wrong; asking for help or the version is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  return USAGE_EXIT_CODE;
}

void main();
