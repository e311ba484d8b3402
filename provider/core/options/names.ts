import { allOptions, type NamedOption, type OptionName, optionNamed } from "./values";

/** `minSuccessPercent` → `min-success-percent`. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** An option's name at the command line, without dashes before it, and in the action. */
export function flagName({ name, setBy }: NamedOption): string {
  return kebab(setBy.commandLine?.name ?? name);
}

/** The options that are inputs of the action: first what it takes as arguments, then the others. */
export function actionOptions(): {
  readonly positional: readonly NamedOption[];
  readonly flags: readonly NamedOption[];
} {
  const options = allOptions().filter(({ setBy }) => setBy.action);
  return {
    positional: options.filter(({ setBy }) => !setBy.commandLine),
    flags: options.filter(({ setBy }) => setBy.commandLine),
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
