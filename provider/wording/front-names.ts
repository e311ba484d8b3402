import { configKey, flagName, inputName, variablesOf } from "../core/options/names";
import { allOptions, isSetting, type NamedOption } from "../core/options/values";
import type { FrontNames } from "./reader";

/** The resources' inputs, and the keys of the stack's config. */
export const PULUMI_NAMES: FrontNames = {
  family: "pulumi",
  config: "stack",
  settings: named((option) => (isSetting(option) ? configKey(option) : inputName(option))),
};

/** The same of the native plugin, whose settings all have its own namespace. */
export const PLUGIN_NAMES: FrontNames = {
  family: "pulumi",
  config: "provider",
  settings: named((option) => (isSetting(option) ? `alicdn:${option.name}` : inputName(option))),
};

/** The command line's options; the GitHub Action's inputs have the same names without the dashes. */
export const COMMAND_LINE_NAMES: FrontNames = {
  family: "commandLine",
  settings: named((option) => {
    // What it has no option for, it takes from the environment alone.
    const variable = option.setBy.commandLine ? undefined : commandLineVariable(option);
    return variable ?? `--${flagName(option)}`;
  }),
};

/** The options of a program that imports the gate. */
export const CODE_NAMES: FrontNames = {
  family: "code",
  settings: {
    ...named(inputName),
    // Which generation of a preload is meant is the program's own: it passes `previous` or leaves it out.
    triggers: "previous",
    secretKey: "accessKey.accessKeySecret",
    securityToken: "accessKey.securityToken",
  },
};

/** What a front calls each option. */
function named(nameOf: (option: NamedOption) => string): FrontNames["settings"] {
  return Object.fromEntries(allOptions().map((option) => [option.name, nameOf(option)])) as never;
}

function commandLineVariable(option: NamedOption): string | undefined {
  return option.setBy.environment?.vendor ?? variablesOf(option)[0];
}
