import { styleText } from "node:util";
import type { CallRecord } from "cdn-preload-gate/emulator";

/** A statement of a scene was not true. */
export class SceneFailure extends Error {
  override name = "SceneFailure";
}

const WIDTH = 100;

/** The parts of a recorded call that the demo shows. */
export type Call = Pick<CallRecord, "operation" | "parameters" | "taskIds">;

/** Prints the demo. It uses colours only on a terminal, and only if NO_COLOR is not set. */
export class Stage {
  readonly #write: (text: string) => void;
  #isAfterBlank = false;

  constructor({ write = (text: string): unknown => process.stdout.write(text) } = {}) {
    this.#write = write;
  }

  title(text: string): void {
    this.#line();
    this.#line(styleText("bold", text));
  }

  scene(number: number, text: string): void {
    this.#line();
    this.#line(styleText(["bold", "cyan"], `${number}. ${text}`));
  }

  say(text: string): void {
    this.#line();
    for (const part of wrap(text, WIDTH)) this.#line(part);
  }

  code(lines: readonly string[]): void {
    this.#line();
    for (const text of lines) this.#line(`    ${text}`);
  }

  /** A command, as you would type it. */
  command(text: string): void {
    this.#line();
    this.#line(`    ${styleText("bold", `$ ${text}`)}`);
  }

  /** One line of the engine's output. */
  engine(text: string): void {
    const indent = " ".repeat(text.length - text.trimStart().length + 2);
    const parts = wrap(text.trimEnd(), WIDTH - 6, indent);
    for (const part of parts) this.#line(`    ${styleText("dim", `│ ${part}`)}`);
  }

  /** The result of a command. */
  result(text: string): void {
    this.#line(`    ${text}`);
    this.#line();
  }

  table(rows: readonly (readonly string[])[]): void {
    const widths = (rows[0] ?? []).map((_, column) =>
      Math.max(...rows.map((row) => row[column]?.length ?? 0)),
    );
    for (const row of rows) {
      const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
      this.#line(`    ${cells.join("  ").trimEnd()}`);
    }
    this.#line();
  }

  /** The calls that the emulator received during a run. */
  calls(calls: readonly Call[]): void {
    this.say("Calls that the emulator received:");
    this.table(tally(calls));
  }

  /**
   * Prints a statement that the demo has checked.
   *
   * @throws SceneFailure if it is not true
   */
  claim(isTrue: boolean, text: string): void {
    if (!isTrue) throw new SceneFailure(`✘ NOT TRUE: ${text}`);
    const [first, ...rest] = wrap(text, WIDTH - 2);
    this.#line(`${styleText("green", "✔")} ${first}`);
    for (const part of rest) this.#line(`  ${part}`);
  }

  /** @param text if empty, prints a blank line unless the previous line is blank */
  #line(text = ""): void {
    if (text !== "" || !this.#isAfterBlank) this.#write(`${text}\n`);
    this.#isAfterBlank = text === "";
  }
}

/** Such as "0.4 s". No scene takes minutes. */
export function inSeconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

/** One row for each operation, with the number of its calls, the URLs and the tasks. */
function tally(calls: readonly Call[]): string[][] {
  const kinds = new Map<string, { count: number; about: Set<string>; urls: number }>();
  for (const { operation = "?", parameters, taskIds } of calls) {
    const kind = kinds.get(operation) ?? { count: 0, about: new Set(), urls: 0 };
    kinds.set(operation, kind);
    kind.count += 1;
    for (const taskId of taskIds ?? parameters.TaskId?.split(",") ?? []) kind.about.add(taskId);
    if (operation === "PushObjectCache") kind.urls += parameters.ObjectPath?.split("\n").length ?? 0;
  }
  return [...kinds].map(([operation, { count, about, urls }]) => [
    `${count} ×`,
    operation,
    [
      ...(urls > 0 ? [`${urls} ${urls === 1 ? "URL" : "URLs"}`] : []),
      ...(about.size > 0 ? [`task ${[...about].join(", ")}`] : []),
    ].join(" → "),
  ]);
}

/** @param indent precedes each line after the first */
function wrap(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const end = space > indent.length ? space : rest.indexOf(" ", width);
    if (end < 0) break;
    lines.push(rest.slice(0, end));
    rest = indent + rest.slice(end + 1);
  }
  return [...lines, rest];
}
