import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sectionOf } from "./changelog.mjs";

/**
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.version
 * @param {import("./repository.mjs").Repository} options.repository
 * @param {string} [options.tag] that the release is made for
 * @returns {Promise<string[]>} why there can be no release yet, and what to do, one sentence or two each
 */
export async function explainUnready({ root, version, repository, tag }) {
  const changelog = await readFile(join(root, "CHANGELOG.md"), "utf8");
  const changesets = await pendingChangesets(root);
  const reasons = [];
  if (repository.isPlaceholder) {
    reasons.push(
      `package.json has the placeholder ${repository.url}. Write the repository's address there, then run ` +
        "UPDATE_DOCS=1 npm test -- test/release/repository.test.ts, which writes it everywhere else.",
    );
  }
  if (changesets.length > 0) {
    reasons.push(
      `.changeset holds changes of no version yet (${changesets.join(", ")}). Run npm run release:version.`,
    );
  }
  if (sectionOf(changelog, version) === undefined)
    reasons.push(`CHANGELOG.md has no section of ${version}. Run npm run release:version.`);
  if (tag !== undefined && tag !== `v${version}`)
    reasons.push(
      `The tag is ${tag}, and package.json has the version ${version}. Tag that version as v${version}.`,
    );
  return reasons;
}

/**
 * @param {string} root
 * @returns {Promise<string[]>} the files of changes that no version has yet
 */
export async function pendingChangesets(root) {
  const files = await readdir(join(root, ".changeset"));
  return files.filter((name) => name.endsWith(".md") && name !== "README.md");
}
