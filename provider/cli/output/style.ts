/** Colours of a terminal; each returns the text as it is where there are none. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

const PLAIN: Style = { bold: same, dim: same, red: same, green: same, yellow: same };
const COLOURED: Style = {
  bold: coded(1, 22),
  dim: coded(2, 22),
  red: coded(31, 39),
  green: coded(32, 39),
  yellow: coded(33, 39),
};

/**
 * What a stream shows: colours on a terminal that is not dumb. `NO_COLOR` and `FORCE_COLOR=0` take them away, any other
 * `FORCE_COLOR` asks for them everywhere, as on a CI system whose log shows them. Where both are set, `NO_COLOR` counts.
 */
export function styleOf(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Style {
  const forced = env.FORCE_COLOR ?? "";
  if (env.NO_COLOR || ["0", "false"].includes(forced)) return PLAIN;
  return forced !== "" || (stream.isTTY && env.TERM !== "dumb") ? COLOURED : PLAIN;
}

function coded(on: number, off: number): (text: string) => string {
  return (text) => `\u001b[${on}m${text}\u001b[${off}m`;
}

function same(text: string): string {
  return text;
}
