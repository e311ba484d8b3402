import { styleText } from "node:util";

/** A scene did not do what it says. */
export class ScriptFailure extends Error {
  /** @override */
  name = "ScriptFailure";
}

const WIDTH = 100;

/**
 * @typedef {object} Call what the emulator noted of one call
 * @property {string | undefined} operation
 * @property {Readonly<Record<string, string>>} parameters
 * @property {readonly string[] | undefined} [taskIds] that it named or was given
 */

/** @typedef {ReturnType<typeof createStage>} Stage */

/**
 * How the demo speaks. Colours only where the output is a terminal and NO_COLOR is not set.
 *
 * @param {{ write?: (text: string) => void }} [options]
 */
export function createStage({ write = (text) => process.stdout.write(text) } = {}) {
  let isAfterBlank = false;
  /** @param {string} text empty: a blank line, where there is none yet */
  const line = (text = "") => {
    if (text !== "" || !isAfterBlank) write(`${text}\n`);
    isAfterBlank = text === "";
  };

  return {
    /** @param {string} text */
    title(text) {
      line();
      line(styleText("bold", text));
    },
    /**
     * @param {number} number
     * @param {string} text
     */
    scene(number, text) {
      line();
      line(styleText(["bold", "cyan"], `${number}. ${text}`));
    },
    /** @param {string} text */
    say(text) {
      line();
      for (const part of wrap(text, WIDTH)) line(part);
    },
    /** @param {readonly string[]} lines */
    code(lines) {
      line();
      for (const text of lines) line(`    ${text}`);
    },
    /** @param {string} text a command as it would be typed */
    command(text) {
      line();
      line(`    ${styleText("bold", `$ ${text}`)}`);
    },
    /** @param {string} text one line of the engine's */
    engine(text) {
      const indent = " ".repeat(text.length - text.trimStart().length + 2);
      const parts = wrap(text.trimEnd(), WIDTH - 6, indent);
      for (const part of parts) line(`    ${styleText("dim", `│ ${part}`)}`);
    },
    /** @param {string} text how a command has ended */
    result(text) {
      line(`    ${text}`);
      line();
    },
    /** @param {readonly (readonly string[])[]} rows */
    table(rows) {
      const widths = (rows[0] ?? []).map((_, column) =>
        Math.max(...rows.map((row) => row[column]?.length ?? 0)),
      );
      for (const row of rows) {
        const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
        line(`    ${cells.join("  ").trimEnd()}`);
      }
      line();
    },
    /**
     * What the service was asked during a run, by the emulator's own list.
     *
     * @param {readonly Call[]} calls
     */
    calls(calls) {
      this.say("What the service was asked, by the emulator's own list:");
      this.table(tally(calls));
    },
    /**
     * A statement that the demo has checked.
     *
     * @param {boolean} isTrue
     * @param {string} text
     * @throws {ScriptFailure} where it is not true
     */
    claim(isTrue, text) {
      if (!isTrue) throw new ScriptFailure(`✘ NOT TRUE: ${text}`);
      const [first, ...rest] = wrap(text, WIDTH - 2);
      line(`${styleText("green", "✔")} ${first}`);
      for (const part of rest) line(`  ${part}`);
    },
  };
}

/**
 * One row for each kind of call, with how many there were and what they were about.
 *
 * @param {readonly Call[]} calls
 * @returns {string[][]}
 */
function tally(calls) {
  /** @type {Map<string, { count: number, about: Set<string>, urls: number }>} */
  const kinds = new Map();
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

/**
 * @param {string} text
 * @param {number} width
 * @param {string} [indent] before each line after the first
 * @returns {string[]}
 */
function wrap(text, width, indent = "") {
  const lines = [];
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
