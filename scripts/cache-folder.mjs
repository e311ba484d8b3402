import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * The folder for files that outlive a checkout.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(env) {
  const base = env.XDG_CACHE_HOME;
  // The XDG specification says to ignore a relative path.
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), ".cache"), "cdn-preload-gate");
}
