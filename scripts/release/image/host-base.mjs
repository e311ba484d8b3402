import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { capture } from "../../child.mjs";
import { addImage, addLayer, finishLayout, startLayout } from "./layout.mjs";

/** `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)`, or the loader, which has no arrow. */
const LIBRARY = /^\s*(?:\S+ => )?(\/\S+) \(0x[0-9a-f]+\)$/gm;

/**
 * Stands in for the real base where there is no network: what an executable needs of this machine's C library.
 *
 * @param {{ layout: string, executable: string, architecture: string }} options
 * @returns {Promise<boolean>} whether this machine has what the executable needs
 */
export async function makeHostBase({ layout, executable, architecture }) {
  const { ok, stdout } = await capture("ldd", [executable]);
  const libraries = [...stdout.matchAll(LIBRARY)].flatMap(([, path]) => path ?? []);
  if (!ok || libraries.length === 0) return false;
  const folder = await mkdtemp(join(tmpdir(), "cdn-preload-gate-base-"));
  try {
    for (const library of libraries) {
      const copy = join(folder, library);
      await mkdir(dirname(copy), { recursive: true });
      await copyFile(library, copy);
    }
    await startLayout(layout);
    const layer = await addLayer(layout, folder);
    const config = { architecture, os: "linux", config: { Env: ["PATH=/usr/bin:/bin"] } };
    const image = await addImage(layout, {
      config: { ...config, rootfs: { type: "layers", diff_ids: [] } },
      layers: [layer],
    });
    await finishLayout(layout, { images: [image], name: "base", annotations: {} });
    return true;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
