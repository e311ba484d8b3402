import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { capture } from "../child.mjs";
import { SetUpError } from "../set-up-error.mjs";

/** Holds the commits of releases: main's files and the bundles beside them. */
export const RELEASE_BRANCH = "release";

/**
 * @typedef {object} Bundles
 * @property {readonly string[]} files as the repository names them
 * @property {(name: string, file: string) => Promise<unknown>} make writes the one of that name into a file
 */

/**
 * Commits what is checked out together with the bundles to the release branch, and tags that. What is taken from the
 * repository itself, the GitHub Action and the plugin's folder, needs the bundles there. Main does not have them.
 *
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.version
 * @param {Bundles} options.bundles
 * @returns {Promise<string>} the commit
 */
export async function commitRelease({ root, version, bundles }) {
  const tag = `v${version}`;
  if ((await git(root, ["status", "--porcelain"])) !== "")
    throw new SetUpError("There are changes that are not committed. A release is made of a commit.");
  if ((await git(root, ["tag", "--list", tag])) !== "")
    throw new SetUpError(`There is a tag ${tag} already. Run npm run release:version for the next version.`);
  for (const name of bundles.files) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await bundles.make(name, join(root, name));
  }
  const tree = await treeWith(root, bundles.files);
  const head = await git(root, ["rev-parse", "HEAD"]);
  const before = await releasesBefore(root);
  const parents = [...before, head].flatMap((commit) => ["-p", commit]);
  const commit = await git(root, ["commit-tree", tree, ...parents, "-m", `Release ${tag}`]);
  await git(root, ["update-ref", `refs/heads/${RELEASE_BRANCH}`, commit]);
  await git(root, ["tag", "--annotate", "-m", `Release ${tag}`, tag, commit]);
  return commit;
}

/**
 * @param {{ root: string, bundles: Bundles }} options
 * @returns {Promise<string[]>} the bundles that the checked out commit lacks, or that its sources no longer make
 */
export async function outdatedBundles({ root, bundles }) {
  const folder = await mkdtemp(join(tmpdir(), "cdn-preload-gate-bundles-"));
  try {
    const outdated = [];
    for (const name of bundles.files) {
      const made = join(folder, "made.js");
      await bundles.make(name, made);
      const committed = await git(root, ["ls-files", "--error-unmatch", name]).catch(() => undefined);
      const isCurrent =
        committed !== undefined && (await readFile(made)).equals(await readFile(join(root, name)));
      if (!isCurrent) outdated.push(name);
    }
    return outdated;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {readonly string[]} files that .gitignore leaves out
 * @returns {Promise<string>} HEAD's tree with the files
 */
async function treeWith(root, files) {
  const folder = await mkdtemp(join(tmpdir(), "cdn-preload-gate-index-"));
  try {
    // An index of its own: the next commit to main must not hold the bundles.
    const env = { ...process.env, GIT_INDEX_FILE: join(folder, "index") };
    await git(root, ["read-tree", "HEAD"], env);
    await git(root, ["add", "--force", "--", ...files], env);
    return await git(root, ["write-tree"], env);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} root */
async function releasesBefore(root) {
  for (const ref of [`refs/remotes/origin/${RELEASE_BRANCH}`, `refs/heads/${RELEASE_BRANCH}`]) {
    const found = await git(root, ["for-each-ref", "--format=%(objectname)", ref]);
    if (found !== "") return [found];
  }
  return [];
}

/**
 * @param {string} root
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>} what it printed, without the last line's end
 */
async function git(root, args, env = process.env) {
  const { ok, stdout, output, problem } = await capture("git", args, { cwd: root, env });
  if (!ok) throw new SetUpError(`git ${args[0]} failed (${problem}): ${output.trim()}`);
  return stdout.trim();
}
