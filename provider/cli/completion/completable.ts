import type { Command, Option } from "commander";
import { OPTIONS } from "../../core/options/table";

/** What can stand where a value is expected. */
export type Completion =
  | { readonly kind: "choices"; readonly of: readonly string[] }
  /** `kind=file`. */
  | { readonly kind: "filesByKind"; readonly of: readonly string[] }
  | { readonly kind: "files" | "folders" | "commands" | "nothing" };

/** An option as a shell completes it. */
export interface CompletableOption {
  /** `-f`, `--urls-file`. */
  readonly names: readonly string[];
  readonly description: string;
  /** What completes its value; `undefined` where it takes none. */
  readonly value: Completion | undefined;
  readonly isRepeatable: boolean;
}

export interface CompletableCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletableOption[];
  /** What completes its arguments. */
  readonly argument: Completion;
}

/** A program's commands and options, as its help lists them: what it does not show is not completed either. */
export function completableOf(program: Command): {
  readonly name: string;
  readonly options: readonly CompletableOption[];
  readonly commands: readonly CompletableCommand[];
} {
  const help = program.createHelp();
  const commands = help.visibleCommands(program).map((command): CompletableCommand => {
    const own = command.createHelp();
    const options = [...own.visibleOptions(command), ...own.visibleGlobalOptions(command)];
    return {
      name: command.name(),
      description: oneLine(command.summary() || command.description()),
      options: options.map(optionOf),
      argument: argumentOf(command),
    };
  });
  return { name: program.name(), options: help.visibleOptions(program).map(optionOf), commands };
}

function optionOf(option: Option): CompletableOption {
  const names = [option.short, option.long].filter((name) => name !== undefined);
  const takesValue = option.required || option.optional;
  return {
    names,
    description: oneLine(option.description),
    value: takesValue ? completionOf(option) : undefined,
    // Of those with a parser of lists; others may be given once.
    isRepeatable: takesValue && option.parseArg?.name === "collect",
  };
}

function completionOf({ argChoices, flags, long }: Option): Completion {
  if (argChoices) return { kind: "choices", of: argChoices };
  if (long === "--report") return { kind: "filesByKind", of: OPTIONS.report.type.of };
  const [, placeholder = ""] = /<(.*)>/.exec(flags) ?? [];
  return { kind: placeholder === "file" ? "files" : placeholder === "folder" ? "folders" : "nothing" };
}

function argumentOf(command: Command): Completion {
  const [argument] = command.registeredArguments;
  if (command.name() === "help") return { kind: "commands" };
  if (argument?.argChoices) return { kind: "choices", of: argument.argChoices };
  return { kind: /^files?$/.test(argument?.name() ?? "") ? "files" : "nothing" };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
