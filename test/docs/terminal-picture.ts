import { displayWidth, fitTo } from "../../provider/cli/output/display-width";
import { ESCAPE } from "../support/screen";

/** How a terminal shows what a program wrote, as an SVG picture whose text can be selected and compared. */

const CHARACTER_PX = 8.4;
const LINE_PX = 20;
const PADDING_PX = 20;
const TITLE_PX = 32;

/** Foreground colours by their SGR code, as dark terminals show them. */
const COLOURS: Readonly<Record<number, string>> = {
  31: "#ff7b72",
  32: "#7ee787",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  36: "#76e3ea",
  90: "#8b949e",
};

interface Style {
  readonly colour?: string | undefined;
  readonly isBold?: boolean | undefined;
  readonly isDim?: boolean | undefined;
}

export interface Picture {
  /** Stands in the bar above, such as the command. */
  readonly title: string;
  readonly lines: readonly string[];
  readonly columns: number;
}

/** Draws lines with SGR colours, wrapped as a terminal of so many columns wraps them. */
export function svgOf({ title, lines, columns }: Picture): string {
  const rows = lines.flatMap((line) => wrapped(spansOf(line), columns));
  const width = Math.ceil(columns * CHARACTER_PX + 2 * PADDING_PX);
  const height = rows.length * LINE_PX + TITLE_PX + 2 * PADDING_PX - 8;
  const texts = rows.flatMap((spans, at) => {
    if (spans.length === 0) return [];
    const y = TITLE_PX + PADDING_PX + 10 + at * LINE_PX;
    const inner = spans
      .map(({ text, style }) => `<tspan${attributesOf(style)}>${escaped(text)}</tspan>`)
      .join("");
    return [`  <text x="${PADDING_PX}" y="${y}" xml:space="preserve">${inner}</text>`];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `  <rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    ...["#ff5f57", "#febc2e", "#28c840"].map(
      (fill, at) => `  <circle cx="${PADDING_PX + at * 18}" cy="18" r="5.5" fill="${fill}"/>`,
    ),
    `  <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3">`,
    ...texts,
    "  </g>",
    "</svg>",
    "",
  ].join("\n");
}

interface Span {
  readonly text: string;
  readonly style: Style;
}

function spansOf(line: string): Span[] {
  const spans: Span[] = [];
  let style: Style = {};
  for (const part of line.split(new RegExp(`(${ESCAPE}\\[[0-9;]*m)`))) {
    const codes = new RegExp(`^${ESCAPE}\\[([0-9;]*)m$`).exec(part)?.[1];
    if (codes === undefined) {
      if (part !== "") spans.push({ text: part, style });
    } else for (const code of codes.split(";").map(Number)) style = styled(style, code);
  }
  return spans;
}

function styled(style: Style, code: number): Style {
  if (code === 0) return {};
  if (code === 1) return { ...style, isBold: true };
  if (code === 2) return { ...style, isDim: true };
  if (code === 22) return { ...style, isBold: false, isDim: false };
  if (code === 39) return { ...style, colour: undefined };
  return COLOURS[code] === undefined ? style : { ...style, colour: COLOURS[code] };
}

function wrapped(spans: readonly Span[], columns: number): Span[][] {
  const rows: Span[][] = [[]];
  let left = columns;
  for (const { text, style } of spans) {
    for (let rest = text; rest !== ""; ) {
      // A Chinese character takes two columns, and is not cut.
      const taken = fitTo(left, rest);
      if (taken === "") {
        rows.push([]);
        left = columns;
        continue;
      }
      rows.at(-1)!.push({ text: taken, style });
      left -= displayWidth(taken);
      rest = rest.slice(taken.length);
    }
  }
  return rows;
}

function attributesOf({ colour, isBold, isDim }: Style): string {
  return [
    colour ? ` fill="${colour}"` : isDim ? ' fill="#8b949e"' : "",
    isBold ? ' font-weight="bold"' : "",
  ].join("");
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
