import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture } from "../child.mjs";
import { writeSchemaSum } from "../plugin/schema-sum.mjs";
import { SetUpError } from "../set-up-error.mjs";
import { sectionOf, withRelease } from "./changelog.mjs";
import { pendingChangesets } from "./readiness.mjs";
import { repositoryOf } from "./repository.mjs";
import { replaceVersion } from "./version-files.mjs";

/**
 * Raises the version by what the changesets say, and makes CHANGELOG.md's section of it. Without changesets, the version
 * that package.json has gets its section: this is how the first release is made.
 *
 * @param {string} root
 * @param {{ date: string }} options such as `2026-11-27`
 * @returns {Promise<{ version: string, changed: string[] }>} `changed` are the files that have the version
 */
export async function raiseVersion(root, { date }) {
  const before = await readManifest(root);
  const changes = (await pendingChangesets(root)).length > 0 ? await readChanges(root) : [];
  if (changes.length > 0) await runChangeset(root, ["version"]);
  const { version, repository } = await readManifest(root);
  const file = join(root, "CHANGELOG.md");
  const changelog = await readFile(file, "utf8");
  if (sectionOf(changelog, version) !== undefined) {
    throw new SetUpError(
      `CHANGELOG.md has a section of ${version}, and there is no changeset that raises the version. ` +
        "Run npm run changeset to describe a change.",
    );
  }
  const url = `${repositoryOf({ repository }).url}/releases/tag/v${version}`;
  await writeFile(file, withRelease(changelog, { version, date, url, changes }));
  const changed = await replaceVersion(root, { from: before.version, to: version });
  await writeSchemaSum(root);
  return { version, changed };
}

/**
 * @param {string} root
 * @returns {Promise<{ version: string, repository: { url: string } }>}
 */
async function readManifest(root) {
  return JSON.parse(await readFile(join(root, "package.json"), "utf8"));
}

/**
 * @param {string} root
 * @returns {Promise<import("./changelog.mjs").Change[]>} what the changesets say, the changes that matter most first
 */
async function readChanges(root) {
  const folder = await mkdtemp(join(tmpdir(), "cdn-preload-gate-changesets-"));
  try {
    const output = join(folder, "plan.json");
    await runChangeset(root, ["status", "--output", output]);
    /** @type {{ changesets: { summary: string, releases: { type: string }[] }[] }} */
    const { changesets } = JSON.parse(await readFile(output, "utf8"));
    const changes = changesets.flatMap(({ summary, releases }) =>
      releases.map(({ type }) => ({ type, summary })),
    );
    return ["major", "minor", "patch"].flatMap((type) => changes.filter((change) => change.type === type));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string[]} args
 */
async function runChangeset(root, args) {
  const cli = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");
  const { ok, output, problem } = await capture(process.execPath, [cli, ...args], { cwd: root });
  if (!ok) throw new SetUpError(`changeset ${args[0]} failed (${problem}):\n${output.trim()}`);
}
