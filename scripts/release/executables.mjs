import { rm } from "node:fs/promises";
import { join } from "node:path";
import { InterruptedError } from "../child.mjs";
import { makeCommandArchive, makeExecutableArchive } from "../plugin/archives.mjs";
import { isForMac, provideExecutableMaker } from "../plugin/executables.mjs";
import { findMacSigner, provideMacSigner } from "../plugin/mac-signature.mjs";
import { provideNode } from "../plugin/node-of-platform.mjs";
import { hostPlatform } from "../plugin/platforms.mjs";
import { SetUpError } from "../set-up-error.mjs";
import { makeHostBase } from "./image/host-base.mjs";
import { makeImages } from "./image/make-image.mjs";

/**
 * @typedef {object} Making
 * @property {readonly import("../plugin/platforms.mjs").Platform[]} platforms
 * @property {import("../plugin/archives.mjs").Bundled} bundled
 * @property {boolean} isDry what this machine cannot make is told, and left out
 * @property {string | undefined} base the layout that the container image stands on
 * @property {Record<string, string>} annotations of the container image
 * @property {string} work a folder for what is not packed yet
 * @property {string} root
 * @property {NodeJS.ProcessEnv} env
 * @property {string} version
 * @property {string} out
 * @property {import("../progress.mjs").Progress} progress
 */

/**
 * Makes the executable for each platform once, and packs it as the command line, as Pulumi's plugin and as a container.
 *
 * @param {Making} making
 */
export async function makeReleaseExecutables(making) {
  const { bundled, work, root, env, version, out, progress } = making;
  const signer = await macSigner(making);
  const platforms = await obtainable(making, { canSign: signer !== undefined });
  if (platforms.length === 0) return;
  const maker = await provideExecutableMaker({ bundled, signer, root, env, progress });
  const { licences } = maker;
  /** @type {import("./image/make-image.mjs").Built[]} */
  const built = [];
  for (const platform of platforms) {
    const executable = join(work, platform.name);
    await maker.make(platform, executable);
    const packed = { executable, licences, platformName: platform.name, root, version, out };
    await progress.step(`archives for ${platform.name}`, async () => {
      await makeCommandArchive(packed);
      await makeExecutableArchive(packed);
    });
    const [system, architecture = ""] = platform.name.split("-");
    if (system === "linux") built.push({ architecture, executable, licences });
    else await rm(executable);
  }
  if (built.length > 0) await progress.step("container image", () => makeContainerImage(making, built));
}

/** @param {Making} making */
async function macSigner({ platforms, isDry, env, progress }) {
  if (!platforms.some(isForMac)) return undefined;
  return isDry ? findMacSigner(env) : provideMacSigner({ env, progress });
}

/**
 * Gets Node for each platform, and leaves out of a dry run those that it cannot be made for here.
 *
 * @param {Making} making
 * @param {{ canSign: boolean }} options
 */
async function obtainable({ platforms, isDry, root, env, progress }, { canSign }) {
  const found = [];
  for (const platform of platforms) {
    if (isForMac(platform) && !canSign) {
      progress.say(`nothing for ${platform.name}: there is no rcodesign to sign it with`);
      continue;
    }
    try {
      await provideNode(platform, { root, env, progress });
      found.push(platform);
    } catch (error) {
      if (!isDry || error instanceof InterruptedError) throw error;
      progress.say(`nothing for ${platform.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return found;
}

/**
 * @param {Making} making
 * @param {readonly import("./image/make-image.mjs").Built[]} built
 */
async function makeContainerImage({ isDry, base, annotations, work, root, version, out, progress }, built) {
  const found = base ?? (await hostBase(join(work, "base"), built));
  if (found === undefined) {
    progress.say("no container image: this machine has no C library for it");
    return;
  }
  const layout = join(out, "image");
  const missing = await makeImages({ layout, base: found, built, root, version, annotations });
  if (missing.length === 0) return;
  const told = `the base of the container image is not for ${missing.join(", ")}`;
  if (!isDry) throw new SetUpError(`In ${found}, ${told}.`);
  progress.say(`${told}: here it is this machine's C library`);
}

/**
 * @param {string} layout
 * @param {readonly import("./image/make-image.mjs").Built[]} built
 * @returns {Promise<string | undefined>}
 */
async function hostBase(layout, built) {
  const host = hostPlatform();
  const own = built.find(({ architecture }) => host?.name === `linux-${architecture}`);
  if (own === undefined) return undefined;
  const { executable, architecture } = own;
  return (await makeHostBase({ layout, executable, architecture })) ? layout : undefined;
}
