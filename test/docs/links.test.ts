import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "../..");
const DOCUMENTS = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  ...readdirSync(join(ROOT, "examples"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
    .map((name) => `examples/${name}`),
];

test.each(DOCUMENTS)("%s links to files that exist", (document) => {
  const text = readFileSync(join(ROOT, document), "utf8");
  const targets = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target]) => target ?? "");
  const missing = targets.filter(
    (target) => !/^https?:/.test(target) && !existsSync(join(ROOT, dirname(document), target)),
  );
  expect(missing).toEqual([]);
});

test.each(DOCUMENTS)("%s links to headings that exist", (document) => {
  const links = [...readFileSync(join(ROOT, document), "utf8").matchAll(/\]\(([^)#:]*)#([^)]+)\)/g)];
  const missing = links
    .map(([, path = "", anchor = ""]) => ({
      file: path === "" ? document : join(dirname(document), path),
      anchor,
    }))
    .filter(({ file, anchor }) => !anchorsOf(file).has(anchor))
    .map(({ file, anchor }) => `${file}#${anchor}`);
  expect(missing).toEqual([]);
});

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(document: string): Set<string> {
  const headings = readFileSync(join(ROOT, document), "utf8").matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

/** What a run writes is in no clone. */
const WRITTEN_BY_A_RUN = ["bench/results/latest.json"];

/** Paths of this repository that a document names in its text. */
test.each(DOCUMENTS)("%s names files that exist", (document) => {
  const text = readFileSync(join(ROOT, document), "utf8");
  const paths = [...text.matchAll(/`((?:provider|emulator|test|bench|docs|scripts|examples)\/[\w./-]+)`/g)];
  const missing = paths
    .map(([, path]) => path ?? "")
    .filter((path) => !WRITTEN_BY_A_RUN.includes(path) && !existsSync(join(ROOT, path)));
  expect(missing).toEqual([]);
});
