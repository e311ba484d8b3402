import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { extract } from "tar";
import { cacheFolder } from "../cache-folder.mjs";
import { capture } from "../child.mjs";
import { npmCommand } from "../dependencies.mjs";
import { withFolderLock } from "../folder-lock.mjs";
import { SetUpError } from "../set-up-error.mjs";
import { isWindows, NODE_VERSION } from "./platforms.mjs";

const NPM_TIMEOUT_MS = 10 * 60_000;

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
export async function provideNode(platform, { root, env, progress }) {
  const node = cachedNode(platform, env);
  if (existsSync(node)) return node;
  const label = `${platform.nodePackage} ${NODE_VERSION} (from the npm registry)`;
  const destination = join(node, "..", "..");
  const onWait = (/** @type {string} */ holder) => progress.say(`${holder} gets ${label}: waiting for it`);
  await withFolderLock(`${destination}.lock`, { onWait }, async () => {
    // Whoever held the lock before us may have put it there.
    if (!existsSync(node)) await progress.step(label, () => download(platform, destination, { root, env }));
  });
  return node;
}

/**
 * Fills a folder of its own and moves it, so that an interruption leaves no half of a Node in the cache.
 *
 * @param {import("./platforms.mjs").Platform} platform
 * @param {string} destination
 * @param {{ root: string, env: NodeJS.ProcessEnv }} options
 */
async function download(platform, destination, { root, env }) {
  const folder = `${destination}.new-${process.pid}`;
  await mkdir(folder, { recursive: true });
  try {
    const packed = await packByNpm(platform, { root, env, folder });
    const wanted = /^package\/(bin\/node(\.exe)?|LICENSE)$/;
    await extract({ file: packed, cwd: folder, strip: 1, filter: (path) => wanted.test(path) });
    await rm(packed);
    await rm(destination, { recursive: true, force: true });
    await rename(folder, destination);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {import("./platforms.mjs").Platform} platform
 * @param {{ root: string, env: NodeJS.ProcessEnv, folder: string }} options `folder` is empty
 * @returns {Promise<string>} the package's archive in the folder
 */
async function packByNpm({ nodePackage, integrity }, { root, env, folder }) {
  const wanted = `${nodePackage}@${NODE_VERSION}`;
  const [command, ...before] = npmCommand({ root, env });
  const args = [...before, "pack", wanted, "--pack-destination", folder, "--loglevel=error"];
  const { ok, output, problem } = await capture(command, args, { cwd: root, env, timeoutMs: NPM_TIMEOUT_MS });
  if (!ok) throw new SetUpError(`npm pack ${wanted} failed (${problem}): ${output.trim()}`);
  const packed = join(folder, (await readdir(folder))[0] ?? "");
  const digest = createHash("sha512")
    .update(await readFile(packed))
    .digest("base64");
  if (`sha512-${digest}` !== integrity) {
    throw new SetUpError(
      `What npm brought as ${wanted} is not what this project has checked: its integrity is sha512-${digest}, ` +
        `and scripts/plugin/platforms.mjs says ${integrity}.`,
    );
  }
  return packed;
}
