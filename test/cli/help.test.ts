import { homepage, version } from "../../package.json";
import { displayWidth } from "../../provider/cli/output/display-width";
import { styleOf } from "../../provider/cli/output/style";
import { createProgram } from "../../provider/cli/program";
import { runCli } from "./run-cli";

/** The help of the program, or of one of its commands, on a terminal of so many columns. */
function helpOf(name: string, columns: number): string {
  const program = createProgram();
  const command = program.commands.find((one) => one.name() === name) ?? program;
  let text = "";
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => columns,
  });
  command.outputHelp();
  return text;
}

const NAMES = ["", ...createProgram().commands.map((command) => command.name())];

test.each([60, 80, 200].flatMap((columns) => NAMES.map((name) => [columns, name] as const)))(
  "the help fits a terminal of %d columns: %s",
  (columns, name) => {
    const lines = helpOf(name, columns).split("\n");
    // A word that is longer than a line cannot be broken: it has to be copied.
    const tooLong = lines.filter(
      (line) => displayWidth(line) > columns && line.trim().replace(/ \\$/, "").includes(" "),
    );
    expect(tooLong).toEqual([]);
    expect(lines.some((line) => displayWidth(line) > columns * 0.7)).toBe(true);
  },
);

test("what is wrapped says the same, and a command that goes on is one that a shell reads", () => {
  const words = (text: string) => text.replace(/ \\\n/g, " ").split(/\s+/).join(" ");
  for (const name of NAMES) expect(words(helpOf(name, 60))).toBe(words(helpOf(name, 1_000)));
  expect(helpOf("run", 60)).toContain(
    "  $ cdn-preload-gate run https://cdn.example.com/app.js \\\n      https://cdn.example.com/app.css\n",
  );
});

test("the help names the documentation's address, that of package.json", () => {
  expect(helpOf("", 80)).toContain(`\nDocumentation: ${homepage}\n`);
});

test.each([["-v"], ["--version"], ["-V"]])("%s prints the version", async (option) => {
  expect(await runCli(option)).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
});

test("-v is in the help, and --verbose keeps its long form alone", () => {
  expect(helpOf("", 80)).toMatch(/ {2}-v, --version +print the version/);
  expect(helpOf("", 80)).toMatch(/\n {2}--verbose /);
  expect(helpOf("", 80)).not.toContain("-V");
});

test.each([
  [["emulator", "--endpoint", "http://127.0.0.1:1"], "--endpoint <url>", "emulator"],
  [["--profile", "x", "emulator"], "--profile <name>", "emulator"],
  [["emulator", "--config", "x.json"], "--config <file>", "emulator"],
  [["merge-reports", "x.json", "--calls-per-second", "3"], "--calls-per-second <n>", "merge-reports"],
  [["show-report", "--region", "eu-central-1"], "--region <id>", "show-report"],
])("%j is a usage error: the command makes no call", async (args, option, command) => {
  const run = await runCli(...args);
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toContain(
    `error: option '${option}' means nothing to '${command}', which makes no call to the service`,
  );
});

test("the help of a command that makes no call leaves the connection out", () => {
  expect(helpOf("emulator", 80)).not.toContain("--endpoint");
  expect(helpOf("emulator", 80)).toContain("--verbose");
  expect(helpOf("quota", 80)).toContain("--endpoint");
});

const TERMINAL = { isTTY: true };
const FILE = { isTTY: false };

test.each<[Record<string, string>, { isTTY: boolean }, boolean]>([
  [{}, TERMINAL, true],
  [{}, FILE, false],
  [{ TERM: "dumb" }, TERMINAL, false],
  [{ NO_COLOR: "1" }, TERMINAL, false],
  [{ NO_COLOR: "" }, TERMINAL, true],
  [{ FORCE_COLOR: "1" }, FILE, true],
  [{ FORCE_COLOR: "true" }, FILE, true],
  [{ FORCE_COLOR: "3", TERM: "dumb" }, FILE, true],
  [{ FORCE_COLOR: "" }, FILE, false],
  [{ FORCE_COLOR: "0" }, TERMINAL, false],
  [{ FORCE_COLOR: "false" }, TERMINAL, false],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, TERMINAL, false],
])("with %j, where a terminal is %j, colours are shown: %s", (env, stream, isColoured) => {
  expect(styleOf(stream, env).bold("x") !== "x").toBe(isColoured);
});
