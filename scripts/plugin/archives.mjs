import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundle } from "../bundle.mjs";
import { pack } from "./archive.mjs";
import { licencesOf } from "./licences.mjs";
import { executableArchiveName, isWindows, nodeArchiveName, PLUGIN } from "./platforms.mjs";
import { makeExecutable } from "./single-executable.mjs";
import { BUNDLE, startScripts } from "./start-scripts.mjs";

const LICENCES_OF_OTHERS = "THIRD_PARTY_LICENSES.txt";

/**
 * @typedef {object} Bundled
 * @property {string} script the one file that all archives hold or run
 * @property {string} licences of what others wrote of it
 */

/**
 * @param {{ root: string, folder: string }} options
 * @returns {Promise<Bundled>}
 */
export async function bundleFronts({ root, folder }) {
  const script = join(folder, BUNDLE);
  const files = await bundle({ entryPoint: join(root, "provider", "executable.ts"), outfile: script });
  return { script, licences: await licencesOf(files) };
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
 * Packs an executable that needs no Node.
 *
 * @param {object} options
 * @param {Bundled} options.bundled
 * @param {string} options.blob what `prepareScript` made of the bundle
 * @param {string} options.node of the platform that it is for
 * @param {string} options.nodeLicence Node's, which names those of its own parts
 * @param {string} options.platformName
 * @param {(executable: string) => Promise<void>} [options.sign]
 * @param {string} options.root
 * @param {string} options.version
 * @param {string} options.out
 * @returns {Promise<string>} the archive
 */
export function makeExecutableArchive(options) {
  const { bundled, blob, node, nodeLicence, platformName, sign, root, version, out } = options;
  return packFolder(join(out, executableArchiveName(version, platformName)), async (folder) => {
    const executable = join(folder, isWindows(platformName) ? `${PLUGIN}.exe` : PLUGIN);
    await makeExecutable({ blob, node, platformName, executable, root });
    await sign?.(executable);
    await writeLicences(folder, { root, licences: `${nodeLicence.trim()}\n\n${bundled.licences}` });
  });
}

/**
 * @param {string} folder
 * @param {{ root: string, licences: string }} options
 */
async function writeLicences(folder, { root, licences }) {
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
    await pack(folder, unfinished);
    await rename(unfinished, archive);
    return archive;
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(unfinished, { force: true });
  }
}
