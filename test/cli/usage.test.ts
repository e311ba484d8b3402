import { readFileSync } from "node:fs";
import { version } from "../../package.json";
import { parseDocument } from "./cli-on-emulator";
import { CLI, runCli } from "./run-cli";

test("--version prints the package's version", async () => {
  expect(await runCli("--version")).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
});

test("the built file can be run by its name", () => {
  expect(readFileSync(CLI, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test.each([[["--help"]], [["help"]]])(
  "%j prints the commands and examples on standard output",
  async (args) => {
    const run = await runCli(...args);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    for (const command of [
      "run",
      "submit",
      "wait",
      "status",
      "quota",
      "doctor",
      "merge-reports",
      "emulator",
    ]) {
      expect(run.stdout).toContain(`\n  ${command} [options]`);
    }
    expect(run.stdout).toContain("\n  show-report [file] ");
    expect(run.stdout).toContain("Examples:\n  $ cdn-preload-gate run");
  },
);

test.each([[["emulator", "--help"]], [["help", "emulator"]]])("%j explains the command", async (args) => {
  const run = await runCli(...args);
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  for (const text of ["--port <number>", "--scenario <file>", "--speed <factor>", "Examples:"]) {
    expect(run.stdout).toContain(text);
  }
});

test.each(["run", "submit", "wait", "status", "quota", "doctor"])(
  "help of %s names its options, the global ones, and examples",
  async (command) => {
    const run = await runCli("help", command);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    for (const text of ["--json", "Global Options:", "--profile <name>", "--endpoint <url>"]) {
      expect(run.stdout).toContain(text);
    }
    expect(run.stdout).toContain(`Examples:\n  $ cdn-preload-gate ${command}`);
  },
);

test("help of merge-reports names its options, examples, and the global options that mean something to it", async () => {
  const run = await runCli("help", "merge-reports");
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  for (const text of ["--json", "--out <file>", "Global Options:", "--lang <language>", "--verbose"]) {
    expect(run.stdout).toContain(text);
  }
  // It makes no call.
  for (const text of ["--profile", "--endpoint", "--config"]) expect(run.stdout).not.toContain(text);
  expect(run.stdout).toContain("Examples:\n  $ cdn-preload-gate merge-reports");
});

test("without a command it prints help on standard error and fails as a usage error", async () => {
  const run = await runCli();
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toContain("Usage: cdn-preload-gate");
});

const MISTAKES: readonly [string[], string][] = [
  [["emulater"], "error: unknown command 'emulater'\n(Did you mean emulator?)"],
  [["emulator", "--prot", "1"], "error: unknown option '--prot'\n(Did you mean --port?)"],
  [["runn"], "(Did you mean run?)"],
  [["run", "--endpiont", "x"], "error: unknown option '--endpiont'\n(Did you mean --endpoint?)"],
  [["run", "--min-success-percents", "9"], "(Did you mean --min-success-percent?)"],
  [["status", "1", "--jsn"], "(Did you mean --json?)"],
  [["run", "--min-success-percent", "101"], "It must be a number from 0 to 100."],
  [["run", "--max-failed-urls", "-1"], "It must be a whole number, 0 or more."],
  [["run", "--timeout", "soon"], 'It must be a duration such as "90s", "45m" or "2h".'],
  [["run", "--calls-per-second", "0"], "It must be a number above 0."],
  [["run", "--poll-interval-factor", "none"], "It must be a number from 0.5 to 12."],
  [["status", "1", "--poll-interval-factor", "13"], "It must be a number from 0.5 to 12."],
  [["run", "--on-inconclusive", "pass"], "Allowed choices are fail, warn."],
  [["run", "--area", "everywhere"], "Allowed choices are domestic, overseas."],
  [
    ["run", "a.example.com/x", "--report", "pdf=x"],
    "--report pdf=x is not of the form kind=file, with kind one of",
  ],
  [["run", "a.example.com/x", "--trigger", "v1"], "--trigger goes with --state, which is missing."],
  [["run", "--dir", "."], "--dir needs --base"],
  [["run", "a.example.com/x", "--include", "*"], "--include goes with --dir, which is missing."],
  [
    ["run", "a.example.com/x", "--base=https://a.example.com", "--exclude", "*", "--source-maps"],
    "--base, --exclude and --source-maps go with --dir, which is missing.",
  ],
  [
    ["run", "--dir", ".", "--base", "https://a.example.com", "--directory-index", "a/index.html"],
    '--directory-index takes the name of a file, such as index.html, not "a/index.html".',
  ],
  [["run", "-f", "/no/such/file"], "The file /no/such/file cannot be read"],
  [["run", "--sitemap", "/no/such/file"], "The sitemap /no/such/file cannot be read"],
  [
    ["run", "--dir", "/no/such/folder", "--base", "https://a.example.com"],
    "The folder /no/such/folder cannot be read",
  ],
  [
    ["run", "--dir", "a", "--base", "https://a.example.com", "--dir", "b"],
    "there are 2 of --dir and 1 of --base",
  ],
  [["run", "--timeout", "5m", "a.example.com/x", "--timeout=45m"], "'--timeout <duration>' is given twice"],
  [["run", "a.example.com/x", "--min-success-percent=0", "--min-success-percent", "95"], "is given twice"],
  [["--endpoint", "http://127.0.0.1:1", "run", "a.example.com/x", "--endpoint=http://127.0.0.1:2"], "twice"],
  [["run", "a.example.com/x", "--state", "a.json", "--state", "b.json"], "it takes one value"],
  [["run", "package.json"], "argument 1: package.json is a file; did you mean -f package.json?"],
  [["run", "docs"], "argument 1: docs is a folder; did you mean --dir docs --base https://…?"],
  [
    ["run", "a.example.com/x 2026-11-27"],
    "argument 1: a.example.com/x 2026-11-27 holds white space at character 16",
  ],
  [["run", "a.example.com/x#y"], "argument 1: a.example.com/x#y has a fragment"],
  [["run", "a.example.com/x", "--endpoint", "http://cdn.example.com"], "must be https"],
  [["wait"], "missing required argument 'taskIds'"],
  [["emulator", "--port", "http"], "It must be a whole number from 0 to 65535."],
  [["emulator", "--port", "65536"], "It must be a whole number from 0 to 65535."],
  [["emulator", "--port"], "argument missing"],
  [["emulator", "--speed", "0"], "It must be a number above 0."],
  [["emulator", "--speed", "fast"], "It must be a number above 0."],
  [["emulator", "more"], "too many arguments"],
  [["emulator", "--scenario", "/no/such/file.json"], "The scenario file /no/such/file.json cannot be read"],
];

test.each(MISTAKES)("%j fails with exit code 2 and says what is wrong", async (args, message) => {
  const run = await runCli(...args);
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toContain(message);
  expect(run.stderr).not.toMatch(/^\s+at /m);
});

test("a header that is no header is named by its place, since its value may be a token", async () => {
  const run = await runCli("run", "a.example.com/x", "-H", "Accept: */*", "-H", "Bearer secretToken");
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toBe('error: --header number 2 is not of the form "Name: value".\n');
});

test("with --json a usage error is a document as well", async () => {
  const run = await runCli("run", "--json", "--unknown");
  expect(run.exitCode).toBe(2);
  expect(parseDocument(run.stdout)).toMatchObject({
    kind: "error",
    command: "run",
    exitCode: 2,
    error: { code: "usage", message: "unknown option '--unknown'" },
  });
});

test.each([
  "https://me:secretWord@cdn.example.com/x",
  "me:secretWord@cdn.example.com/x",
  "https://cdn.example.com/#x?t=secretWord",
])("what a wrong URL holds of secrets is not shown: %s", async (url) => {
  const run = await runCli("run", url);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain("argument 1: ");
  expect(run.stderr).not.toContain("secretWord");
});
