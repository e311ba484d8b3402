/**
 * A text that came from elsewhere (a URL, the service's words) as one line that a terminal or a runner's log
 * takes for text: no escape sequences, no line ends, nothing that starts a runner's command.
 */
export function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
      character === "\t" ? " " : `\\u{${character.codePointAt(0)!.toString(16)}}`,
    )
    .replace(/^(\s*)(::|##\[)/, "$1\\$2");
}
