import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashFiles } from "../../../provider/resources/hash-files";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-hash-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<html>");
  writeFileSync(join(folder, "assets/app.js"), "1");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the digest is of names and contents, not of times", () => {
  const before = hashFiles(folder);
  utimesSync(join(folder, "index.html"), new Date(0), new Date(0));
  expect(hashFiles(folder)).toBe(before);
});

test.each<[string, () => void]>([
  ["another content", () => writeFileSync(join(folder, "assets/app.js"), "2")],
  ["another file", () => writeFileSync(join(folder, "assets/b.js"), "1")],
  ["another name", () => writeFileSync(join(folder, "assets/app2.js"), "1")],
])("%s is another digest", (_name, change) => {
  const before = hashFiles(folder);
  change();
  expect(hashFiles(folder)).not.toBe(before);
});

test("a folder that links to itself has a digest all the same", () => {
  const before = hashFiles(folder);
  symlinkSync(folder, join(folder, "assets/round"));
  expect(hashFiles(folder)).toBe(before);
});

test("a folder that is not there is an error that names it", () => {
  expect(() => hashFiles(join(folder, "missing"))).toThrow(/ENOENT.*missing/);
});

test("a folder without a file is an error, since a build that wrote nothing is no release", () => {
  mkdirSync(join(folder, "empty"));
  expect(() => hashFiles(join(folder, "empty"))).toThrow(/There is no file under .*empty\./);
});
