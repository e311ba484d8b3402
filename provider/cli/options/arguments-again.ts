import { flagName } from "../../core/options/names";
import { optionsIn, type Part } from "../../core/options/values";

/** Options of these parts again, as arguments of a command that goes on from this one. */
export function argumentsAgain(
  values: Readonly<Record<string, unknown>>,
  ...parts: readonly Part[]
): string[] {
  return optionsIn(...parts).flatMap((option) => {
    const value = values[option.name];
    if (!option.setBy.commandLine || value === undefined || value === "" || value === option.default)
      return [];
    return value === true ? [`--${flagName(option)}`] : [`--${flagName(option)}`, String(value)];
  });
}
