import type { Command, Option } from "commander";
import { flagName } from "../../core/options/names";
import { optionsIn } from "../../core/options/values";

/** Commands that ask the service. */
const CALLING: readonly string[] = ["run", "submit", "wait", "status", "quota", "doctor"];

export function makesCalls(command: Command): boolean {
  return CALLING.includes(command.name());
}

/** Whether an option of the whole program means something only where calls are made. */
export function isForCalls({ long }: Option): boolean {
  return optionsIn("configFile", "identity", "connection").some((option) => long === `--${flagName(option)}`);
}
