import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommanderError } from "commander";
import { parse } from "yaml";
import { createProgram } from "../../provider/cli/program";
import { configKey } from "../../provider/core/options/names";
import { configSettings } from "../../provider/core/options/values";
import { BLOCKS, type Block, blocksIn, DOCUMENTS, ROOT } from "./documents";
import { gateCommandsIn } from "./shell-commands";

/** What the program says of a command line, without running it; nothing where it takes it. */
function faultOf(args: readonly string[]): string | undefined {
  const program = createProgram();
  program.configureOutput({ writeOut: () => undefined });
  for (const command of program.commands)
    command.configureOutput({ writeOut: () => undefined }).action(() => undefined);
  try {
    program.parse(args, { from: "user" });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return undefined;
    return error instanceof Error ? error.message : String(error);
  }
}

/** All texts in a value that YAML gave. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function shellTextsOf({ language, code }: Block): string[] {
  if (language === "sh") return [code];
  if (language === "yaml") return textsIn(parse(code));
  // A pipeline of Jenkins has them in quotes.
  if (language === "groovy")
    return [...code.matchAll(/'''([\s\S]*?)'''|'([^'\n]*)'/g)].map(([, a, b]) => a ?? b ?? "");
  return [];
}

/** Commands in the text itself: `cdn-preload-gate status <task ids>`. */
function inlineCommands(document: string): string[] {
  const text = readFileSync(join(ROOT, document), "utf8").replaceAll(/^[ \t]*```[\s\S]*?^[ \t]*```/gm, "");
  return [...text.matchAll(/`((?:npx )?cdn-preload-gate [^`\n]+)`/g)].map(([, code]) => code ?? "");
}

const FOLDER = "examples/pipelines";
/** The pipelines to copy, each as one block. */
const PIPELINES: readonly Block[] = readdirSync(join(ROOT, FOLDER))
  .filter((file) => !file.endsWith(".md"))
  .map((file) => ({
    document: `${FOLDER}/${file}`,
    line: 1,
    language: file === "Jenkinsfile" ? "groovy" : "yaml",
    code: readFileSync(join(ROOT, FOLDER, file), "utf8"),
  }));

test("each command in the blocks of the documents, and in the example pipelines, is one that the program takes", () => {
  const commands = [...BLOCKS, ...PIPELINES].flatMap((block) =>
    shellTextsOf(block).flatMap((text) => gateCommandsIn(text).map((args) => ({ block, args }))),
  );
  expect(commands.length).toBeGreaterThan(8);
  const faults = commands.flatMap(({ block, args }) => {
    const fault = faultOf(args);
    return fault === undefined ? [] : [`${block.document}:${block.line} ${args.join(" ")}: ${fault}`];
  });
  expect(faults).toEqual([]);
});

test("each shell block of the documents is one that a shell can read", () => {
  const faults = blocksIn("sh").flatMap(({ document, line, code }) => {
    // `<id>` stands for what the reader knows.
    const input = code.replaceAll(/<[a-z][\w .…-]*>/gi, "PLACEHOLDER");
    const { status, stderr } = spawnSync("bash", ["-n"], { input, encoding: "utf8" });
    return status === 0 ? [] : [`${document}:${line} ${stderr}`];
  });
  expect(faults).toEqual([]);
});

/** The keys of the stack's config: where the npm package reads them, and where the plugin does. */
const CONFIG_KEYS = new Set(
  configSettings().flatMap((setting) => [configKey(setting), `alicdn:${setting.name}`]),
);

test("each key of the stack's config that the documents set is one that the gate reads", () => {
  const keys = blocksIn("sh").flatMap(({ document, line, code }) =>
    [...code.matchAll(/pulumi config set .*?'?((?:alicloud|alicdn):\w+)/g)].map(([, key = ""]) => ({
      document,
      line,
      key,
    })),
  );
  expect(keys.length).toBeGreaterThan(5);
  expect(keys.filter(({ key }) => !CONFIG_KEYS.has(key))).toEqual([]);
});

/** The options that a sentence gives to a command, and the command has not. The sentence may leave the values out. */
function unknownOptionsIn([name = "", ...words]: readonly string[]): string[] {
  const program = createProgram();
  const command = program.commands.find((candidate) => candidate.name() === name);
  // A message that begins with the program's name, or `help`.
  if (command === undefined) return [];
  const known = [...program.options, ...command.options].flatMap(({ long, short }) => [long, short]);
  return words.filter((word) => word.startsWith("-") && word !== "-" && !known.includes(word.split("=")[0]));
}

test("each command that a sentence of the documents names has the options that it is given", () => {
  const named = DOCUMENTS.flatMap((document) =>
    inlineCommands(document)
      .flatMap(gateCommandsIn)
      .map((args) => ({ document, args })),
  );
  expect(named.length).toBeGreaterThan(5);
  const faults = named.flatMap(({ document, args }) =>
    unknownOptionsIn(args).map((option) => `${document}: ${args.join(" ")}: ${option}`),
  );
  expect(faults).toEqual([]);
  expect(unknownOptionsIn(["wait", "1", "--dir", "-"])).toEqual(["--dir"]);
});

test("each file of YAML that configures the action gives it inputs that it has", () => {
  const { inputs } = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as { inputs: object };
  const pipelines = PIPELINES.filter(({ language }) => language === "yaml");
  const steps = [...blocksIn("yaml"), ...pipelines].flatMap(({ document, line, code }) =>
    stepsIn(parse(code)).map((given) => ({ document, line, given })),
  );
  const faults = steps.flatMap(({ document, line, given }) =>
    given.filter((name) => !Object.hasOwn(inputs, name)).map((name) => `${document}:${line}: ${name}`),
  );
  expect(steps.length).toBeGreaterThan(1);
  expect(faults).toEqual([]);
});

/** The inputs of each step that uses the action. */
function stepsIn(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [];
  const { uses, with: given } = value as { uses?: unknown; with?: object };
  const own = /\/cdn-preload-gate@/.test(String(uses)) ? [Object.keys(given ?? {})] : [];
  return [...own, ...Object.values(value).flatMap(stepsIn)];
}

test.each([
  ["an option", "npx cdn-preload-gate run --dir dist --base https://cdn.example.com/", undefined],
  ["lines that go on", "cdn-preload-gate run a.example.com/x \\\n  --timeout 5m > out.json 2>&1", undefined],
  ["help", "cdn-preload-gate help run", undefined],
  ["an option that is not there", "cdn-preload-gate run --min-percent 95", "--min-percent"],
  ["a command that is not there", "cdn-preload-gate preload x", "preload"],
  ["a value that is none of its choices", "cdn-preload-gate run x --area mars", "mars"],
  ["one in a pipe", "git diff | cdn-preload-gate run -f - --nope", "--nope"],
  ["one in a substitution", 'echo "$(cdn-preload-gate quota --nope)"', "--nope"],
  ["one after a variable", "A=b cdn-preload-gate quota --nope && true", "--nope"],
  ["one in a comment", "true # cdn-preload-gate quota --nope", undefined],
  ["a folder of that name", "pulumi package add ./cdn-preload-gate/plugin", undefined],
])("a command is read as a shell reads it: %s", (_what, text, expected) => {
  const faults = gateCommandsIn(text).flatMap((args) => faultOf(args) ?? []);
  if (expected === undefined) expect(faults).toEqual([]);
  else expect(faults.join()).toContain(expected);
});
