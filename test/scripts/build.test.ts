import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { runModule } from "./run-module";
import { temporaryFolder, writeFile } from "./temporary-folder";

// Each test starts compilers, which a busy machine lets wait.
jest.setTimeout(60_000);

const realCompiler = join(__dirname, "..", "..", "node_modules", "typescript");

/** Writes what it was given into the file that it was told to write, counts its runs, and fails where it is told to. */
const fakeBundler = `
  const fs = require("node:fs");
  exports.build = async ({ entryPoints, outfile, banner }) => {
    fs.appendFileSync("bundler-runs", "x");
    if (fs.existsSync("no bundle")) { console.error("no bundle today"); throw new Error(); }
    fs.writeFileSync(outfile, banner.js + " the bundle of " + entryPoints.join());
  };
`;

const settings = {
  compilerOptions: {
    ...{
      module: "nodenext",
      declaration: true,
      skipLibCheck: true,
      types: [],
      lib: ["es2024"],
    },
    ...{ rootDir: ".", outDir: "dist", incremental: true, tsBuildInfoFile: ".cache/build.tsbuildinfo" },
  },
  include: ["provider"],
};

function checkout(): string {
  const root = temporaryFolder();
  mkdirSync(join(root, "node_modules"));
  symlinkSync(realCompiler, join(root, "node_modules", "typescript"), "junction");
  writeFile(root, "tsconfig.build.json", JSON.stringify(settings));
  writeFile(root, "package.json", "{}");
  writeFile(root, "node_modules/esbuild/index.js", fakeBundler);
  writeFile(root, "node_modules/zod/LICENSE", "As you like it.");
  writeFile(root, "provider/core/zod.ts", "export const all = 1;");
  writeFile(root, "provider/one.ts", "export const one = 1;");
  writeFile(root, "provider/two.ts", "export const two = 2;");
  return root;
}

interface Built {
  readonly ok: boolean;
  readonly output: string;
}

function build(root: string): Built {
  return runModule(
    "build.mjs",
    "return it.build({ root: args[0], node: process.execPath, env: process.env });",
    root,
  ) as Built;
}

const done: Built = { ok: true, output: "" };

function output(root: string, file: string): string {
  return readFileSync(join(root, "dist", "provider", file), "utf8");
}

test("a second build writes nothing if the sources are the same", () => {
  const root = checkout();
  expect(build(root)).toEqual(done);
  const files = ["one.js", "two.js", "core/zod.js"].map((file) => join(root, "dist", "provider", file));
  const times = files.map((file) => statSync(file).mtimeMs);
  expect(build(root)).toEqual(done);
  expect(files.map((file) => statSync(file).mtimeMs)).toEqual(times);
  expect(readFileSync(join(root, "bundler-runs"), "utf8")).toBe("x");
});

test("a changed source, a new source and a changed setting are built", () => {
  const root = checkout();
  build(root);
  writeFile(root, "provider/one.ts", "/** Said. */\nexport const one = 11;");
  expect(build(root)).toEqual(done);
  expect(output(root, "one.js")).toContain("one = 11");
  expect(output(root, "one.js")).toContain("Said.");
  writeFile(root, "provider/three.ts", "export const three = 3;");
  expect(build(root)).toEqual(done);
  expect(output(root, "three.js")).toContain("three = 3");
  const { compilerOptions } = settings;
  writeFile(
    root,
    "tsconfig.build.json",
    JSON.stringify({
      ...settings,
      compilerOptions: { ...compilerOptions, removeComments: true },
    }),
  );
  expect(build(root)).toEqual(done);
  expect(output(root, "one.js")).not.toContain("Said.");
});

test("an output that is missing, or was written by another compiler, is built again", () => {
  const root = checkout();
  build(root);
  rmSync(join(root, "dist/provider/one.js"));
  expect(build(root)).toEqual(done);
  expect(output(root, "one.js")).toContain("one = 1");
  writeFile(root, "dist/provider/two.js", "from other sources");
  const later = new Date(Date.now() + 5000);
  utimesSync(join(root, "dist/provider/two.js"), later, later);
  expect(build(root)).toEqual(done);
  expect(output(root, "two.js")).toContain("two = 2");
});

test("the output of a deleted source is removed", () => {
  const root = checkout();
  build(root);
  rmSync(join(root, "provider/two.ts"));
  expect(build(root)).toEqual(done);
  expect(existsSync(join(root, "dist/provider/two.js"))).toBe(false);
  expect(existsSync(join(root, "dist/provider/one.js"))).toBe(true);
});

test("the zod module becomes a bundle of the used parts, also where the compiler writes it again", () => {
  const root = checkout();
  for (let builds = 0; builds < 2; builds += 1) {
    expect(build(root)).toEqual(done);
    const bundle = output(root, "core/zod.js");
    expect(bundle).toContain(`the bundle of ${join("provider", "core", "zod.ts")}`);
    expect(bundle).toContain("As you like it.");
    writeFile(root, "provider/core/zod.ts", "export const more = 2;");
  }
  expect(readFileSync(join(root, "bundler-runs"), "utf8")).toBe("xx");
});

test("a new version of zod is bundled again", () => {
  const root = checkout();
  build(root);
  writeFile(root, "package-lock.json", "{}");
  const later = new Date(Date.now() + 5000);
  utimesSync(join(root, "package-lock.json"), later, later);
  build(root);
  expect(readFileSync(join(root, "bundler-runs"), "utf8")).toBe("xx");
});

test.each([
  [
    "of the compiler",
    "provider/bad.ts",
    "export const bad: string = 1;",
    /^provider\/bad\.ts\(1,14\): error TS2322/,
  ],
  ["of the bundler", "no bundle", "", /^no bundle today$/],
])(
  "a build with an error %s never counts as done, and reports the error each time",
  (_whose, file, text, message) => {
    const root = checkout();
    writeFile(root, file, text);
    for (let builds = 0; builds < 2; builds += 1) {
      const { ok, output: said } = build(root);
      expect(ok).toBe(false);
      expect(said).toMatch(message);
    }
    rmSync(join(root, file));
    expect(build(root)).toEqual(done);
  },
);
