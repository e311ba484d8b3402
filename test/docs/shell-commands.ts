/** Takes a shell text apart: enough for the commands that a document shows. */
const LEXEMES =
  /(?<space>[ \t]+)|(?<comment>#[^\n]*)|(?<placeholder><[a-z][\w .…-]*>)|(?<redirection>\d*(?:>>?|<<?)&?[ \t]*[^\s|&;]*)|(?<end>[|&;()\n])|(?<word>(?:"[^"]*"|'[^']*'|\\.|[^\s"'|&;()<>\\])+)|(?<other>[\s\S])/gi;

/** What may stand before the command itself. */
const PREFIX = /^(\w+=.*|npx|!|if|then|else|do|while|time|exec)$/;

/**
 * The command lines in a shell text that run `cdn-preload-gate`: the words after its name. Those in `$(…)` count too.
 */
export function gateCommandsIn(text: string): string[][] {
  const { outer, inner } = withoutSubstitutions(text.replaceAll(/\\\n\s*/g, " "));
  return [...simpleCommands(outer).flatMap(argumentsOfGate), ...inner.flatMap(gateCommandsIn)];
}

function argumentsOfGate(words: readonly string[]): string[][] {
  const start = words.findIndex((word) => !PREFIX.test(word));
  const name = words[start] ?? "";
  return /^(\.\/|.*\/bin\/)?cdn-preload-gate$/.test(name) ? [words.slice(start + 1)] : [];
}

function withoutSubstitutions(text: string): { outer: string; inner: string[] } {
  const start = text.indexOf("$(");
  if (start < 0) return { outer: text, inner: [] };
  let depth = 1;
  let end = start + 2;
  for (; end < text.length && depth > 0; end += 1) {
    if (text[end] === "(") depth += 1;
    if (text[end] === ")") depth -= 1;
  }
  const rest = withoutSubstitutions(text.slice(end));
  return {
    outer: `${text.slice(0, start)}SUBSTITUTED${rest.outer}`,
    inner: [text.slice(start + 2, end - 1), ...rest.inner],
  };
}

/** The words of each command, without quotes, redirections and comments. */
function simpleCommands(text: string): string[][] {
  const commands: string[][] = [[]];
  for (const { groups = {} } of text.matchAll(LEXEMES)) {
    if (groups.end) commands.push([]);
    const word = groups.word ?? groups.placeholder;
    if (word) commands.at(-1)?.push(word.replaceAll(/"([^"]*)"|'([^']*)'|\\(.)/g, "$1$2$3"));
  }
  return commands;
}
