import { join } from "node:path";
import { cacheFolder } from "../cache-folder.mjs";
import { providePackage } from "../npm-package.mjs";
import { isWindows, NODE_VERSION } from "./platforms.mjs";

/**
 * @param {import("./platforms.mjs").Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} where the cache keeps Node for that platform, there or not
 */
export function cachedNode({ name, nodePackage }, env) {
  const folder = join(cacheFolder(env), "node", `${nodePackage}-${NODE_VERSION}`);
  return join(folder, "bin", isWindows(name) ? "node.exe" : "node");
}

/**
 * Gets Node for a platform from the npm registry, once.
 *
 * @param {import("./platforms.mjs").Platform} platform
 * @param {{ root: string, env: NodeJS.ProcessEnv, progress: import("../progress.mjs").Progress }} options
 * @returns {Promise<string>} the full path of its executable
 */
export async function provideNode(platform, options) {
  const node = cachedNode(platform, options.env);
  const wanted = {
    name: platform.nodePackage,
    version: NODE_VERSION,
    integrity: platform.integrity,
    files: /^package\/(bin\/node(\.exe)?|LICENSE)$/,
    folder: join(node, "..", ".."),
    proof: node,
  };
  await providePackage(wanted, options);
  return node;
}
