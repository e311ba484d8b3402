import { existsSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { runModule } from "./run-module";
import { temporaryFolder, writeFile } from "./temporary-folder";

// Each test starts processes, which a busy machine lets wait.
jest.setTimeout(30_000);

/** Emits an empty output of every kind for each source, as tsc would, and counts its runs. */
const fakeCompiler = `
  const fs = require("node:fs"), path = require("node:path");
  fs.appendFileSync("runs", "x");
  for (const name of fs.readdirSync("provider", { recursive: true })) {
    if (!name.endsWith(".ts")) continue;
    fs.mkdirSync(path.join("dist/provider", path.dirname(name)), { recursive: true });
    for (const ending of [".js", ".js.map", ".d.ts"])
      fs.writeFileSync(path.join("dist/provider", name.replace(/\\.ts$/, ending)), "");
  }
  if (fs.existsSync("complaint")) { console.log(fs.readFileSync("complaint", "utf8")); process.exitCode = 2; }
`;

/** Writes what it was given into the file that it was told to write, and fails where it is told to. */
const fakeBundler = `
  const fs = require("node:fs");
  exports.build = async ({ entryPoints, outfile, banner }) => {
    if (fs.existsSync("no bundle")) { console.error("no bundle today"); throw new Error(); }
    fs.writeFileSync(outfile, banner.js + " the bundle of " + entryPoints.join());
  };
`;

function checkout(): string {
  const root = temporaryFolder();
  writeFile(root, "node_modules/typescript/bin/tsc", fakeCompiler);
  writeFile(root, "node_modules/esbuild/index.js", fakeBundler);
  writeFile(root, "node_modules/zod/LICENSE", "As you like it.");
  writeFile(root, "provider/core/zod.ts", "");
  writeFile(root, "provider/one.ts", "export const one = 1;");
  writeFile(root, "provider/two.ts", "export const two = 2;");
  return root;
}

/** Runs `steps` between builds; returns how often the compiler had run after each build, and how that ended. */
function buildAfter(root: string, ...steps: readonly string[]): unknown {
  return runModule(
    "build.mjs",
    `
      const fs = await import("node:fs");
      const progress = { say() {}, step: (text, work) => work() };
      const [root, steps] = args;
      const seen = [];
      for (const step of ["", ...steps]) {
        new Function("fs", "root", step)(fs, root);
        const { ok, output } = await it.build({ root, node: process.execPath, env: process.env, progress });
        seen.push([fs.readFileSync(root + "/runs", "utf8").length, ok, ...(output ? [output] : [])]);
      }
      return seen;
    `,
    root,
    steps,
  );
}

test("a second build does nothing while the sources are the same", () => {
  expect(buildAfter(checkout(), "", "")).toEqual([
    [1, true],
    [1, true],
    [1, true],
  ]);
});

test("a changed source, a new source and a changed setting are built", () => {
  const root = checkout();
  const steps = [
    `fs.writeFileSync(root + "/provider/one.ts", "export const one = 11;")`,
    `fs.writeFileSync(root + "/provider/three.ts", "")`,
    `fs.writeFileSync(root + "/tsconfig.json", "{}")`,
  ];
  expect(buildAfter(root, ...steps)).toEqual([1, 2, 3, 4].map((runs) => [runs, true]));
});

test("an output that is missing, or was written by another compiler since, is built again", () => {
  const root = checkout();
  expect(buildAfter(root)).toEqual([[1, true]]);
  rmSync(join(root, "dist/provider/one.js"));
  expect(buildAfter(root)).toEqual([[2, true]]);
  const later = new Date(Date.now() + 5000);
  utimesSync(join(root, "dist/provider/two.js"), later, later);
  expect(buildAfter(root)).toEqual([[3, true]]);
});

test("the output of a source that is gone is removed", () => {
  const root = checkout();
  expect(buildAfter(root, `fs.rmSync(root + "/provider/two.ts")`)).toEqual([
    [1, true],
    [2, true],
  ]);
  expect(existsSync(join(root, "dist/provider/two.js"))).toBe(false);
  expect(existsSync(join(root, "dist/provider/one.js"))).toBe(true);
});

test("the module of zod becomes a bundle of what is used, with no map of what it was before", () => {
  const root = checkout();
  expect(buildAfter(root, "")).toEqual([
    [1, true],
    [1, true],
  ]);
  const bundle = readFileSync(join(root, "dist/provider/core/zod.js"), "utf8");
  expect(bundle).toContain(`the bundle of ${join("provider", "core", "zod.ts")}`);
  expect(bundle).toContain("As you like it.");
  expect(existsSync(join(root, "dist/provider/core/zod.js.map"))).toBe(false);
});

test.each([
  ["of the compiler", "complaint", "provider/one.ts(1,1): error TS1: no"],
  ["of the bundler", "no bundle", "no bundle today"],
])("a build with an error %s is not taken for done, and says why", (_whose, file, message) => {
  const root = checkout();
  writeFile(root, file, message);
  expect(buildAfter(root, "", `fs.rmSync(root + "/${file}")`)).toEqual([
    [1, false, message],
    [2, false, message],
    [3, true],
  ]);
});
