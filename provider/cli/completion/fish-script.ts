import type { CompletableOption, Completion, completableOf } from "./completable";

/** A completion script for fish 3 and later. */
export function fishScript({ name, options, commands }: ReturnType<typeof completableOf>): string {
  const all = commands.map((command) => command.name).join(" ");
  const lines = [
    `complete -c ${name} -f`,
    ...options.map((option) => `complete -c ${name} -n __fish_use_subcommand ${optionText(option, all)}`),
    ...commands.flatMap((command) => [
      `complete -c ${name} -n __fish_use_subcommand -a ${command.name} -d ${quote(command.description)}`,
      ...command.options.map(
        (option) =>
          `complete -c ${name} -n '__fish_seen_subcommand_from ${command.name}' ${optionText(option, all)}`,
      ),
      ...argumentLines(name, command.name, command.argument, all),
    ]),
  ];
  return `# ${name}: completion for fish\n${lines.join("\n")}\n`;
}

function optionText({ names, description, value }: CompletableOption, commands: string): string {
  const flags = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  return [...flags, ...(value ? [valueText(value, commands)] : []), `-d ${quote(description)}`].join(" ");
}

function argumentLines(name: string, command: string, argument: Completion, commands: string): string[] {
  if (argument.kind === "nothing") return [];
  const values = argument.kind === "files" ? "-F" : valueText(argument, commands).replace(/^-x /, "");
  return [`complete -c ${name} -n '__fish_seen_subcommand_from ${command}' ${values}`];
}

function valueText(value: Completion, commands: string): string {
  switch (value.kind) {
    case "files":
      return "-r -F";
    case "folders":
      return "-x -a '(__fish_complete_directories)'";
    case "choices":
      return `-x -a ${quote(value.of.join(" "))}`;
    case "filesByKind":
      return `-x -a ${quote(value.of.map((kind) => `${kind}=`).join(" "))}`;
    case "commands":
      return `-x -a ${quote(commands)}`;
    case "nothing":
      return "-x";
  }
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
