import { chmod, copyFile, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeLicences } from "../../plugin/archives.mjs";
import { COMMAND } from "../../plugin/platforms.mjs";
import { addImage, addLayer, copyLayers, finishLayout, readImage, startLayout } from "./layout.mjs";

const BIN = "usr/bin";
/** By this name the executable is the emulator; see `provider/executable.ts`. */
export const EMULATOR = `${COMMAND}-emulator`;

/**
 * @typedef {object} Built what the image of one architecture is made of
 * @property {string} architecture
 * @property {string} executable for Linux on it
 * @property {string} licences of all that others wrote of the executable
 */

/**
 * Makes the container images in the layout of the Open Container Initiative: one layer each on what the base has.
 *
 * It needs no Docker. A Dockerfile could only be tried out where there is one, and the network that its base comes from.
 *
 * @param {object} options
 * @param {string} options.layout an empty or new folder
 * @param {string} options.base the folder of a layout
 * @param {readonly Built[]} options.built
 * @param {string} options.root
 * @param {string} options.version
 * @param {Record<string, string>} options.annotations what a registry shows, as the specification names it
 * @returns {Promise<string[]>} the architectures that the base lacks
 */
export async function makeImages({ layout, base, built, root, version, annotations }) {
  await startLayout(layout);
  const images = [];
  const missing = [];
  for (const each of built) {
    const below = await readImage(base, each.architecture);
    if (below === undefined) {
      missing.push(each.architecture);
      continue;
    }
    await copyLayers({ from: base, to: layout, layers: below.layers });
    const layer = await layerOf(each, { layout, root });
    const config = {
      ...below.config.config,
      Entrypoint: [`/${BIN}/${COMMAND}`],
      Cmd: ["--help"],
      Labels: annotations,
    };
    const layers = [...below.layers, layer];
    images.push(await addImage(layout, { config: { ...withoutHistory(below.config), config }, layers }));
  }
  await finishLayout(layout, { images, name: version, annotations });
  return missing;
}

/**
 * A history has to name every layer, and says nothing that the labels do not say.
 *
 * @param {import("./layout.mjs").ImageConfig & { history?: unknown }} config
 */
function withoutHistory({ history, ...config }) {
  return config;
}

/**
 * @param {Built} built
 * @param {{ layout: string, root: string }} options
 */
async function layerOf({ executable, licences }, { layout, root }) {
  const folder = await mkdtemp(join(tmpdir(), "cdn-preload-gate-layer-"));
  try {
    const command = join(folder, BIN, COMMAND);
    const documents = join(folder, "usr/share/doc", COMMAND);
    await mkdir(dirname(command), { recursive: true });
    await mkdir(documents, { recursive: true });
    await copyFile(executable, command);
    await chmod(command, 0o755);
    await symlink(COMMAND, join(folder, BIN, EMULATOR));
    await writeLicences(documents, { root, licences });
    return await addLayer(layout, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
