/** The oldest Node that this package runs on; package.json's `engines` says the same, and a test compares them. */
export const OLDEST_NODE = "22.19.0";

/**
 * What to say where Node is too old; `undefined` where it is not. The module that loads first calls it before it loads
 * anything else, so this file is written for any Node that there may be.
 *
 * @param version such as `20.11.0`.
 */
export function explainOldNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split(".").map(Number);
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return isOld
    ? `cdn-preload-gate needs Node ${oldestMajor}.${oldestMinor} or later; this is Node ${version}.`
    : undefined;
}
