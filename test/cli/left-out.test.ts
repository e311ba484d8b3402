import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bench, openBench } from "./cli-on-emulator";

let bench: Bench;
let dist: string;

beforeAll(async () => {
  bench = await openBench();
  dist = join(bench.folder, "dist");
  mkdirSync(join(dist, "about"), { recursive: true });
  for (const name of ["app.js", "app.js.map", ".DS_Store", ".env", "about/index.html"]) {
    writeFileSync(join(dist, name), name);
  }
});
afterAll(() => bench.end());

const DRY = ["run", "--dry-run", "--dir", "dist", "--base", "https://cdn.example.com/"];
const LEFT_OUT =
  "Left out of dist: 1 file of the operating system, 1 dot file and 1 source map (take them with --source-maps)";

test("what a folder leaves out is told in one line with counts, and in the document", async () => {
  const document = await bench.json(DRY);
  expect(document.urls).toEqual([
    "https://cdn.example.com/about/index.html",
    "https://cdn.example.com/app.js",
  ]);
  expect(document.notices).toEqual([`${LEFT_OUT}.`]);
  const { stdout } = await bench.run(DRY);
  expect(stdout).toContain(`\n${LEFT_OUT}.\n`);
});

test("--verbose also names it", async () => {
  const { stdout } = await bench.run([...DRY, "--verbose"]);
  expect(stdout).toContain(`${LEFT_OUT}: .DS_Store, .env, app.js.map.`);
});

test("a run tells it on standard error and in its document", async () => {
  const { stdout, stderr } = await bench.run([...DRY.filter((part) => part !== "--dry-run"), "--json"]);
  expect(stderr).toContain(`${LEFT_OUT}.`);
  expect(JSON.parse(stdout).notices).toEqual([`${LEFT_OUT}.`]);
});

test("--source-maps and --directory-index add what they say", async () => {
  const document = await bench.json([...DRY, "--source-maps", "--directory-index", "index.html"]);
  expect(document.urls).toEqual([
    "https://cdn.example.com/about/",
    "https://cdn.example.com/about/index.html",
    "https://cdn.example.com/app.js",
    "https://cdn.example.com/app.js.map",
  ]);
});

test("a folder of which nothing is left says what was left out", async () => {
  const { exitCode, stderr } = await bench.run([...DRY, "--exclude", "**/*.{js,html}"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    `The folder dist holds no file that --include and --exclude leave. Also left out: 1 file`,
  );
});
