import type { CompletableOption, Completion, completableOf } from "./completable";

/** A completion script for zsh 5 and later: a file of its own in \`fpath\`, or sourced. */
export function zshScript({ name, options, commands }: ReturnType<typeof completableOf>): string {
  const described = commands.map(
    (command) => `      ${quote(`${command.name}:${command.description.replaceAll(":", "\\:")}`)}`,
  );
  const all = commands.map((command) => command.name).join(" ");
  const cases = commands.map((command) => {
    const argument =
      command.argument.kind === "nothing"
        ? []
        : [`${quote(`*:argument:${actionOf(command.argument, all)}`)}`];
    return `        ${command.name}) _arguments -s ${[...command.options.flatMap((option) => specsOf(option, all)), ...argument].join(" ")} ;;`;
  });
  return [
    `#compdef ${name}`,
    "_cdn_preload_gate() {",
    "  local context= state= state_descr= line=",
    "  typeset -A opt_args",
    `  _arguments -C ${options.flatMap((option) => specsOf(option, all)).join(" ")} '1:command:->command' '*::argument:->argument'`,
    "  case $state in",
    "    command)",
    "      local -a commands",
    "      commands=(",
    ...described,
    "      )",
    "      _describe command commands",
    "      ;;",
    "    argument)",
    "      case $line[1] in",
    ...cases,
    "      esac",
    "      ;;",
    "  esac",
    "}",
    // A file of `fpath` is the function itself; one that is sourced only defines it.
    'if [ "$funcstack[1]" = "_cdn_preload_gate" ]; then _cdn_preload_gate "$@"',
    `else compdef _cdn_preload_gate ${name}; fi`,
    "",
  ].join("\n");
}

/** One specification for each name; names of one option exclude each other. */
function specsOf({ names, description, value, isRepeatable }: CompletableOption, commands: string): string[] {
  const text = description.replace(/[[\]\\:]/g, "\\$&");
  const before = isRepeatable ? "*" : `(${names.join(" ")})`;
  return names.map((name) => {
    const equals = value === undefined ? "" : name.startsWith("--") ? "=" : "+";
    const rest = value === undefined ? "" : `:value:${actionOf(value, commands)}`;
    return quote(`${before}${name}${equals}[${text}]${rest}`);
  });
}

function actionOf(completion: Completion, commands: string): string {
  switch (completion.kind) {
    case "files":
      return "_files";
    case "folders":
      return "_files -/";
    case "choices":
      return `(${completion.of.join(" ")})`;
    case "filesByKind":
      return `_values -S = kind ${completion.of.map((kind) => `${kind}:file:_files`).join(" ")}`;
    case "commands":
      return `(${commands})`;
    case "nothing":
      return " ";
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
