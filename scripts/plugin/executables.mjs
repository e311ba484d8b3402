import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SetUpError } from "../set-up-error.mjs";
import { signForMac } from "./mac-signature.mjs";
import { provideNode } from "./node-of-platform.mjs";
import { hostPlatform, isWindows, NODE_VERSION, PLATFORMS } from "./platforms.mjs";
import { makeExecutable, prepareScript } from "./single-executable.mjs";

/**
 * @typedef {object} ExecutableMaker
 * @property {string} licences of all that others wrote of an executable: Node's, which names those of its own parts, and
 *   those of the bundle
 * @property {(platform: import("./platforms.mjs").Platform, executable: string) => Promise<void>} make
 */

/**
 * Gets what all executables are made of.
 *
 * @param {object} options
 * @param {import("./archives.mjs").Bundled} options.bundled
 * @param {import("./mac-signature.mjs").Signer} [options.signer] for the executables for macOS
 * @param {string} options.root
 * @param {NodeJS.ProcessEnv} options.env
 * @param {import("../progress.mjs").Progress} options.progress
 * @returns {Promise<ExecutableMaker>}
 */
export async function provideExecutableMaker({ bundled, signer, root, env, progress }) {
  const host = hostPlatform();
  if (host === undefined)
    throw new SetUpError(`There is no Node ${NODE_VERSION} for this machine to make executables with.`);
  const setUp = { root, env, progress };
  const blob = await prepareScript({ script: bundled.script, node: await provideNode(host, setUp) });
  const nodeLicence = await readNodeLicence(host, setUp);
  return {
    licences: `${nodeLicence.trim()}\n\n${bundled.licences}`,
    async make(platform, executable) {
      const node = await provideNode(platform, setUp);
      await progress.step(`executable for ${platform.name}`, async () => {
        await makeExecutable({ blob, node, platformName: platform.name, executable, root });
        if (signer !== undefined && isForMac(platform)) await signForMac(executable, signer);
      });
    },
  };
}

/** @param {import("./platforms.mjs").Platform} platform */
export function isForMac({ name }) {
  return name.startsWith("darwin-");
}

/**
 * The packages for Windows come without it.
 *
 * @param {import("./platforms.mjs").Platform} host
 * @param {Parameters<typeof provideNode>[1]} setUp
 */
async function readNodeLicence(host, setUp) {
  const [first = host] = PLATFORMS.filter(({ name }) => !isWindows(name));
  const node = await provideNode(isWindows(host.name) ? first : host, setUp);
  return readFile(join(dirname(node), "..", "LICENSE"), "utf8");
}
