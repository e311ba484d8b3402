export const ESCAPE = "\u001b";

/** What moves to the start of a line, or empties it: what was drawn before it on the line is gone. */
const LINE_START = new RegExp(`\\r|${ESCAPE}\\[(?:1G|0G|K|0K|2K|1000D|\\?25[hl])`);

/** What stays on a terminal's screen of what a program wrote, with its colours, line by line. */
export function screenOf(output: string): string[] {
  return output
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => line.split(LINE_START).at(-1) ?? "");
}
