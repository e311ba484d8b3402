// No imports and no recent syntax: an old Node has to get far enough to be told that it is too old.

/** The oldest Node that can run the set-up. What is set up then runs on the Node that npm ci brings. */
export const OLDEST_NODE_MAJOR = 20;

/**
 * @param {string} version as in `process.versions.node`, for example "18.20.4"
 * @returns {string | undefined} one line for the user, or undefined where this Node will do
 */
export function explainOldNode(version) {
  const major = Number(version.split(".")[0]);
  if (major >= OLDEST_NODE_MAJOR) return undefined;
  return (
    "This needs Node " +
    OLDEST_NODE_MAJOR +
    " or newer to set itself up, and this is Node " +
    version +
    ": " +
    "install a newer Node (https://nodejs.org) and run the same command again."
  );
}
