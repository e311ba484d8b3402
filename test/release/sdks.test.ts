import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runModule } from "../scripts/run-module";
import { temporaryFolder, writeFile, writeProgram } from "../scripts/temporary-folder";

/** A machine with a Pulumi CLI that has the hosts of some languages, and maybe a Go. */
class Machine {
  readonly folder = temporaryFolder();
  readonly bin = join(this.folder, "bin");
  readonly out = join(this.folder, "release/sdks");

  constructor(languages: readonly string[]) {
    // As `package gen-sdk SCHEMA --language LANGUAGE --out FOLDER`.
    writeProgram(this.bin, "pulumi", [
      `/bin/mkdir -p "$7/$5"`,
      `case " ${languages.join(" ")} " in`,
      `  *" $5 "*) echo "by the CLI" > "$7/$5/made" ;;`,
      `  *) echo "error: no language plugin 'pulumi-language-$5' found in the workspace" >&2; exit 255 ;;`,
      "esac",
    ]);
  }

  /** A `go build … -o FILE PACKAGE` that makes a generator. */
  addGo(): void {
    writeProgram(this.bin, "go", [
      `echo "$*" >> '${this.folder}/builds'`,
      `while [ "$1" != -o ]; do shift; done`,
      `printf '#!/bin/sh\\n/bin/mkdir -p "$3"; echo "by the module" > "$3/made"\\n' > "$2"`,
      `/bin/chmod +x "$2"`,
    ]);
  }

  /** What is missing, or what went wrong. */
  make(): unknown {
    const body = `
      const [schema, out, pulumi, PATH] = args;
      return it.makeSdks({ schema, out, pulumi, env: { PATH } }).catch((error) => error.message);
    `;
    const schema = writeFile(this.folder, "the-schema.json", "{}");
    return runModule("plugin/sdks.mjs", body, schema, this.out, join(this.bin, "pulumi"), this.bin);
  }

  made(language: string): string {
    return readFileSync(join(this.out, language, "made"), "utf8").trim();
  }
}

test("a CLI with all language hosts generates all SDKs, beside the schema that they were made of", () => {
  const machine = new Machine(["python", "go", "dotnet", "java", "nodejs"]);
  expect(machine.make()).toEqual([]);
  expect(readdirSync(machine.out).toSorted()).toEqual([
    "dotnet",
    "go",
    "java",
    "nodejs",
    "python",
    "schema.json",
  ]);
  expect(machine.made("java")).toBe("by the CLI");
  expect(readFileSync(join(machine.out, "schema.json"), "utf8")).toBe("{}");
});

test("where the CLI has no language hosts, Go builds the generators that its module holds, once", () => {
  const machine = new Machine(["dotnet"]);
  machine.addGo();
  expect(machine.make()).toEqual(["java: the Pulumi CLI has no pulumi-language-java"]);
  expect(["python", "go", "nodejs"].map((language) => machine.made(language))).toEqual(
    Array(3).fill("by the module"),
  );
  expect(machine.made("dotnet")).toBe("by the CLI");
  expect(existsSync(join(machine.out, "java"))).toBe(false);
  expect(readFileSync(join(machine.folder, "builds"), "utf8").trim().split("\n")).toHaveLength(1);
});

test("what can be generated is generated, and what is missing is told with what it needs", () => {
  const machine = new Machine(["nodejs"]);
  expect(machine.make()).toEqual([
    "python: the Pulumi CLI has no pulumi-language-python, and there is no Go on PATH",
    "go: the Pulumi CLI has no pulumi-language-go, and there is no Go on PATH",
    "dotnet: the Pulumi CLI has no pulumi-language-dotnet",
    "java: the Pulumi CLI has no pulumi-language-java",
  ]);
  expect(readdirSync(machine.out).toSorted()).toEqual(["nodejs", "schema.json"]);
});

test("a generator that fails leaves the SDKs of before, and says what it said", () => {
  const machine = new Machine([]);
  writeFile(machine.out, "python/made", "before");
  writeProgram(machine.bin, "pulumi", [`echo "error: the schema has no version" >&2; exit 1`]);
  expect(machine.make()).toBe(
    "The SDK for python could not be generated (exit code 1):\nerror: the schema has no version",
  );
  expect(machine.made("python")).toBe("before");
  expect(readdirSync(join(machine.out, ".."))).toEqual(["sdks"]);
});
