import type { Command } from "commander";
import { DEFAULT_COLUMNS, displayWidth, indented } from "./display-width";

const NOTE_INDENT = " ".repeat(6);
const COMMAND = /^ {2}\$ /;
/** A word of a shell's command, with quoted spaces in it. */
const SHELL_WORDS = /(?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"])+/g;

/**
 * Ends the help of a command with a text, as wide as the terminal is. Lines that follow one another are one paragraph.
 * A line that begins with `  $ ` is a command to copy, with a note on it after three spaces; it is continued on
 * further lines as a shell reads it.
 */
export function addHelpEnd(command: Command, lines: readonly string[]): Command {
  return command.addHelpText("after", ({ error }) => {
    const { getErrHelpWidth, getOutHelpWidth } = command.configureOutput();
    const columns = (error ? getErrHelpWidth : getOutHelpWidth)?.() ?? DEFAULT_COLUMNS;
    const wrap = (text: string, width: number) => command.createHelp().boxWrap(text, width);
    return paragraphsOf(lines)
      .map((text) => (COMMAND.test(text) ? exampleText(text, columns, wrap) : wrap(text, columns)))
      .join("\n");
  });
}

function paragraphsOf(lines: readonly string[]): string[] {
  const paragraphs: string[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1] ?? "";
    const goesOn = line !== "" && before !== "" && !line.startsWith(" ") && !before.startsWith(" ");
    if (goesOn) paragraphs.push(joined(paragraphs.pop() ?? "", line));
    else paragraphs.push(line);
  }
  return paragraphs;
}

/** Chinese has no space between sentences. */
function joined(first: string, second: string): string {
  return /[\p{Script=Han}，。；：）]$/u.test(first) ? first + second : `${first} ${second}`;
}

function exampleText(text: string, columns: number, wrap: (text: string, width: number) => string): string {
  if (displayWidth(text) <= columns) return text;
  const [command = "", ...notes] = text.slice(4).split(/ {3,}/);
  const note = notes.map((told) => indented(NOTE_INDENT, wrap(told, columns - NOTE_INDENT.length)));
  return [commandText(command, columns), ...note].join("\n");
}

/** `  $ a b \` and the rest below. */
function commandText(command: string, columns: number): string {
  const lines = ["  $"];
  for (const word of command.match(SHELL_WORDS) ?? []) {
    const line = `${lines.at(-1)} ${word}`;
    // Two columns are for the mark of a line that goes on.
    if (displayWidth(line) > columns - 2 && lines.at(-1) !== "  $") {
      lines.push(`${lines.pop()} \\`, `${NOTE_INDENT}${word}`);
    } else lines.splice(-1, 1, line);
  }
  return lines.join("\n");
}
