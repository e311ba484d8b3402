import type { OptionName } from "./settings";
import { allOptions, type NamedOption, type NamedSetting, optionNamed } from "./values";

/** `minSuccessPercent` → `min-success-percent`. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** An option's name at the command line, without dashes before it, and in the action. */
export function flagName({ name, setBy }: NamedOption): string {
  return kebab(setBy.commandLine?.name ?? setBy.action?.name ?? name);
}

/** The options that are inputs of the action: what it takes as arguments, as options, and as credentials. */
export function actionOptions(): {
  readonly positional: readonly NamedOption[];
  readonly flags: readonly NamedOption[];
  readonly credentials: readonly NamedOption[];
} {
  const options = allOptions().filter(({ setBy }) => setBy.action);
  const unflagged = options.filter(({ setBy }) => !setBy.commandLine);
  return {
    positional: unflagged.filter(({ part }) => part !== "key"),
    flags: options.filter(({ setBy }) => setBy.commandLine),
    credentials: unflagged.filter(({ part }) => part === "key"),
  };
}

/** Replaces each `{name}` in a text by the way in which its reader sets that option. */
export function withNames(text: string, nameOf: (option: NamedOption) => string): string {
  return text.replace(/\{(\w+)\}/g, (_, name: OptionName) => nameOf(optionNamed(name)));
}

/** Whether several values can be given, one after the other. */
export function isList({ type }: NamedOption): boolean {
  return ["texts", "filesByKind", "headers", "values", "urls", "taskIds"].includes(type.kind);
}

/** An option's name as an input of the resources, and in code. */
export function inputName({ name, part }: NamedOption): string {
  return part === "gate" ? `gate.${name}` : name;
}

/** The key of a setting in the stack's config, where the npm package reads it. */
export function configKey({ name, setBy }: NamedSetting): string {
  return `${setBy.config}:${name}`;
}

/** The variables that stand for an option where it is not set: its own, or those of its fields. */
export function variablesOf({ type, setBy }: NamedOption): readonly string[] {
  const environments =
    type.kind === "fields" ? Object.values(type.of).map((field) => field.environment) : [setBy.environment];
  return environments.flatMap((environment) => Object.values(environment ?? {}));
}

/** Parts that say how one run is done or shown, or who reads it, and not what a release needs. */
const OF_ONE_RUN: readonly string[] = ["json", "plan", "configFile", "language"];

/** The options that may stand in a config file, under their own names. */
export function fileOptions(): readonly NamedOption[] {
  return allOptions().filter(
    ({ name, part, setBy }) => (setBy.commandLine || name === "urls") && !OF_ONE_RUN.includes(part),
  );
}
