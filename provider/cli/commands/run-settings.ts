import { inputsThatStartAgain, type Settings } from "../../core/options/values";
import type { RunOptions } from "../options/command-options";
import { headersOf } from "../options/header-option";

/** What is submitted beside the URLs: it makes another preload of the same URLs. */
export type RunSettings = Settings<"request"> & Pick<Settings<"submission">, "purgeFirst">;

/** The triggers are none of them: they stand beside the settings in the state file. */
export function settingsOf(options: RunOptions): RunSettings {
  const given: Settings<"request" | "submission" | "memory"> = {
    ...options,
    headers: headersOf(options.header),
  };
  return Object.fromEntries(
    inputsThatStartAgain()
      .map((option) => [option.name, given[option.name as keyof typeof given] ?? option.default])
      .filter(([name, value]) => name !== "triggers" && value !== undefined),
  );
}
