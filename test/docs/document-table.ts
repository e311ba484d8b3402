import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/**
 * Compares a table of a document with what the code says. The table stands between `<!-- table: NAME -->` and
 * `<!-- end -->`; the formatter's padding does not count. With UPDATE_DOCS=1 in the environment it is written
 * instead of compared.
 */
export function expectTable(document: string, name: string, rows: readonly (readonly string[])[]): void {
  const file = join(ROOT, document);
  const text = readFileSync(file, "utf8");
  const start = `<!-- table: ${name} -->\n`;
  const from = text.indexOf(start);
  const to = text.indexOf("<!-- end -->", from);
  if (from < 0 || to < 0) throw new Error(`${document} has no table named ${name}.`);
  if (process.env.UPDATE_DOCS === "1") {
    writeFileSync(file, `${text.slice(0, from + start.length)}\n${padded(rows)}\n\n${text.slice(to)}`);
    return;
  }
  expect(cellsOf(text.slice(from + start.length, to))).toEqual(rows);
}

/** All such tables of a text, by their names. */
export function tablesIn(text: string): Map<string, string[][]> {
  const tables = text.matchAll(/<!-- table: (.+?) -->\n([\s\S]*?)<!-- end -->/g);
  return new Map([...tables].map(([, name = "", table = ""]) => [name, cellsOf(table)]));
}

function cellsOf(table: string): string[][] {
  const lines = table.split("\n").filter((line) => line.startsWith("|"));
  return lines
    .filter((line) => !/^\|[ :|-]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll("\\|", "|")),
    );
}

function padded(rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = (escaped[0] ?? []).map((_, column) =>
    Math.max(...escaped.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = escaped;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
