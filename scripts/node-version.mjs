// Uses no imports and no recent syntax, so that an old Node can run it and report that it is too old.

/** The oldest Node that can run the set-up. Later steps run on the Node that npm ci installs. */
export const OLDEST_NODE_MAJOR = 20;

/**
 * @param {string} version as in `process.versions.node`, for example "18.20.4"
 * @returns {string | undefined} one line for the user, or undefined if this Node is new enough
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
