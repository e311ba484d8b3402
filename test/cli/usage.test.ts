import { readFileSync } from "node:fs";
import { version } from "../../package.json";
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
    expect(run.stdout).toContain("emulator [options]");
    expect(run.stdout).toContain("Examples:\n  $ cdn-preload-gate emulator");
  },
);

test.each([[["emulator", "--help"]], [["help", "emulator"]]])("%j explains the command", async (args) => {
  const run = await runCli(...args);
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  for (const text of ["--port <number>", "--scenario <file>", "--speed <factor>", "Examples:"]) {
    expect(run.stdout).toContain(text);
  }
});

test("without a command it prints help on standard error and fails as a usage error", async () => {
  const run = await runCli();
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toContain("Usage: cdn-preload-gate");
});

const MISTAKES: readonly [string[], string][] = [
  [["emulater"], "error: unknown command 'emulater'\n(Did you mean emulator?)"],
  [["emulator", "--prot", "1"], "error: unknown option '--prot'\n(Did you mean --port?)"],
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
