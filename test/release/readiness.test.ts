import { runModule } from "../scripts/run-module";
import { temporaryFolder, writeFile } from "../scripts/temporary-folder";

const RELEASED = "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-02-03\n\n- One.\n";

interface State {
  readonly changelog?: string;
  readonly changeset?: boolean;
  readonly isPlaceholder?: boolean;
  readonly tag?: string;
}

function reasonsOf({ changelog = RELEASED, changeset = false, isPlaceholder = false, tag }: State): unknown {
  const root = temporaryFolder();
  writeFile(root, "CHANGELOG.md", changelog);
  writeFile(root, ".changeset/config.json", "{}");
  writeFile(root, ".changeset/README.md", "What this is.");
  if (changeset) writeFile(root, ".changeset/blue-cat.md", "---\n---\n");
  const repository = { url: "https://github.com/OWNER/cdn-preload-gate", isPlaceholder };
  const options = { root, version: "1.2.3", repository, tag };
  return runModule("release/readiness.mjs", "return it.explainUnready(args[0]);", options);
}

test("a tag of a version whose section is written is ready", () => {
  expect(reasonsOf({ tag: "v1.2.3" })).toEqual([]);
});

test("there is no release while the repository's address is a placeholder", () => {
  expect(reasonsOf({ isPlaceholder: true })).toEqual([
    "package.json has the placeholder https://github.com/OWNER/cdn-preload-gate. Write the repository's address there, " +
      "then run UPDATE_DOCS=1 npm test -- test/release/repository.test.ts, which writes it everywhere else.",
  ]);
});

test("there is no release of changes that have no version yet", () => {
  expect(reasonsOf({ changeset: true })).toEqual([
    ".changeset holds changes of no version yet (blue-cat.md). Run npm run release:version.",
  ]);
});

test("there is no release of a version that CHANGELOG.md says nothing about", () => {
  expect(reasonsOf({ changelog: "# Changelog\n\n## [Unreleased]\n" })).toEqual([
    "CHANGELOG.md has no section of 1.2.3. Run npm run release:version.",
  ]);
});

test("there is no release under another version's tag", () => {
  expect(reasonsOf({ tag: "v1.2.4" })).toEqual([
    "The tag is v1.2.4, and package.json has the version 1.2.3. Tag that version as v1.2.3.",
  ]);
});
