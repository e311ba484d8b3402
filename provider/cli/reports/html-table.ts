import { escapeMarkup } from "./markup";

/** One column of a table of a page. */
export interface Column<Row> {
  readonly label: string;
  /** Numbers stand at the right, and are ordered as such. */
  readonly isNumber?: boolean;
  readonly className?: string | ((row: Row) => string);
  /** The cell's markup. */
  readonly cell: (row: Row) => string;
  /** Whether it names the row. */
  readonly isHeader?: boolean;
}

export interface Table<Row> {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Attributes of a row, escaped, with a space before each. */
  readonly attributes?: (row: Row) => string;
}

export function htmlTable<Row>({ id, caption, columns, rows, attributes = () => "" }: Table<Row>): string {
  const heads = columns.map(
    ({ label, isNumber }) =>
      `<th scope="col"${isNumber ? ' class="number"' : ""}>${escapeMarkup(label)}</th>`,
  );
  return [
    `<div class="frame"><table id="${id}"><caption>${escapeMarkup(caption)}</caption>`,
    `<thead><tr>${heads.join("")}</tr></thead>`,
    "<tbody>",
    ...rows.map(
      (row) => `<tr${attributes(row)}>${columns.map((column) => cellOf(column, row)).join("")}</tr>`,
    ),
    "</tbody></table></div>",
  ].join("\n");
}

function cellOf<Row>({ isNumber, className, cell, isHeader }: Column<Row>, row: Row): string {
  const own = typeof className === "function" ? className(row) : className;
  const names = [...(isNumber ? ["number"] : []), ...(own ? [own] : [])].join(" ");
  const attribute = names === "" ? "" : ` class="${names}"`;
  return isHeader ? `<th scope="row"${attribute}>${cell(row)}</th>` : `<td${attribute}>${cell(row)}</td>`;
}

/** On a narrow screen a row is a block, and each of its cells says by itself what it is. */
export function cellLabels({ id, columns }: Pick<Table<never>, "id" | "columns">): string {
  return columns
    .map(
      ({ label }, index) =>
        `#${id} tbody > tr > :nth-child(${index + 1})::before { --label: ${cssText(label)}; }`,
    )
    .join("\n");
}

function cssText(text: string): string {
  return `"${text.replace(/["\\<\n\r]/g, (character) => `\\${character.codePointAt(0)!.toString(16)} `)}"`;
}
