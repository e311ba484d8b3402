import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundle } from "../bundle.mjs";
import { pack, packZip } from "./archive.mjs";
import { licencesOf } from "./licences.mjs";
import {
  COMMAND,
  commandArchiveName,
  executableArchiveName,
  isWindows,
  nodeArchiveName,
  PLUGIN,
} from "./platforms.mjs";
import { BUNDLE, startScripts } from "./start-scripts.mjs";

const LICENCES_OF_OTHERS = "THIRD_PARTY_LICENSES.txt";

/**
 * @typedef {object} Bundled
 * @property {string} script the one file that all archives hold or run
 * @property {string[]} files that went into it
 * @property {string} licences of what others wrote of it
 */

/**
 * @param {{ root: string, folder: string }} options
 * @returns {Promise<Bundled>}
 */
export async function bundleFronts({ root, folder }) {
  const script = join(folder, BUNDLE);
  const files = await bundle({ entryPoint: join(root, "provider", "executable.ts"), outfile: script });
  return { script, files, licences: await licencesOf(files) };
}

/**
 * Packs the bundle with what starts it on the Node of PATH: one archive for all platforms.
 *
 * @param {{ bundled: Bundled, root: string, version: string, oldestNode: string, out: string }} options
 * @returns {Promise<string>} the archive
 */
export function makeNodeArchive({ bundled, root, version, oldestNode, out }) {
  return packFolder(join(out, nodeArchiveName(version)), async (folder) => {
    await copyFile(bundled.script, join(folder, BUNDLE));
    for (const [name, text] of Object.entries(startScripts(oldestNode))) {
      await writeFile(join(folder, name), text);
      await chmod(join(folder, name), 0o755);
    }
    await writeLicences(folder, { root, licences: bundled.licences });
  });
}

/**
 * Packs an executable that needs no Node under the name that makes it the plugin.
 *
 * @param {PackedExecutable & { version: string, out: string }} options
 * @returns {Promise<string>} the archive
 */
export function makeExecutableArchive({ version, out, ...options }) {
  const archive = join(out, executableArchiveName(version, options.platformName));
  return packExecutable({ ...options, archive, name: PLUGIN });
}

/**
 * Packs an executable that needs no Node under the name that makes it the command line.
 *
 * @param {PackedExecutable & { version: string, out: string }} options
 * @returns {Promise<string>} the archive
 */
export function makeCommandArchive({ version, out, ...options }) {
  const archive = join(out, commandArchiveName(version, options.platformName));
  return packExecutable({ ...options, archive, name: COMMAND });
}

/**
 * @typedef {object} PackedExecutable
 * @property {string} executable
 * @property {string} licences of all that others wrote of it
 * @property {string} platformName
 * @property {string} root
 */

/**
 * @param {PackedExecutable & { archive: string, name: string }} options
 * @returns {Promise<string>} the archive
 */
function packExecutable({ executable, licences, platformName, root, archive, name }) {
  return packFolder(archive, async (folder) => {
    const packed = join(folder, isWindows(platformName) ? `${name}.exe` : name);
    await copyFile(executable, packed);
    await chmod(packed, 0o755);
    await writeLicences(folder, { root, licences });
  });
}

/**
 * @param {string} folder
 * @param {{ root: string, licences: string }} options `licences` of others
 */
export async function writeLicences(folder, { root, licences }) {
  await copyFile(join(root, "LICENSE"), join(folder, "LICENSE"));
  await writeFile(join(folder, LICENCES_OF_OTHERS), licences);
}

/**
 * Lets `fill` fill a folder, and packs it. An interruption leaves no half of an archive.
 *
 * @param {string} archive
 * @param {(folder: string) => Promise<void>} fill
 */
async function packFolder(archive, fill) {
  await mkdir(dirname(archive), { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), "cdn-preload-gate-plugin-"));
  const unfinished = `${archive}.new-${process.pid}`;
  try {
    await fill(folder);
    await (archive.endsWith(".zip") ? packZip : pack)(folder, unfinished);
    await rename(unfinished, archive);
    return archive;
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(unfinished, { force: true });
  }
}
