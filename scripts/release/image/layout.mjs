import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { packTar, sumOf } from "../../plugin/archive.mjs";

/**
 * The image layout of the Open Container Initiative: a folder that skopeo, podman and others copy to a registry.
 * https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const CONFIG = "application/vnd.oci.image.config.v1+json";
const LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

/**
 * @typedef {object} Descriptor
 * @property {string} mediaType
 * @property {string} digest
 * @property {number} size
 * @property {{ os: string, architecture: string, variant?: string }} [platform]
 * @property {Record<string, string>} [annotations]
 *
 * @typedef {object} Layer
 * @property {Descriptor} descriptor
 * @property {string} diffId the digest of what is in it, uncompressed
 *
 * @typedef {object} ImageConfig
 * @property {string} architecture
 * @property {string} os
 * @property {Record<string, unknown>} config how a container starts
 * @property {{ type: string, diff_ids: string[] }} rootfs
 *
 * @typedef {object} Image
 * @property {ImageConfig} config
 * @property {Layer[]} layers
 */

/** @param {string} layout an empty or new folder */
export async function startLayout(layout) {
  await mkdir(join(layout, "blobs", "sha256"), { recursive: true });
  await writeFile(join(layout, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
}

/**
 * Packs a folder as a layer.
 *
 * @param {string} layout
 * @param {string} folder
 * @returns {Promise<Layer>}
 */
export async function addLayer(layout, folder) {
  const tar = join(layout, "layer.tar");
  const compressed = `${tar}.gz`;
  await packTar(folder, tar, { gzip: false });
  const content = createHash("sha256");
  await pipeline(
    createReadStream(tar),
    async function* (chunks) {
      for await (const chunk of chunks) {
        content.update(chunk);
        yield chunk;
      }
    },
    createGzip(),
    createWriteStream(compressed),
  );
  await rm(tar);
  const digest = `sha256:${await sumOf(compressed)}`;
  const { size } = await stat(compressed);
  await rename(compressed, blobFile(layout, digest));
  return { descriptor: { mediaType: LAYER, digest, size }, diffId: `sha256:${content.digest("hex")}` };
}

/**
 * @param {string} layout which has the layers
 * @param {Image} image
 * @returns {Promise<Descriptor>}
 */
export async function addImage(layout, { config, layers }) {
  const rootfs = { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) };
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: await addJson(layout, CONFIG, { ...config, rootfs }),
    layers: layers.map(({ descriptor }) => descriptor),
  };
  const { os, architecture } = config;
  return { ...(await addJson(layout, MANIFEST, manifest)), platform: { os, architecture } };
}

/**
 * Names what a registry gets: one index of the images of all platforms.
 *
 * @param {string} layout
 * @param {{ images: Descriptor[], name: string, annotations: Record<string, string> }} options `name` is the tag
 */
export async function finishLayout(layout, { images, name, annotations }) {
  const index = { schemaVersion: 2, mediaType: INDEX, manifests: images, annotations };
  const descriptor = await addJson(layout, INDEX, index);
  const named = { ...descriptor, annotations: { "org.opencontainers.image.ref.name": name } };
  const top = { schemaVersion: 2, mediaType: INDEX, manifests: [named] };
  await writeFile(join(layout, "index.json"), JSON.stringify(top));
}

/**
 * @param {string} layout
 * @param {string} architecture
 * @returns {Promise<Image | undefined>} the image for Linux on that architecture, where the layout has one
 */
export async function readImage(layout, architecture) {
  const top = JSON.parse(await readFile(join(layout, "index.json"), "utf8"));
  const manifest = await findManifest(layout, top.manifests, architecture);
  if (manifest === undefined) return undefined;
  /** @type {ImageConfig} */
  const config = await readJson(layout, manifest.config);
  /** @type {Descriptor[]} */
  const descriptors = manifest.layers;
  const layers = descriptors.map((descriptor, index) => ({
    descriptor,
    diffId: config.rootfs.diff_ids[index] ?? "",
  }));
  return { config, layers };
}

/**
 * @param {{ from: string, to: string, layers: readonly Layer[] }} options layouts
 */
export async function copyLayers({ from, to, layers }) {
  for (const { descriptor } of layers)
    await copyFile(blobFile(from, descriptor.digest), blobFile(to, descriptor.digest));
}

/**
 * @param {string} layout
 * @param {readonly Descriptor[]} descriptors of images, and of indexes of images
 * @param {string} architecture
 * @returns {Promise<{ config: Descriptor, layers: Descriptor[] } | undefined>}
 */
async function findManifest(layout, descriptors, architecture) {
  for (const descriptor of descriptors) {
    const content = await readJson(layout, descriptor);
    if (Array.isArray(content.manifests)) {
      const found = await findManifest(layout, content.manifests, architecture);
      if (found !== undefined) return found;
      continue;
    }
    // Besides images, an index may have attestations, which are for no platform that there is.
    const config = content.config === undefined ? {} : await readJson(layout, content.config);
    if (config.os === "linux" && config.architecture === architecture) return content;
  }
  return undefined;
}

/**
 * @param {string} layout
 * @param {string} mediaType
 * @param {unknown} content
 * @returns {Promise<Descriptor>}
 */
async function addJson(layout, mediaType, content) {
  const text = JSON.stringify(content);
  const digest = `sha256:${createHash("sha256").update(text).digest("hex")}`;
  await writeFile(blobFile(layout, digest), text);
  return { mediaType, digest, size: Buffer.byteLength(text) };
}

/**
 * @param {string} layout
 * @param {Descriptor} descriptor
 */
async function readJson(layout, { digest }) {
  return JSON.parse(await readFile(blobFile(layout, digest), "utf8"));
}

/**
 * @param {string} layout
 * @param {string} digest
 */
function blobFile(layout, digest) {
  return join(layout, "blobs", ...digest.split(":"));
}
