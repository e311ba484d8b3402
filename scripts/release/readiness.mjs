import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { SetUpError } from "../set-up-error.mjs";
import { sectionOf } from "./changelog.mjs";
import { repositoryOf } from "./repository.mjs";

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
 * @returns {Promise<string>} the version, if it can be released
 */
export async function requireReady(root) {
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const { version } = manifest;
  refuseFor(await explainUnready({ root, version, repository: repositoryOf(manifest) }));
  return version;
}

/** @param {readonly string[]} reasons why there can be no release; without one there can be */
export function refuseFor(reasons) {
  if (reasons.length > 0) throw new SetUpError(`This is no release yet:\n${listed(reasons)}`);
}

/** @param {readonly string[]} reasons */
export function listed(reasons) {
  return reasons.map((reason) => `- ${reason}`).join("\n");
}

/**
 * @param {string} root
 * @returns {Promise<string[]>} the files of changes that no version has yet
 */
export async function pendingChangesets(root) {
  const files = await readdir(join(root, ".changeset"));
  return files.filter((name) => name.endsWith(".md") && name !== "README.md");
}
