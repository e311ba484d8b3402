import { SetUpError } from "../set-up-error.mjs";

/** Stands in for the owner's name until the project has an address. */
const PLACEHOLDER = "OWNER";
const ADDRESS = /^git\+(https:\/\/github\.com\/([\w.-]+)\/([\w.-]+))\.git$/;

/**
 * @typedef {object} Repository
 * @property {string} url of its page, without a slash at its end
 * @property {string} path what GitHub calls it: the owner and the name
 * @property {string} image of containers, in the registry that belongs to it
 * @property {boolean} isPlaceholder
 */

/**
 * Where the repository lies. Only package.json names it; everything else is made from that, or checked against it by
 * test/release/repository.test.ts.
 *
 * @param {{ repository?: { url?: string } }} manifest what package.json holds
 * @returns {Repository}
 */
export function repositoryOf({ repository }) {
  const [, url, owner, name] = ADDRESS.exec(repository?.url ?? "") ?? [];
  if (url === undefined || owner === undefined || name === undefined) {
    throw new SetUpError(
      `package.json has the repository ${JSON.stringify(repository?.url)}. It must have the form ` +
        '"git+https://github.com/<owner>/<name>.git".',
    );
  }
  return {
    url,
    path: `${owner}/${name}`,
    // A registry takes no capital letters.
    image: `ghcr.io/${owner}/${name}`.toLowerCase(),
    isPlaceholder: owner === PLACEHOLDER,
  };
}

/**
 * @param {Repository} repository
 * @param {string} version
 * @param {string} file
 * @returns {string} where a release's file can be downloaded
 */
export function downloadUrl({ url }, version, file) {
  return `${url}/releases/download/v${version}/${file}`;
}
