import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { extract } from "tar";
import { capture } from "./child.mjs";
import { npmCommand } from "./dependencies.mjs";
import { withFolderLock } from "./folder-lock.mjs";
import { SetUpError } from "./set-up-error.mjs";

const NPM_TIMEOUT_MS = 10 * 60_000;

/**
 * A package of the npm registry that is no dependency of this project, because it is large and few tasks need it.
 *
 * @typedef {object} CachedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} integrity as npm shows it: what this project has checked
 * @property {RegExp} files what is taken of it, by its path in the archive
 * @property {string} folder where the cache keeps it
 * @property {string} proof a file in that folder, which is there once the package is
 */

/**
 * Gets a package from the npm registry, once.
 *
 * @param {CachedPackage} wanted
 * @param {{ root: string, env: NodeJS.ProcessEnv, progress: import("./progress.mjs").Progress }} options
 */
export async function providePackage(wanted, { root, env, progress }) {
  if (existsSync(wanted.proof)) return;
  const label = `${wanted.name} ${wanted.version} (from the npm registry)`;
  const onWait = (/** @type {string} */ holder) => progress.say(`${holder} gets ${label}: waiting for it`);
  await withFolderLock(`${wanted.folder}.lock`, { onWait }, async () => {
    // The process that held the lock before this one may have put it there.
    if (!existsSync(wanted.proof)) await progress.step(label, () => download(wanted, { root, env }));
  });
}

/**
 * Fills a folder of its own and moves it, so that an interruption leaves no half of a package in the cache.
 *
 * @param {CachedPackage} wanted
 * @param {{ root: string, env: NodeJS.ProcessEnv }} options
 */
async function download(wanted, { root, env }) {
  const folder = `${wanted.folder}.new-${process.pid}`;
  await mkdir(folder, { recursive: true });
  try {
    const packed = await packByNpm(wanted, { root, env, folder });
    await extract({ file: packed, cwd: folder, strip: 1, filter: (path) => wanted.files.test(path) });
    await rm(packed);
    await rm(wanted.folder, { recursive: true, force: true });
    await rename(folder, wanted.folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {CachedPackage} wanted
 * @param {{ root: string, env: NodeJS.ProcessEnv, folder: string }} options `folder` is empty
 * @returns {Promise<string>} the package's archive in the folder
 */
async function packByNpm({ name, version, integrity }, { root, env, folder }) {
  const wanted = `${name}@${version}`;
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
        `and not ${integrity}.`,
    );
  }
  return packed;
}
