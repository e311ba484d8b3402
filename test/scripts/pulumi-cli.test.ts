import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { scriptsFolder } from "./run-module";
import { temporaryFolder, writeFile, writeProgram } from "./temporary-folder";

// Each test starts processes, which a busy machine lets wait.
jest.setTimeout(30_000);

const pinned = /pulumi\/pkg\/v3 v([\d.]+)/.exec(
  readFileSync(join(scriptsFolder, "pulumi-cli/go.mod"), "utf8"),
)![1]!;

/** A machine with nothing on it: an empty PATH, an empty cache, no way to the installer. */
class Machine {
  readonly folder = temporaryFolder();
  readonly bin = join(this.folder, "bin");
  readonly cached = join(this.folder, "cache", "cdn-preload-gate", "pulumi", pinned);
  #installer: string | undefined;

  /** The script that the vendor's site would answer. */
  set installer(lines: readonly string[]) {
    this.#installer = lines.join("\n");
  }

  provide() {
    const answer =
      this.#installer === undefined
        ? `throw new TypeError("fetch failed")`
        : `return new Response(${JSON.stringify(this.#installer)})`;
    const preload = writeFile(this.folder, "preload.mjs", `globalThis.fetch = async () => { ${answer}; };`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(scriptsFolder, "pulumi-cli.mjs")], {
      encoding: "utf8",
      env: {
        PATH: this.bin,
        HOME: this.folder,
        XDG_CACHE_HOME: join(this.folder, "cache"),
        NODE_OPTIONS: `--import=${pathToFileURL(preload).href}`,
      },
    });
    return { status, command: stdout.trim(), said: stderr };
  }
}

const answers = (version: string) => [`echo v${version}`];

/** As the official script: --no-edit-path --install-root FOLDER --version VERSION. */
const fakeInstaller = [
  `/bin/mkdir -p "$3/bin"`,
  `printf '#!/bin/sh\\necho v%s\\n' "$5" > "$3/bin/pulumi"`,
  `/bin/chmod +x "$3/bin/pulumi"`,
];

/** `go build … -o FILE PACKAGE`: what it was told stands in a file beside it. */
function writeFakeGo(machine: Machine, version: string): string {
  const record = join(machine.folder, "go-record");
  writeProgram(machine.bin, "go", [
    `echo "$GOFLAGS|$CGO_ENABLED|$PWD|$*" >> '${record}'`,
    `while [ "$1" != -o ]; do shift; done`,
    `printf '#!/bin/sh\\necho v${version}\\n' > "$2"`,
    `/bin/chmod +x "$2"`,
  ]);
  return record;
}

test("a pulumi on PATH is preferred", () => {
  const machine = new Machine();
  const command = writeProgram(machine.bin, "pulumi", answers("3.200.0"));
  writeProgram(join(machine.cached, "bin"), "pulumi", answers(pinned));
  expect(machine.provide()).toMatchObject({ status: 0, command, said: "Pulumi CLI 3.200.0 (PATH)\n" });
});

test("the cache comes next, and no message mentions what was not found", () => {
  const machine = new Machine();
  const command = writeProgram(join(machine.cached, "bin"), "pulumi", answers(pinned));
  expect(machine.provide()).toMatchObject({ status: 0, command, said: `Pulumi CLI ${pinned} (cache)\n` });
});

test("a pulumi on PATH that is too old, or does not answer, is skipped", () => {
  for (const lines of [answers("3.199.9"), answers("2.300.0"), ["echo broken >&2; exit 3"], ["echo hello"]]) {
    const machine = new Machine();
    writeProgram(machine.bin, "pulumi", lines);
    const command = writeProgram(join(machine.cached, "bin"), "pulumi", answers(pinned));
    expect(machine.provide()).toMatchObject({ status: 0, command });
  }
});

test("the official installer is tried before a Go build, and fills the cache", () => {
  const machine = new Machine();
  machine.installer = fakeInstaller;
  const goRecord = writeFakeGo(machine, pinned);
  const command = join(machine.cached, "bin", "pulumi");
  const first = machine.provide();
  expect(first).toMatchObject({ status: 0, command });
  expect(first.said).toContain(`Pulumi CLI ${pinned} (installer)`);
  expect(existsSync(join(machine.cached, "bin", "pulumi-resource-pulumi-nodejs"))).toBe(true);
  expect(existsSync(goRecord)).toBe(false);
  expect(machine.provide()).toMatchObject({ command, said: `Pulumi CLI ${pinned} (cache)\n` });
});

test("without the installer, the pinned module is built with go.sum, with the dynamic host beside it", () => {
  const machine = new Machine();
  const goRecord = writeFakeGo(machine, pinned);
  const first = machine.provide();
  expect(first).toMatchObject({ status: 0, command: join(machine.cached, "bin", "pulumi") });
  expect(first.said).toContain("fetch failed");
  expect(first.said).toContain(`Pulumi CLI ${pinned} (go build)`);
  expect(existsSync(join(machine.cached, "bin", "pulumi-resource-pulumi-nodejs"))).toBe(true);
  const told = readFileSync(goRecord, "utf8");
  expect(told).toContain("-mod=readonly|0|");
  expect(told).toContain(`version.Version=v${pinned}`);
  expect(machine.provide().said).toBe(`Pulumi CLI ${pinned} (cache)\n`);
});

test("if nothing works, one message says what was tried and what to do, and the cache stays clean", () => {
  const machine = new Machine();
  writeProgram(machine.bin, "pulumi", answers("3.100.0"));
  const { status, command, said } = machine.provide();
  expect(status).toBe(1);
  expect(command).toBe("");
  const message = said.slice(said.indexOf("No Pulumi CLI"));
  expect(message).toMatch(/on PATH: .*pulumi is 3\.100\.0, too old \(3\.200\.0 or newer is needed\)/);
  expect(message).toMatch(/in the cache: there is none/);
  expect(message).toMatch(/official installer: .*fetch failed/);
  expect(message).toMatch(/Go build: there is no Go on PATH/);
  expect(message).toMatch(/install Pulumi 3\.200\.0 or newer \(https:\/\/www\.pulumi\.com/);
  expect(message).toMatch(/install Go/);
  expect(readdirSync(join(machine.cached, ".."))).toEqual([]);
});

test("a Go build that fails shows the end of what Go said and leaves nothing in the cache", () => {
  const machine = new Machine();
  writeProgram(machine.bin, "go", ["echo 'compile: no space left on device' >&2", "exit 1"]);
  const { status, said } = machine.provide();
  expect(status).toBe(1);
  expect(said).toContain("exit code 1\n    compile: no space left on device");
  expect(readdirSync(join(machine.cached, ".."))).toEqual([]);
});
