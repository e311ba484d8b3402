import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runModule } from "../scripts/run-module";
import { temporaryFolder, writeProgram } from "../scripts/temporary-folder";

/** A Linux machine: what is on its PATH, and what signing an executable came to. */
class Machine {
  readonly folder = temporaryFolder();
  readonly bin = join(this.folder, "bin");
  readonly record = join(this.folder, "record");
  readonly executable = join(this.folder, "made");

  constructor() {
    writeFileSync(this.executable, "for macOS");
    writeFileSync(this.record, "");
  }

  /** Ends with `true` where it was signed, else with what went wrong. */
  sign(): unknown {
    const body = `
      const progress = { say: () => {}, step: (text, work) => work() };
      const env = { PATH: args[0], XDG_CACHE_HOME: args[1] };
      try {
        await it.signForMac(args[2], await it.provideMacSigner({ env, progress }));
        return true;
      } catch (error) { return error.message; }
    `;
    return runModule("plugin/mac-signature.mjs", body, this.bin, join(this.folder, "cache"), this.executable);
  }

  /** What the programs were told, one line each. */
  get told(): string[] {
    return readFileSync(this.record, "utf8").trim().split("\n");
  }
}

// On macOS its own codesign signs.
const onOtherSystems = process.platform === "darwin" ? test.skip : test;

onOtherSystems("an rcodesign on PATH signs an executable for macOS under the plugin's name", () => {
  const machine = new Machine();
  writeProgram(machine.bin, "rcodesign", [`echo "rcodesign $*" >> '${machine.record}'`]);
  expect(machine.sign()).toBe(true);
  expect(machine.told).toEqual([
    `rcodesign sign --binary-identifier pulumi-resource-alicdn ${machine.executable}`,
  ]);
});

onOtherSystems("Cargo builds rcodesign once, from a lock file and a fixed version", () => {
  const machine = new Machine();
  writeProgram(machine.bin, "cargo", [
    `echo "cargo $1 $2 $3 $4 $5 $6" >> '${machine.record}'`,
    `while [ "$1" != --root ]; do shift; done`,
    `/bin/mkdir -p "$2/bin"`,
    `printf '#!/bin/sh\\necho "rcodesign $1" >> "${machine.record}"\\n' > "$2/bin/rcodesign"`,
    `/bin/chmod +x "$2/bin/rcodesign"`,
  ]);
  expect([machine.sign(), machine.sign()]).toEqual([true, true]);
  expect(machine.told).toEqual([
    expect.stringMatching(/^cargo install apple-codesign --version [\d.]+ --locked --no-default-features$/),
    "rcodesign sign",
    "rcodesign sign",
  ]);
});

onOtherSystems("without rcodesign and Cargo the message says what to install", () => {
  expect(new Machine().sign()).toBe(
    "An executable for macOS has to be signed, and there is neither rcodesign nor Cargo on PATH: install Rust " +
      "(https://rustup.rs), and rcodesign is built once; or name the other platforms only.",
  );
});

onOtherSystems("what rcodesign or Cargo says of a failure is told", () => {
  const machine = new Machine();
  writeProgram(machine.bin, "cargo", ["echo 'error: no such crate' >&2", "exit 101"]);
  expect(machine.sign()).toBe("cargo install apple-codesign failed (exit code 101):\nerror: no such crate");
  writeProgram(machine.bin, "rcodesign", ["echo 'not a Mach-O file'", "exit 1"]);
  expect(machine.sign()).toBe(
    `${machine.bin}/rcodesign could not sign ${machine.executable} (exit code 1):\nnot a Mach-O file`,
  );
});
