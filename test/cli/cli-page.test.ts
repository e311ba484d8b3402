import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPORT_KINDS } from "../../provider/cli/options/report-option";
import { createProgram } from "../../provider/cli/program";
import { ERROR_FAMILIES } from "../../provider/core/errors";

const page = readFileSync(join(__dirname, "../../docs/cli.md"), "utf8");

test("the page names every command, every kind of report, and only options that exist", () => {
  const { commands, options } = createProgram();
  for (const command of commands) expect(page).toMatch(new RegExp(`\`${command.name()}[^\`]*\` *\\|`));
  for (const kind of REPORT_KINDS) expect(page).toContain(`\`${kind}=FILE\``);
  const known = new Set(
    [...options, ...commands.flatMap((command) => command.options)].map(({ long }) => long),
  );
  const named = new Set([...page.matchAll(/(?<![\w-])--[a-z][a-z0-9-]+/g)].map(([name]) => name));
  expect([...named].filter((name) => !known.has(name))).toEqual([]);
});

test("the page has each exit code of the error table, and 0", () => {
  const codes = new Set([0, ...Object.values(ERROR_FAMILIES).map(({ exitCode }) => exitCode)]);
  const listed = [...page.matchAll(/^\| +(\d+) \|/gm)].map(([, code]) => Number(code));
  expect(listed).toEqual([...codes].sort((a, b) => a - b));
});
