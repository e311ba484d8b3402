import { styleText } from "node:util";
import type { CallRecord } from "cdn-preload-gate/emulator";

/** A scene did not do what it says. */
export class SceneFailure extends Error {
  override name = "SceneFailure";
}

const WIDTH = 100;

/** What the demo shows of a call that the emulator noted. */
export type Call = Pick<CallRecord, "operation" | "parameters" | "taskIds">;

/** How the demo speaks. Colours only where the output is a terminal and NO_COLOR is not set. */
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

  /** A command as you would type it. */
  command(text: string): void {
    this.#line();
    this.#line(`    ${styleText("bold", `$ ${text}`)}`);
  }

  /** One line of the engine's. */
  engine(text: string): void {
    const indent = " ".repeat(text.length - text.trimStart().length + 2);
    const parts = wrap(text.trimEnd(), WIDTH - 6, indent);
    for (const part of parts) this.#line(`    ${styleText("dim", `│ ${part}`)}`);
  }

  /** How a command has ended. */
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

  /** What the service was asked during a run, by the emulator's own list. */
  calls(calls: readonly Call[]): void {
    this.say("What the service was asked, by the emulator's own list:");
    this.table(tally(calls));
  }

  /**
   * A statement that the demo has checked.
   *
   * @throws SceneFailure where it is not true
   */
  claim(isTrue: boolean, text: string): void {
    if (!isTrue) throw new SceneFailure(`✘ NOT TRUE: ${text}`);
    const [first, ...rest] = wrap(text, WIDTH - 2);
    this.#line(`${styleText("green", "✔")} ${first}`);
    for (const part of rest) this.#line(`  ${part}`);
  }

  /** @param text empty: a blank line, where there is none yet */
  #line(text = ""): void {
    if (text !== "" || !this.#isAfterBlank) this.#write(`${text}\n`);
    this.#isAfterBlank = text === "";
  }
}

/** "0.4 s": no scene takes minutes. */
export function inSeconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

/** One row for each kind of call, with how many there were and what they were about. */
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

/** @param indent before each line after the first */
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
