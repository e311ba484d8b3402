import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { extract } from "tar";
import { parse } from "yaml";
import { runModule } from "../scripts/run-module";
import { temporaryFolder, writeFile } from "../scripts/temporary-folder";

const ROOT = join(__dirname, "../..");
const ACTION = readFileSync(join(ROOT, "action.yml"), "utf8");
const BUNDLES = runModule("release/bundles.mjs", "return it.BUNDLES;") as Record<string, { outfile: string }>;
const FILES = Object.values(BUNDLES).map(({ outfile }) => outfile);

/** A clone of the project as far as a release commit is concerned. */
class Clone {
  readonly root = temporaryFolder();

  constructor() {
    this.git("init", "--quiet", "--initial-branch=main");
    this.git("config", "user.name", "Somebody");
    this.git("config", "user.email", "somebody@example.com");
    writeFile(this.root, "action.yml", ACTION);
    writeFile(this.root, ".gitignore", "dist/\n");
    this.commit("source.ts", "the first source");
  }

  git(...args: readonly string[]): string {
    return execFileSync("git", args, { cwd: this.root, encoding: "utf8" }).trim();
  }

  commit(file: string, text: string): void {
    writeFile(this.root, file, text);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", `Write ${file}`);
  }

  /** Runs a function of the module, with bundles that are made of `source.ts`. */
  call(name: "commitRelease" | "outdatedBundles", version?: string): unknown {
    const body = `
      const { readFile, writeFile } = await import("node:fs/promises");
      const [name, root, version, files] = args;
      const make = async (bundle, file) =>
        writeFile(file, bundle + " of " + (await readFile(root + "/source.ts", "utf8")));
      return it[name]({ root, version, bundles: { files, make } }).catch((error) => error.message);
    `;
    return runModule("release/release-commit.mjs", body, name, this.root, version, FILES);
  }
}

test("the file that the GitHub Action starts is on the release's tag, and not on main", () => {
  const clone = new Clone();
  const commit = clone.call("commitRelease", "1.2.3");
  const { main } = parse(clone.git("show", "v1.2.3:action.yml")).runs;
  expect(clone.git("show", `v1.2.3:${main}`)).toBe(`${main} of the first source`);
  expect(clone.git("rev-parse", "v1.2.3^{commit}")).toBe(commit);
  expect(clone.git("rev-parse", "release")).toBe(commit);
  expect(clone.git("ls-tree", "-r", "--name-only", "main").split("\n")).toEqual([
    ".gitignore",
    "action.yml",
    "source.ts",
  ]);
  expect(clone.git("status", "--porcelain")).toBe("");
  expect(clone.git("branch", "--show-current")).toBe("main");
});

test("the GitHub Action works as it lies on the tag, where nothing is installed", async () => {
  const clone = new Clone();
  const body = `
    const { BUNDLES, makeBundle } = await import(args[2]);
    const files = Object.values(BUNDLES).map(({ outfile }) => outfile);
    return it.commitRelease({ root: args[0], version: "1.2.3", bundles: { files, make: makeBundle } });
  `;
  const bundles = join(ROOT, "scripts/release/bundles.mjs");
  runModule("release/release-commit.mjs", body, clone.root, "1.2.3", bundles);
  const folder = temporaryFolder();
  const archive = join(folder, "tag.tar");
  clone.git("archive", "--output", archive, "v1.2.3");
  await extract({ file: archive, cwd: folder });
  const { main } = parse(readFileSync(join(folder, "action.yml"), "utf8")).runs;
  const run = spawnSync(process.execPath, [join(folder, main)], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: folder, INPUT_COMMAND: "run", INPUT_URLS: "cdn.example.com/a.js", INPUT_TIMEOUT: "soon" },
  });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('It must be a duration such as "90s"');
});

test("what `pulumi package add` takes from the repository is on the tag too", () => {
  const clone = new Clone();
  clone.call("commitRelease", "1.2.3");
  const { main } = JSON.parse(readFileSync(join(ROOT, "plugin/package.json"), "utf8"));
  const [, required] = /require\("\.\/(.+)"\)/.exec(readFileSync(join(ROOT, "plugin", main), "utf8"))!;
  expect(clone.git("show", `v1.2.3:plugin/${required}`)).toBe(`plugin/${required} of the first source`);
});

test("each release follows the one before and the commit of main that it is made of", () => {
  const clone = new Clone();
  const first = clone.call("commitRelease", "1.2.3");
  clone.commit("source.ts", "the second source");
  clone.call("commitRelease", "1.2.4");
  expect(clone.git("log", "-1", "--format=%P", "v1.2.4").split(" ")).toEqual([
    first,
    clone.git("rev-parse", "main"),
  ]);
  expect(clone.git("show", `v1.2.4:${FILES[0]}`)).toBe(`${FILES[0]} of the second source`);
});

test("a version is tagged once", () => {
  const clone = new Clone();
  clone.call("commitRelease", "1.2.3");
  expect(clone.call("commitRelease", "1.2.3")).toBe(
    "There is a tag v1.2.3 already. Run npm run release:version for the next version.",
  );
});

test("changes that are not committed are in no release", () => {
  const clone = new Clone();
  writeFileSync(join(clone.root, "source.ts"), "something else");
  expect(clone.call("commitRelease", "1.2.3")).toBe(
    "There are changes that are not committed. A release is made of a commit.",
  );
  expect(clone.git("tag")).toBe("");
});

test("the bundles of a tag are compared with what its sources make", () => {
  const clone = new Clone();
  clone.call("commitRelease", "1.2.3");
  for (const file of FILES) rmSync(join(clone.root, file));
  clone.git("checkout", "--quiet", "v1.2.3");
  expect(clone.call("outdatedBundles")).toEqual([]);
  writeFileSync(join(clone.root, "source.ts"), "another source");
  expect(clone.call("outdatedBundles")).toEqual(FILES);
});

test("a tag of main has no bundles", () => {
  const clone = new Clone();
  expect(clone.call("outdatedBundles")).toEqual(FILES);
});
