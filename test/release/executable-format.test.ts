import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";
import { runModule } from "../scripts/run-module";
import { temporaryFolder } from "../scripts/temporary-folder";

interface Platform {
  readonly name: string;
  readonly nodePackage: string;
  readonly integrity: string;
}

const platforms = runModule("plugin/platforms.mjs", "return it.PLATFORMS;") as Platform[];

/** The beginning of an executable: the few numbers that tell what it is for. */
const HEADERS: Record<string, () => Buffer> = {
  "linux-amd64": () => elf(0x3e),
  "linux-arm64": () => elf(0xb7),
  "darwin-amd64": () => machO(0x0100_0007),
  "darwin-arm64": () => machO(0x0100_000c),
  "windows-amd64": () => portableExecutable(0x8664),
  "windows-arm64": () => portableExecutable(0xaa64),
};

function elf(machine: number): Buffer {
  const file = Buffer.alloc(64);
  file.write("\x7fELF", "latin1");
  file.writeUInt16LE(machine, 18);
  return file;
}

function machO(machine: number): Buffer {
  const file = Buffer.alloc(64);
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(machine, 4);
  return file;
}

const PE_HEADER = 0x80;
const SECURITY_DIRECTORY = PE_HEADER + 24 + 112 + 4 * 8;

function portableExecutable(machine: number, { signature = "" } = {}): Buffer {
  const file = Buffer.alloc(0x200);
  file.write("MZ", "latin1");
  file.writeUInt32LE(PE_HEADER, 60);
  file.write("PE\0\0", PE_HEADER, "latin1");
  file.writeUInt16LE(machine, PE_HEADER + 4);
  if (signature !== "") {
    file.writeUInt32LE(file.length, SECURITY_DIRECTORY);
    file.writeUInt32LE(signature.length, SECURITY_DIRECTORY + 4);
  }
  return Buffer.concat([file, Buffer.from(signature)]);
}

function platformOf(file: Buffer): unknown {
  const body = `return it.platformOfExecutable(Buffer.from(args[0], "base64")) ?? "none";`;
  return runModule("plugin/executable-format.mjs", body, file.toString("base64"));
}

test("the executables are for Linux, macOS and Windows on both architectures", () => {
  expect(platforms.map(({ name }) => name)).toEqual(Object.keys(HEADERS));
  for (const { integrity } of platforms) expect(integrity).toMatch(/^sha512-[\w+/]{86}==$/);
});

test("their archives have the names that the engine asks for, each platform its own", () => {
  const names = runModule(
    "plugin/platforms.mjs",
    "return it.PLATFORMS.map(({ name }) => it.executableArchiveName(args[0], name));",
    version,
  ) as string[];
  expect(names).toHaveLength(6);
  for (const [index, name] of names.entries())
    expect(name).toBe(`pulumi-resource-alicdn-v${version}-${platforms[index]!.name}.tar.gz`);
});

test.each(Object.keys(HEADERS))("the header of an executable for %s is told from all others", (name) => {
  expect(platformOf(HEADERS[name]!())).toBe(name);
});

test.each([
  ["an executable for 32 bits", elf(0x03)],
  ["a script", Buffer.from("#!/bin/sh\n".padEnd(100))],
  ["a DOS program", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(100)])],
  ["an empty file", Buffer.alloc(0)],
])("%s is for none of the platforms", (_what, file) => {
  expect(platformOf(file)).toBe("none");
});

test("a Node for another platform is refused before anything is made of it", () => {
  const folder = temporaryFolder();
  const node = join(folder, "node");
  writeFileSync(node, HEADERS["darwin-amd64"]!());
  const body = `
    const options = { blob: "", node: args[0], platformName: "darwin-arm64", executable: args[1], root: "" };
    return it.makeExecutable(options).then(() => "made", (error) => error.message);
  `;
  expect(runModule("plugin/single-executable.mjs", body, node, join(folder, "made"))).toBe(
    `${node} is for darwin-amd64, not for darwin-arm64.`,
  );
});

function withoutSignature(file: Buffer): string {
  const body = `
    try { return it.withoutSignature(Buffer.from(args[0], "base64")).toString("base64"); }
    catch (error) { return error.message; }
  `;
  return runModule("plugin/portable-executable.mjs", body, file.toString("base64")) as string;
}

test("the signature of a Windows executable is taken off, with what the header says of it", () => {
  const signed = portableExecutable(0x8664, { signature: "signed by somebody" });
  const unsigned = portableExecutable(0x8664);
  expect(withoutSignature(signed)).toBe(unsigned.toString("base64"));
  expect(withoutSignature(unsigned)).toBe(unsigned.toString("base64"));
});

test("what follows a signature is not cut off with it", () => {
  const signed = portableExecutable(0x8664, { signature: "signed by somebody" });
  expect(withoutSignature(Buffer.concat([signed, Buffer.from("more")]))).toBe(
    "The signature is not the last part of this executable.",
  );
});
