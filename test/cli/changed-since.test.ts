import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Bench, openBench } from "./cli-on-emulator";

let bench: Bench;
let cwd: string;

/** What a run that has passed leaves of the files that each test begins with. */
let left: string;

beforeAll(async () => {
  bench = await openBench();
  makeSite();
  await run();
  left = readFileSync(join(cwd, "m.json"), "utf8");
});
afterAll(() => bench.end());
beforeEach(makeSite);

function makeSite(): void {
  cwd = mkdtempSync(join(bench.folder, "site-"));
  write("dist/a.js", "1");
  write("dist/b.js", "1");
  write("dist/index.html", "1");
}
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(name: string, content: string): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), content);
}

const FOLDER = ["--dir", "dist", "--base", "https://cdn.example.com/"];
/** As the bench has them. */
const SETTINGS = { speed: 20, visibilityDelayMs: 0 };
const MANIFEST = ["--changed-since", "m.json", "--write-manifest", "m.json"];

async function run(args: readonly string[] = MANIFEST, folder: readonly string[] = FOLDER) {
  const document = await bench.json(["run", ...folder, ...args], { cwd });
  const paths = (document.results ?? []).map(({ url }: { url: string }) => new URL(url).pathname);
  return { ...document, paths };
}

function manifest(): { urls: Record<string, string> } {
  return JSON.parse(readFileSync(join(cwd, "m.json"), "utf8"));
}

test("without a manifest all files are preloaded, then only new and changed ones, and deleted ones are counted", async () => {
  const first = await run();
  expect(first.paths).toEqual(["/a.js", "/b.js", "/index.html"]);
  expect(first.changedSince).toEqual({
    manifest: "m.json",
    basis: "missing",
    changed: 3,
    unchanged: 0,
    deleted: 0,
  });
  expect(first.notices).toEqual(["There is no manifest m.json yet: all 3 files are preloaded."]);
  expect(Object.keys(manifest().urls)).toEqual([
    "https://cdn.example.com/a.js",
    "https://cdn.example.com/b.js",
    "https://cdn.example.com/index.html",
  ]);

  write("dist/a.js", "2");
  write("dist/c.js", "1");
  rmSync(join(cwd, "dist/b.js"));
  const second = await run();
  expect(second.paths).toEqual(["/a.js", "/c.js"]);
  expect(second.changedSince).toMatchObject({ basis: "used", changed: 2, unchanged: 1, deleted: 1 });
  expect(second.notices).toEqual([
    "By the manifest m.json, 2 of 3 files are new or changed. 1 file of the manifest is not there any more.",
  ]);
  expect(Object.keys(manifest().urls).map((url) => new URL(url).pathname)).toEqual([
    "/a.js",
    "/c.js",
    "/index.html",
  ]);
  expect(readdirSync(cwd).toSorted()).toEqual(["dist", "m.json"]);
});

test("when nothing has changed the run passes without a call, and its document and output say so", async () => {
  write("m.json", left);
  const calls = bench.emulator.calls.length;
  const same = await run();
  expect(same).toMatchObject({ exitCode: 0, verdict: "passed", accepted: true, taskIds: [], results: [] });
  expect(same.changedSince).toMatchObject({ basis: "used", changed: 0, unchanged: 3, deleted: 0 });
  const sentence =
    "Nothing has changed since the manifest m.json: 3 files passed before as they are. No file of a folder is preloaded.";
  expect(same.notices).toEqual([sentence]);
  const inWords = await bench.run(["run", ...FOLDER, ...MANIFEST], { cwd });
  expect(inWords).toMatchObject({ exitCode: 0 });
  expect(inWords.stdout).toContain(sentence);
  const dry = await bench.json(["run", ...FOLDER, ...MANIFEST, "--dry-run"], { cwd });
  expect(dry).toMatchObject({ exitCode: 0, urls: [], submits: [], notices: [sentence] });
  expect(bench.emulator.calls).toHaveLength(calls);
});

test("with other sources the files that did not change are still left out", async () => {
  write("m.json", left);
  expect((await run([...MANIFEST, "https://cdn.example.com/more"])).paths).toEqual(["/more"]);
});

