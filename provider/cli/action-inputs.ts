import { actionOptions, flagName, isList } from "../core/options/names";
import type { NamedOption } from "../core/options/values";
import { UsageError } from "./usage-error";

/** Every input that the action takes, those that are options by the table of options. */
export function actionInputs(): string[] {
  const { positional, flags, credentials } = actionOptions();
  return ["command", ...[...positional, ...flags, ...credentials].map(flagName)];
}

/**
 * The command line that the inputs stand for. An input that is empty is one that was not given.
 *
 * @throws UsageError naming a yes/no input that is neither, or an input for one value that has several lines.
 */
export function actionArguments(env: NodeJS.ProcessEnv): string[] {
  const { positional, flags } = actionOptions();
  const command = inputOf(env, "command") || "run";
  // An input with a default of the action's own is always set, and these commands do not know it.
  const isSimple = ["quota", "doctor"].includes(command);
  const options = flags
    .filter(({ setBy }) => !(isSimple && setBy.action?.default !== undefined))
    .flatMap((option) => optionArguments(option, env));
  const list = positional.flatMap((option) => linesOf(inputOf(env, flagName(option))));
  return [command, ...options, ...(list.length > 0 ? ["--", ...list] : [])];
}

function optionArguments(option: NamedOption, env: NodeJS.ProcessEnv): string[] {
  const name = flagName(option);
  const value = inputOf(env, name);
  if (value === "") return [];
  if (option.type.kind === "flag") return isYes(name, value) ? [`--${name}`] : [];
  if (!isList(option) && /[\r\n]/.test(value)) {
    throw new UsageError({ kind: "severalLines", input: name });
  }
  // With `=`, so that a value that begins with a dash stays one.
  return (isList(option) ? linesOf(value) : [value]).map((item) => `--${name}=${item}`);
}

/** As GitHub's own toolkit reads them, after YAML 1.2: what is neither is an error, and never silently off. */
function isYes(name: string, value: string): boolean {
  if (["true", "True", "TRUE"].includes(value)) return true;
  if (["false", "False", "FALSE"].includes(value)) return false;
  throw new UsageError({ kind: "inputNotAFlag", input: name, found: value });
}

/** The credentials among the inputs, each with the variable that it sets. */
export function credentialsOf(
  env: NodeJS.ProcessEnv,
): { readonly variable: string; readonly value: string; readonly isSecret: boolean }[] {
  return actionOptions().credentials.flatMap((option) => {
    const variable = option.setBy.environment?.vendor;
    const value = inputOf(env, flagName(option));
    return variable === undefined || value === ""
      ? []
      : [{ variable, value, isSecret: option.type.kind === "secret" }];
  });
}

/** As the runner passes it: `INPUT_` and the name in capitals, its dashes kept. */
function inputOf(env: NodeJS.ProcessEnv, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
