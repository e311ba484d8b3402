import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bashScript } from "../../provider/cli/completion/bash-script";
import { completableOf } from "../../provider/cli/completion/completable";
import { fishScript } from "../../provider/cli/completion/fish-script";
import { zshScript } from "../../provider/cli/completion/zsh-script";
import { createProgram } from "../../provider/cli/program";
import { runCli } from "./run-cli";

let folder: string;
const completable = completableOf(createProgram());
const scripts = { bash: bashScript(completable), zsh: zshScript(completable), fish: fishScript(completable) };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-completion-"));
  mkdirSync(join(folder, "dist folder"));
  writeFileSync(join(folder, "urls.txt"), "");
  for (const [shell, script] of Object.entries(scripts))
    writeFileSync(join(folder, `script.${shell}`), script);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function isThere(shell: string): boolean {
  return spawnSync(shell, ["-c", "exit"]).status === 0;
}

/** What bash offers for the last word; it breaks words at "=" as it does at a prompt. */
function inBash(...words: readonly string[]): string[] {
  const code = `source script.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _cdn_preload_gate; printf '%s\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync("bash", ["--norc", "-c", code, "bash", "cdn-preload-gate", ...words], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return out.split("\n").filter((line) => line !== "");
}

/** What fish offers for a line. */
function inFish(line: string): string[] {
  const code = `source script.fish; complete -C ${JSON.stringify(`cdn-preload-gate ${line}`)}`;
  const out = execFileSync("fish", ["--no-config", "-c", code], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, HOME: folder },
  });
  return out
    .split("\n")
    .filter((offered) => offered !== "")
    .map((offered) => offered.split("\t")[0] ?? "");
}

/** What zsh makes of a line at its prompt, once the tabulator key is pressed. */
function inZsh(line: string): string {
  const result = join(folder, "result");
  rmSync(result, { force: true });
  // Where EDITOR is vi, as npm sets it, the keys would be those of vi.
  // The line is then put into quotes and written to a file: a terminal shows it in pieces.
  const code = `
    zmodload zsh/zpty
    zpty z zsh -f -i
    zpty -w z 'bindkey -e; autoload -U compinit; compinit -u -D; source ./script.zsh; print re''ady'
    zpty -r -m z shown '*ready*'
    zpty -w -n z ${JSON.stringify(`cdn-preload-gate ${line}`)}$'\\t'
    zpty -w -n z $'\\C-aprint -r -- "\\C-e" > result.part; mv result.part result\\n'
    repeat 200; do [[ -s result ]] && break; sleep 0.05; done
    zpty -d z`;
  execFileSync("zsh", ["-f", "-c", code], { cwd: folder, timeout: 30_000 });
  return readFileSync(result, "utf8").trim();
}

test("bash completes commands, options, and the values of options", () => {
  expect(inBash("st")).toEqual(["status"]);
  expect(inBash("run", "--are")).toEqual(["--area"]);
  expect(inBash("--prof")).toEqual(["--profile"]);
  expect(inBash("run", "--area", "")).toEqual(["domestic", "overseas"]);
  expect(inBash("run", "--area", "=", "o")).toEqual(["overseas"]);
  expect(inBash("run", "--dir", "d")).toEqual(["dist folder"]);
  expect(inBash("run", "-f", "u")).toEqual(["urls.txt"]);
  expect(inBash("run", "--report", "h")).toEqual(["html="]);
  expect(inBash("run", "--report", "html", "=", "u")).toEqual(["urls.txt"]);
  expect(inBash("run", "--timeout", "")).toEqual([]);
  expect(inBash("completion", "")).toEqual(["bash", "zsh", "fish"]);
  expect(inBash("help", "qu")).toEqual(["quota"]);
});

test("bash knows the command behind options of the whole program, and which options belong to it", () => {
  expect(inBash("--endpoint", "run", "quota", "--js")).toEqual(["--json"]);
  expect(inBash("--endpoint", "=", "https://x", "status", "--on-inconclusive", "w")).toEqual(["warn"]);
  expect(inBash("quota", "--dir")).toEqual([]);
  expect(inBash("emulator", "--endp")).toEqual([]);
});

const inFishIfThere = isThere("fish") ? test : test.skip;

inFishIfThere("fish completes commands, options, and the values of options", () => {
  expect(inFish("stat")).toEqual(["status"]);
  expect(inFish("run --are")).toEqual(["--area"]);
  expect(inFish("run --area ")).toEqual(["domestic", "overseas"]);
  expect(inFish("run --dir d")).toEqual(["dist folder/"]);
  expect(inFish("run -f u")).toEqual(["urls.txt"]);
  expect(inFish("run --timeout ")).toEqual([]);
  expect(inFish("completion ").toSorted()).toEqual(["bash", "fish", "zsh"]);
  expect(inFish("emulator --endp")).toEqual([]);
});

const inZshIfThere = isThere("zsh") ? test : test.skip;

inZshIfThere.each([
  ["stat", "cdn-preload-gate status"],
  ["run --are", "cdn-preload-gate run --area"],
  ["run --area=over", "cdn-preload-gate run --area=overseas"],
  ["run --state u", "cdn-preload-gate run --state urls.txt"],
  ["completion ba", "cdn-preload-gate completion bash"],
])("zsh completes %j", (line, completed) => {
  expect(inZsh(line).trim()).toBe(completed);
});

test.each([
  ["bash", ["bash", "-n"]],
  ["zsh", ["zsh", "-n"]],
  ["fish", ["fish", "--no-execute"]],
] as const)("the script for %s is one that it reads", (shell, [command, ...options]) => {
  if (!isThere(shell)) return expect(scripts[shell]).toContain("cdn-preload-gate");
  const { status, stderr } = spawnSync(command, [...options, join(folder, `script.${shell}`)], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
});

test("every option that the help shows is in each script, and none that it hides", () => {
  const { commands } = createProgram();
  const long = commands
    .flatMap((command) => command.createHelp().visibleOptions(command))
    .flatMap(({ long }) => long ?? []);
  for (const option of long) {
    expect(scripts.bash).toContain(option);
    expect(scripts.zsh).toContain(option);
    expect(scripts.fish).toContain(`-l ${option.slice(2)} `);
  }
  expect(scripts.bash).not.toContain("--no-require-detail");
});

test("the command prints the script, and takes no other shell", async () => {
  expect(await runCli("completion", "bash")).toEqual({ exitCode: 0, stdout: scripts.bash, stderr: "" });
  const run = await runCli("completion", "tcsh");
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toContain("Allowed choices are bash, zsh, fish.");
});
