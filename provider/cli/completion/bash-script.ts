import type { CompletableOption, Completion, completableOf } from "./completable";

/** A completion script for bash 3.2 and later; it needs no other package. */
export function bashScript({ name, options, commands }: ReturnType<typeof completableOf>): string {
  const all = commands.map((command) => command.name).join(" ");
  const valued = [
    ...new Set(
      [...options, ...commands.flatMap((command) => command.options)]
        .filter(({ value }) => value)
        .flatMap(({ names }) => names),
    ),
  ];
  const cases = commands.flatMap((command) => [
    ...valueCases(command.name, command.options, all),
    ...(command.argument.kind === "nothing"
      ? []
      : [`    "${command.name} ") ${reply(command.argument, all)} ;;`]),
  ]);
  return [
    `# ${name}: completion for bash`,
    "_cdn_preload_gate() {",
    ...OPTION_BEFORE,
    ...commandBefore(valued),
    '  [[ $option == -* ]] || option=""',
    "  COMPREPLY=()",
    '  case "$command $option" in',
    ...valueCases("", options, all),
    ...cases,
    "  esac",
    "  if [[ $current == -* ]]; then",
    '    case "$command" in',
    ...[{ name: '""', options }, ...commands].map(
      (command) => `      ${command.name}) ${wordsReply(namesOf(command.options))} ;;`,
    ),
    "    esac",
    `  elif [[ -z $command ]]; then ${wordsReply(all)}`,
    "  fi",
    "}",
    `complete -F _cdn_preload_gate ${name}`,
    "",
  ].join("\n");
}

/** What is typed, and the option before it. At its prompt bash makes words of their own of "=" and what follows it. */
const OPTION_BEFORE: readonly string[] = [
  `  local current="${wordAt("COMP_CWORD")}" before="${wordAt("COMP_CWORD-1")}"`,
  '  local command="" option="$before" skip="" word="" index=0',
  '  if [[ $current == "=" ]]; then current=""',
  `  elif [[ $before == "=" ]]; then option="${wordAt("COMP_CWORD-2")}"; fi`,
  `  if [[ $before == "=" && COMP_CWORD -gt 3 && ${wordAt("COMP_CWORD-3")} == --report ]]; then option="--report="; fi`,
];

function wordAt(place: string): string {
  return `\${COMP_WORDS[${place}]}`;
}

/** The command, behind the options of the whole program and their values. */
function commandBefore(valued: readonly string[]): string[] {
  return [
    "  for ((index = 1; index < COMP_CWORD; index++)); do",
    `    word="${wordAt("index")}"`,
    '    if [[ -n $skip ]]; then [[ $word == "=" ]] || skip=""; continue; fi',
    '    case "$word" in',
    `      ${valued.join("|")}) skip=1 ;;`,
    '      -* | "=") ;;',
    '      *) command="$word"; break ;;',
    "    esac",
    "  done",
  ];
}

function wordsReply(words: string): string {
  return `COMPREPLY=($(compgen -W "${words}" -- "$current"))`;
}

function namesOf(options: readonly CompletableOption[]): string {
  return options.flatMap(({ names }) => names).join(" ");
}

/** What completes the values of options: \`"run --dir"\`. */
function valueCases(command: string, options: readonly CompletableOption[], commands: string): string[] {
  return options.flatMap(({ names, value }) => {
    if (value === undefined) return [];
    const patterns = names.map((name) => `"${command} ${name}"`).join(" | ");
    const files =
      value.kind === "filesByKind"
        ? [`    "${command} --report=") ${reply({ kind: "files" }, commands)} ;;`]
        : [];
    return [`    ${patterns}) ${reply(value, commands)} ;;`, ...files];
  });
}

function reply(completion: Completion, commands: string): string {
  const paths = (action: string) =>
    `local IFS=$'\\n'; compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -${action} -- "$current")); return`;
  switch (completion.kind) {
    case "files":
      return `[[ $current == -* ]] || { ${paths("f")}; }`;
    case "folders":
      return paths("d");
    case "choices":
      return `[[ $current == -* ]] || { ${wordsReply(completion.of.join(" "))}; return; }`;
    case "filesByKind":
      return `compopt -o nospace 2>/dev/null; ${wordsReply(completion.of.map((kind) => `${kind}=`).join(" "))}; return`;
    case "commands":
      return `${wordsReply(commands)}; return`;
    case "nothing":
      return "return";
  }
}
