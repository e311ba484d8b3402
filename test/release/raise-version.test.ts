import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import manifest from "../../package.json";
import { runModule } from "../scripts/run-module";
import { temporaryFolder, writeFile } from "../scripts/temporary-folder";

const ROOT = join(__dirname, "../..");
const { version: OLD } = manifest;
const [MAJOR, MINOR, PATCH] = OLD.split(".").map(Number) as [number, number, number];
const COPIED = [
  "README.md",
  "README.zh-CN.md",
  "docs",
  "examples",
  "package-lock.json",
  "package.json",
  "provider/core/version.ts",
  "schema",
  "sdk",
];

/** A copy of the project as far as its version is concerned. */
function copyOfProject(): string {
  const root = temporaryFolder();
  for (const name of COPIED) {
    const filter = (path: string) => !/\/(node_modules|bin|obj|target)(\/|$)/.test(path);
    cpSync(join(ROOT, name), join(root, name), { recursive: true, filter });
  }
  writeFile(root, "CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n### Pulumi\n\n- One.\n");
  writeFile(root, ".changeset/config.json", readFileSync(join(ROOT, ".changeset/config.json"), "utf8"));
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: root });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("-c", "user.name=S", "-c", "user.email=s@example.com", "commit", "--quiet", "--message", "All");
  return root;
}

function addChangeset(root: string, type: string, text: string): void {
  writeFile(root, `.changeset/${type}-change.md`, `---\n"cdn-preload-gate": ${type}\n---\n\n${text}\n`);
}

function raise(root: string): unknown {
  const body = "return it.raiseVersion(args[0], { date: '2026-02-03' }).catch((error) => error.message);";
  return runModule("release/raise-version.mjs", body, root);
}

function read(root: string, file: string): string {
  return readFileSync(join(root, file), "utf8");
}

test("changesets raise the version by the greatest of them, and each gives CHANGELOG.md a line", () => {
  const root = copyOfProject();
  addChangeset(root, "patch", "A fault is fixed.");
  addChangeset(root, "minor", "There is something new.");
  const next = `${MAJOR}.${MINOR + 1}.0`;
  expect(raise(root)).toMatchObject({ version: next });
  const changelog = read(root, "CHANGELOG.md");
  expect(changelog).toContain(`\n## [Unreleased]\n\n## [${next}] - 2026-02-03\n`);
  expect(changelog).toContain("### New\n\n- There is something new.\n");
  expect(changelog).toContain("### Fixed\n\n- A fault is fixed.\n");
  expect(changelog).toMatch(
    new RegExp(`^\\[${next}\\]: ${manifest.bugs.replace(/issues$/, "")}releases/tag/v${next}$`, "m"),
  );
  expect(readdirSync(join(root, ".changeset"))).toEqual(["config.json"]);
});

/** What others made has versions of its own. */
const OTHERS = /(^|\/)(node_modules|bin|obj|target)(\/|$)|\.(sum|svg)$|\/go\.mod$/;
const KNOWN_PLACES = [
  "README.md",
  "README.zh-CN.md",
  "docs/install.md",
  "examples/java/pom.xml",
  "examples/release/package.json",
  "package.json",
  "provider/core/version.ts",
  "schema/pulumi-schema.json",
  "sdk/go/alicdn/internal/pulumiUtilities.go",
  "sdk/nodejs/package.json",
  "sdk/python/pyproject.toml",
];

/** The files that name a version of this project, in the places that are copied. */
function filesWith(root: string, version: string): string[] {
  const text = new RegExp(`(?<![\\d.])${version.replaceAll(".", "\\.")}(?![\\d.]*\\d)`);
  return COPIED.filter((place) => place !== "package-lock.json")
    .flatMap((place) => filesUnder(root, place))
    .filter((file) => text.test(read(root, file)))
    .toSorted();
}

function filesUnder(root: string, place: string): string[] {
  if (OTHERS.test(place)) return [];
  if (!statSync(join(root, place)).isDirectory()) return [place];
  return readdirSync(join(root, place)).flatMap((name) => filesUnder(root, `${place}/${name}`));
}

test("the new version is in each file that names the old one", () => {
  const root = copyOfProject();
  addChangeset(root, "patch", "A fault is fixed.");
  const next = `${MAJOR}.${MINOR}.${PATCH + 1}`;
  raise(root);
  const before = filesWith(ROOT, OLD);
  expect(before).toEqual(expect.arrayContaining(KNOWN_PLACES));
  expect(filesWith(root, OLD)).toEqual([]);
  expect(filesWith(root, next)).toEqual(before);
  const lock = JSON.parse(read(root, "package-lock.json"));
  expect([lock.version, lock.packages[""].version]).toEqual([next, next]);
});

test("the versions of others stay as they are", () => {
  const root = copyOfProject();
  writeFile(root, "examples/another/package.json", JSON.stringify({ dependencies: { another: `^${OLD}` } }));
  addChangeset(root, "patch", "A fault is fixed.");
  const before = JSON.parse(read(root, "package-lock.json"));
  const goModules = read(root, "sdk/go/alicdn/go.mod");
  raise(root);
  const after = JSON.parse(read(root, "package-lock.json"));
  for (const lock of [before, after]) {
    delete lock.version;
    delete lock.packages[""].version;
  }
  expect(after).toEqual(before);
  expect(read(root, "sdk/go/alicdn/go.mod")).toBe(goModules);
  expect(read(root, "examples/another/package.json")).toContain(OLD);
});

test("without a changeset the version of package.json gets its section: the first release", () => {
  const root = copyOfProject();
  expect(raise(root)).toEqual({ version: OLD, changed: [] });
  expect(read(root, "CHANGELOG.md")).toContain(`\n## [Unreleased]\n\n## [${OLD}] - 2026-02-03\n\n### `);
});

test("there is no second section of a version", () => {
  const root = copyOfProject();
  raise(root);
  const released = read(root, "CHANGELOG.md");
  expect(raise(root)).toBe(
    `CHANGELOG.md has a section of ${OLD}, and there is no changeset that raises the version. ` +
      "Run npm run changeset to describe a change.",
  );
  expect(read(root, "CHANGELOG.md")).toBe(released);
});
