import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ERROR_FAMILIES, type ErrorCode } from "../../provider/core/errors";
import { flagName, inputName, withNames } from "../../provider/core/options/names";
import { allOptions, type NamedOption } from "../../provider/core/options/values";
import { SERVICE_ERROR_CODES } from "../../provider/wire/error-codes";
import { CHINESE } from "../../provider/wording/chinese/chinese";
import { ENGLISH } from "../../provider/wording/english/english";
import { wordingFor } from "../support/words";
import { CHINESE_CELLS } from "./chinese-cells";
import { expectTable, tablesIn } from "./document-table";
import { chineseOf, DOCUMENTS, isChinese, ROOT } from "./documents";
import { configFileRow, flagRow } from "./option-texts";

/** The generated tables in Chinese are made of those in English: cell by cell, from the catalogue where it has the text. */

type Translation = readonly [english: string, chinese: string];

const CODES = Object.keys(ERROR_FAMILIES) as ErrorCode[];

function errorTexts(): Translation[] {
  const memory = { kind: "stateFile" } as const;
  return CODES.flatMap((code) => {
    const { handling } = ERROR_FAMILIES[code];
    return [
      [ENGLISH.families[code], CHINESE.families[code]],
      [ENGLISH.handling[handling], CHINESE.handling[handling]],
      [wordingFor("pulumi").adviceOn(code), wordingFor("pulumi", { language: "zh" }).adviceOn(code)],
      [
        wordingFor("commandLine", { memory }).adviceOn(code),
        wordingFor("commandLine", { memory, language: "zh" }).adviceOn(code),
      ],
    ] as const;
  });
}

const OPTION_TEXTS: Readonly<Record<string, { readonly sentence: string; readonly otherwise?: string }>> =
  CHINESE.commandLine.help.options;

function optionTexts(option: NamedOption): Translation[] {
  const texts = OPTION_TEXTS[option.name];
  if (texts === undefined) return [];
  const { sentence, otherwise } = texts;
  const rows = [
    { row: flagRow(option), nameOf: (other: NamedOption) => `\`--${flagName(other)}\`` },
    { row: configFileRow(option), nameOf: (other: NamedOption) => `\`${inputName(other)}\`` },
  ];
  return rows.flatMap(({ row: [, english = "", byDefault = ""], nameOf }) => [
    [english, withCodeOf(english, `${withNames(sentence, nameOf)}${choicesText(option, sentence)}`)] as const,
    ...(otherwise === undefined ? [] : [[byDefault, withCodeOf(byDefault, otherwise)] as const]),
  ]);
}

function choicesText({ type }: NamedOption, sentence: string): string {
  if (type.kind !== "choice" || type.of.every((choice) => sentence.includes(choice))) return "";
  return `：${type.of.slice(0, -1).join("、")} 或 ${type.of.at(-1)}`;
}

/** The help of the command line has no Markdown: what is code in the English text is code in the Chinese one. */
function withCodeOf(english: string, chinese: string): string {
  const names = new Set([...english.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
  const pattern = [...names].filter((name) => /^\w/.test(name)).join("|");
  if (pattern === "") return chinese;
  return chinese.replace(new RegExp(`(?<![\\w\`-])(?:${pattern})(?![\\w\`])`, "g"), "`$&`");
}

/** The service's own words stay as they are. */
const VERBATIM = Object.values(SERVICE_ERROR_CODES).map(({ message }) => [message, message] as const);

const TRANSLATIONS = new Map<string, string>([
  ...VERBATIM,
  ...Object.entries(CHINESE_CELLS),
  ...allOptions().flatMap(optionTexts),
  ...errorTexts(),
]);

function inChinese(cell: string): string {
  // Names and numbers.
  if (/^(`[^`]*`|[\d.,\s]|, )*$/.test(cell)) return cell.replaceAll("`, `", "`、`");
  const chinese = TRANSLATIONS.get(cell);
  if (chinese === undefined) throw new Error(`Add the Chinese of this cell to chinese-cells.ts: ${cell}`);
  return chinese;
}

const TABLES = DOCUMENTS.filter((document) => !isChinese(document)).flatMap((document) =>
  [...tablesIn(readFileSync(join(ROOT, document), "utf8"))].map(([name, rows]) => ({ document, name, rows })),
);

test.each(TABLES)("the table $name of $document is the same in Chinese", ({ document, name, rows }) => {
  expectTable(
    chineseOf(document),
    name,
    rows.map((row) => row.map(inChinese)),
  );
});

test("each Chinese cell is in a table", () => {
  expect(TABLES.length).toBeGreaterThan(10);
  const cells = new Set(TABLES.flatMap(({ rows }) => rows.flat()));
  expect(Object.keys(CHINESE_CELLS).filter((cell) => !cells.has(cell))).toEqual([]);
});
