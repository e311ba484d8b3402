import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const FOLDER = join(ROOT, "docs/design");
const INDEX = readFileSync(join(FOLDER, "README.md"), "utf8");

interface Decision {
  readonly page: string;
  readonly title: string;
  readonly text: string;
}

/** Each section of a page is one decision. */
function decisionsOf(page: string): Decision[] {
  const [, ...sections] = readFileSync(join(FOLDER, page), "utf8").split(/^## /m);
  return sections.map((section) => {
    const [title = "", ...lines] = section.split("\n");
    return { page, title, text: lines.join("\n") };
  });
}

const PAGES = readdirSync(FOLDER).filter((name) => name !== "README.md");
const DECISIONS = PAGES.flatMap(decisionsOf);

test("every design page is in the index and holds decisions", () => {
  expect(PAGES.length).toBeGreaterThan(3);
  expect(PAGES.filter((page) => !INDEX.includes(`(${page})`))).toEqual([]);
  expect(PAGES.filter((page) => decisionsOf(page).length < 3)).toEqual([]);
});

test.each(DECISIONS)("$page: $title: names the tests that pin it, and they exist", ({ text }) => {
  const pins = /^Pinned by ([\s\S]*?)\.$/m.exec(text.trim())?.[1] ?? "";
  const tests = [...pins.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? "");
  expect(tests.length).toBeGreaterThan(0);
  expect(tests.filter((path) => !/^test\/.*\.test\.ts$/.test(path) || !existsSync(join(ROOT, path)))).toEqual(
    [],
  );
});

test.each([
  ...[
    "POP",
    "L2 POP",
    "preload",
    "refresh",
    "task",
    "entry",
    "row",
    "RetCode",
    "generation",
    "attempt",
    "evidence",
  ],
  ...["verdict", "poll", "response", "reconcile"],
])("the glossary in CONTRIBUTING.md explains %s", (word) => {
  expect(readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8")).toMatch(
    new RegExp(`^\\| ${word} +\\| \\S`, "m"),
  );
});
