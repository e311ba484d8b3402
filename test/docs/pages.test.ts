import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createProgram } from "../../provider/cli/program";
import { MAX_TASK_IDS_PER_CALL } from "../../provider/core/service-limits";
import { CALLS_PER_SECOND } from "../../provider/wire/limits";
import schema from "../../schema/cli-output-v1.json";
import { expectTable } from "./document-table";
import { BLOCKS, blocksIn, DOCUMENTS, ROOT } from "./documents";

/** Facts in the pages for users that the code knows better, and shell texts that have to do what a page says. */

test("docs/faq.md has the rates of the operations that poll", () => {
  const { DescribePreloadDetailById, DescribeRefreshTaskById, DescribeRefreshTasks } = CALLS_PER_SECOND;
  expectTable("docs/faq.md", "calls", [
    ["operation", "calls each second", "tasks in a call"],
    ["`DescribePreloadDetailById`", String(DescribePreloadDetailById), "1"],
    ["`DescribeRefreshTaskById`", String(DescribeRefreshTaskById), `up to ${MAX_TASK_IDS_PER_CALL}`],
    ["`DescribeRefreshTasks`", String(DescribeRefreshTasks), "only searches"],
  ]);
});

/** Options of other programs that the pages use. */
const OPTIONS_OF_OTHERS = [
  ...["--target", "--exclude", "--parallel", "--yes", "--path", "--secret"], // pulumi
  ...["--diff-filter", "--name-only", "--silent", "--fail"], // git, curl
];

test("the recipes and the pages about failures name options that exist", () => {
  const { commands, options } = createProgram();
  const known = new Set([
    ...[...options, ...commands.flatMap((command) => command.options)].map(({ long }) => long),
    ...OPTIONS_OF_OTHERS,
  ]);
  const pages = DOCUMENTS.filter((document) => /^docs\/(recipes|after|faq|troubleshooting)/.test(document));
  expect(pages.length).toBeGreaterThan(8);
  const unknown = pages.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), "utf8");
    const named = [...text.matchAll(/(?<![\w-])--[a-z][a-z0-9-]+/g)].map(([name]) => name);
    return named.filter((name) => !known.has(name)).map((name) => `${page}: ${name}`);
  });
  expect(unknown).toEqual([]);
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Whether a document of the command line can have a field: `results[].state`. */
function hasField(at: Schema | undefined, [name, ...rest]: readonly string[]): boolean {
  if (at === undefined) return false;
  if (name === undefined) return true;
  const forms = [at, ...(at.anyOf ?? []), ...(at.oneOf ?? [])];
  return forms.some((form) =>
    name === "[]" ? hasField(form.items, [name, ...rest].slice(1)) : hasField(form.properties?.[name], rest),
  );
}

const fieldPath = (field: string) => field.split(/\.|(?=\[\])/).filter((part) => part !== "");
const inSomeForm = (field: string) => hasField(schema as unknown as Schema, fieldPath(field));

test("docs/after-a-failure.md shows fields that the JSON document has", () => {
  const page = readFileSync(join(ROOT, "docs/after-a-failure.md"), "utf8");
  const inTable = [...page.matchAll(/^\| `([a-zA-Z.[\]]+)` +\|/gm)].map(([, field]) => field ?? "");
  const shown = BLOCKS.find(
    ({ document, code }) => document.endsWith("after-a-failure.md") && code.startsWith("{"),
  );
  const { results, ...rest } = JSON.parse(shown?.code ?? "") as { results: readonly object[] };
  const inBlock = [...Object.keys(rest), ...results.flatMap(Object.keys).map((key) => `results[].${key}`)];
  expect(inTable.length).toBeGreaterThan(4);
  expect([...inTable, ...inBlock].filter((field) => !inSomeForm(field))).toEqual([]);
  expect(inSomeForm("results[].nothing")).toBe(false);
});

describe("the shell texts of docs/recipes/only-changed-files.md", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-recipe-"));
    // Stands in for the command: keeps the URLs that it is given, and ends as it is told to.
    write("bin/npx", '#!/bin/sh\nif [ "$4" = - ]; then cat; else cat "$4"; fi > given\nexit "$GATE_EXIT"\n');
    chmodSync(join(folder, "bin/npx"), 0o755);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  const read = (file: string) => readFileSync(join(folder, file), "utf8");

  /** The block of the page that has this text. */
  function blockWith(text: string): string {
    const block = blocksIn("sh").find(
      ({ document, code }) => document.endsWith("only-changed-files.md") && code.includes(text),
    );
    return block?.code ?? "";
  }

  function run(script: string, gateExit = 0): boolean {
    const env = {
      ...process.env,
      PATH: `${join(folder, "bin")}:${process.env.PATH}`,
      GATE_EXIT: String(gateExit),
    };
    try {
      execFileSync("sh", ["-c", script], { cwd: folder, env, stdio: "pipe" });
      return true;
    } catch {
      return false;
    }
  }

  test("new and changed files are preloaded, and neither the same nor the deleted ones", () => {
    const script = blockWith("comm -13");
    write("dist/same.js", "same");
    write("dist/changed/index.html", "old");
    write("dist/deleted.js", "deleted");
    run("(cd dist && find . -type f -exec sha256sum {} + | sort) > old.sums");
    write("dist/changed/index.html", "new");
    write("dist/new.js", "new");
    rmSync(join(folder, "dist/deleted.js"));
    const before = read("old.sums");
    expect(run(script, 1)).toBe(false);
    expect(read("given").trim().split("\n").toSorted()).toEqual([
      "https://cdn.example.com/changed/index.html",
      "https://cdn.example.com/new.js",
    ]);
    expect(read("old.sums")).toBe(before);
    expect(run(script, 0)).toBe(true);
    expect(read("old.sums")).not.toBe(before);
    rmSync(join(folder, "given"));
    expect(run(script, 1)).toBe(true);
    expect(existsSync(join(folder, "given"))).toBe(false);
  });

  test("a list from Git has no deleted file", () => {
    const commit = "git -c user.name=a -c user.email=a@example.com commit -qm x";
    for (const file of ["public/a.js", "public/b.js", "src/a.ts"]) write(file, "1");
    run(`git init -q && git add . && ${commit}`);
    for (const file of ["public/a.js", "src/a.ts"]) write(file, "2");
    rmSync(join(folder, "public/b.js"));
    run(`git add -A && ${commit}`);
    expect(run(blockWith("--diff-filter=d"))).toBe(true);
    expect(read("given")).toBe("https://cdn.example.com/a.js\n");
  });
});
