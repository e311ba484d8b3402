import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runModule } from "../scripts/run-module";

const BEFORE = `# Changelog

What this is.

## [Unreleased]

For contributors.

### Pulumi

- One.
- Two,
  in two lines.

### Command line

- Three.

## [0.1.0] - 2026-01-01

### Pulumi

- Zero.

[0.1.0]: https://github.com/acme/cdn-preload-gate/releases/tag/v0.1.0
`;

const RELEASE = {
  version: "0.2.0",
  date: "2026-02-03",
  url: "https://github.com/acme/cdn-preload-gate/releases/tag/v0.2.0",
};

function withRelease(changelog: string, changes: readonly object[] = []): string {
  const body = "try { return it.withRelease(args[0], args[1]); } catch (error) { return error.message; }";
  return runModule("release/changelog.mjs", body, changelog, { ...RELEASE, changes }) as string;
}

function sectionOf(changelog: string, version: string): unknown {
  return runModule("release/changelog.mjs", "return it.sectionOf(...args);", changelog, version);
}

test("what is under Unreleased becomes the version's section, with the changesets' lines after it", () => {
  const changes = [
    { type: "minor", summary: "Four." },
    { type: "patch", summary: "Five,\nin two lines." },
  ];
  expect(withRelease(BEFORE, changes)).toBe(`# Changelog

What this is.

## [Unreleased]

## [0.2.0] - 2026-02-03

### Pulumi

- One.
- Two,
  in two lines.

### Command line

- Three.

### New

- Four.

### Fixed

- Five,
  in two lines.

## [0.1.0] - 2026-01-01

### Pulumi

- Zero.

[0.1.0]: https://github.com/acme/cdn-preload-gate/releases/tag/v0.1.0
[0.2.0]: https://github.com/acme/cdn-preload-gate/releases/tag/v0.2.0
`);
});

test("the first version's section is the first", () => {
  const first = withRelease("# Changelog\n\n## [Unreleased]\n\n### Pulumi\n\n- One.\n");
  expect(first).toBe(
    "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n\n### Pulumi\n\n- One.\n\n" +
      "[0.2.0]: https://github.com/acme/cdn-preload-gate/releases/tag/v0.2.0\n",
  );
  expect(sectionOf(first, "0.2.0")).toBe("### Pulumi\n\n- One.");
});

test("a version without changes is refused", () => {
  expect(withRelease("# Changelog\n\n## [Unreleased]\n\nNothing yet.\n")).toBe(
    "There is nothing under Unreleased in CHANGELOG.md, and no changeset.",
  );
});

test("a changelog without Unreleased is refused", () => {
  expect(withRelease("# Changelog\n")).toBe('CHANGELOG.md has no line "## [Unreleased]".');
});

test("a version's section ends where the next begins, or where the links begin", () => {
  expect(sectionOf(BEFORE, "0.1.0")).toBe("### Pulumi\n\n- Zero.");
  expect(sectionOf(BEFORE, "Unreleased")).toMatch(/^For contributors\.[\s\S]*- Three\.$/);
  expect(sectionOf(BEFORE, "0.3.0")).toBeNull();
});

test("the project's own changelog can become a release's", () => {
  const own = readFileSync(join(__dirname, "../../CHANGELOG.md"), "utf8");
  const lines = (text: string) => text.match(/^(- |### ).*$/gm)?.length ?? 0;
  const released = withRelease(own, [{ type: "patch", summary: "A fault is fixed." }]);
  expect(released).toContain(`## [${RELEASE.version}] - ${RELEASE.date}\n\n### `);
  expect(lines(released)).toBe(lines(own) + 2);
});