test.each([
  ["is empty", ""],
  ["is cut off", '{"manifestVersion":1,"settings":"'],
  ["is another document", '{"files":{}}'],
  ["has conflict marks", "<<<<<<< HEAD\n{}\n"],
  [
    "holds a digest that is none",
    '{"manifestVersion":1,"settings":"SETTINGS","urls":{"https://cdn.example.com/a.js":"1"}}',
  ],
])("a manifest that %s is a usage error, and nothing is submitted", async (_name, content) => {
  write("m.json", content.replace("SETTINGS", "0".repeat(64)));
  const before = bench.emulator.submissionCount();
  const { exitCode, stderr } = await bench.run(["run", ...FOLDER, ...MANIFEST], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("The file m.json is no manifest, or is damaged. Nothing was submitted.");
  expect(bench.emulator.submissionCount()).toBe(before);
  expect(readFileSync(join(cwd, "m.json"), "utf8")).toBe(content.replace("SETTINGS", "0".repeat(64)));
});

test("a manifest of a newer release, and one that cannot be read, are usage errors", async () => {
  write("m.json", '{"manifestVersion":2}');
  expect((await run()).error.message).toContain("written by a newer release");
  rmSync(join(cwd, "m.json"));
  mkdirSync(join(cwd, "m.json"));
  expect((await run()).error.message).toContain("The manifest m.json cannot be read: EISDIR");
});

test("under another base, or with another gate or preload, all is new", async () => {
  write("m.json", left);
  const other = ["--dir", "dist", "--base", "https://img.example.com/"];
  const moved = await run(["--changed-since", "m.json"], other);
  expect(moved.paths).toHaveLength(3);
  expect(moved.changedSince).toMatchObject({ basis: "used", changed: 3, unchanged: 0, deleted: 0 });
  const strict = await run(["--changed-since", "m.json", "--min-success-percent", "50"]);
  expect(strict.paths).toHaveLength(3);
  expect(strict.notices[0]).toBe("The manifest m.json is about other settings: all 3 files are preloaded.");
  expect((await run(["--changed-since", "m.json", "--area", "overseas"])).paths).toHaveLength(3);
});

test("the address of a folder is new where only its file was preloaded", async () => {
  write("m.json", left);
  expect((await run([...MANIFEST, "--directory-index", "index.html"])).paths).toEqual(["/"]);
  expect((await run([...MANIFEST, "--directory-index", "index.html"])).paths).toEqual([]);
});

test("a run that did not pass leaves the manifest as it is, and says so", async () => {
  write("m.json", left);
  const before = readFileSync(join(cwd, "m.json"), "utf8");
  write("dist/emulate-retcode-500/x.js", "1");
  const failed = await run();
  expect(failed).toMatchObject({ exitCode: 1, verdict: "failed", paths: ["/emulate-retcode-500/x.js"] });
  expect(failed.notices).toContain("The manifest m.json is not written, because the run did not pass.");
  expect(readFileSync(join(cwd, "m.json"), "utf8")).toBe(before);
});

test("a file that was allowed to fail is preloaded again", async () => {
  write("dist/emulate-retcode-500/x.js", "1");
  const allowed = [...MANIFEST, "--max-failed-urls", "1"];
  expect(await run(allowed)).toMatchObject({ verdict: "passed", summary: { failed: 1 } });
  expect((await run(allowed)).paths).toEqual(["/emulate-retcode-500/x.js"]);
});

test("a run that was let through without a verdict writes no manifest", async () => {
  write("dist/emulate-never-ends/x.js", "1");
  const late = await run([...MANIFEST, "--timeout", "2s", "--on-inconclusive", "warn"]);
  expect(late).toMatchObject({ exitCode: 0, acceptedBy: "warn" });
  expect(readdirSync(cwd)).toEqual(["dist"]);
});

test("a file that a later release failed on is not taken as unchanged when it comes back", async () => {
  const state = ["--state", "s.json", "--trigger"];
  write("m.json", left);
  write("dist/a.js", "2");
  bench.emulator.setScenario({ rules: [{ path: "/a.js", script: "retcode-500" }], settings: SETTINGS });
  expect(await run([...MANIFEST, ...state, "v2"])).toMatchObject({ verdict: "failed", paths: ["/a.js"] });
  bench.emulator.setScenario({ settings: SETTINGS });
  write("dist/a.js", "1");
  expect((await run([...MANIFEST, ...state, "v3"])).paths).toEqual(["/a.js"]);
});

test("a manifest that cannot be written is told, and the verdict stands", async () => {
  const { exitCode, stderr } = await bench.run(["run", ...FOLDER, "--write-manifest", "no/m.json"], { cwd });
  expect(exitCode).toBe(0);
  expect(stderr).toContain("warning: The manifest no/m.json cannot be written: ENOENT");
});

test("submit starts only what is new, and leaves no manifest", async () => {
  write("m.json", left);
  write("dist/a.js", "2");
  const submitted = await bench.json(["submit", ...FOLDER, "--changed-since", "m.json"], { cwd });
  expect(submitted.results).toHaveLength(1);
  const refused = await bench.run(["submit", ...FOLDER, "--write-manifest", "m.json"], { cwd });
  expect(refused).toMatchObject({ exitCode: 2 });
});

test("both options go with a folder", async () => {
  const { stderr } = await bench.run(["run", "a.example.com/1", ...MANIFEST], { cwd });
  expect(stderr).toContain("--changed-since and --write-manifest go with --dir, which is missing.");
});
