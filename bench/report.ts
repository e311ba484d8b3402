/** A printed table. The first column names the row. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A figure with a target. */
export interface Target {
  readonly what: string;
  readonly value: number;
  /** Exactly one of the two. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** The results of one part of the bench. */
export interface PartReport {
  readonly part: string;
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
}

export function isReached({ value, atLeast, atMost }: Target): boolean {
  return value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
}

/** Rounds to the significant digits. */
export function round(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1_000) return Math.round(value);
  return Number(value.toPrecision(3));
}

export function showTable({ title, columns, rows }: Table): string {
  const lines = [columns, ...rows].map((row) =>
    row.map((cell) => (typeof cell === "number" ? round(cell).toLocaleString("en-US") : cell)),
  );
  const widths = columns.map((_column, index) => Math.max(...lines.map((line) => line[index]!.length)));
  const shown = lines.map((line) =>
    line
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[index]!) : cell.padStart(widths[index]!)))
      .join("  "),
  );
  return [title, ...shown.map((line) => `  ${line}`)].join("\n");
}

export function showTarget(target: Target): string {
  const bound = target.atLeast === undefined ? `at most ${target.atMost}` : `at least ${target.atLeast}`;
  return `  ${isReached(target) ? "reached" : "MISSED "}  ${target.what}: ${round(target.value)} (${bound})`;
}
