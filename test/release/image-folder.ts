import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { extract } from "tar";
import { temporaryFolder } from "../scripts/temporary-folder";

interface Descriptor {
  readonly digest: string;
  readonly size: number;
}
interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}
interface Config {
  readonly architecture: string;
  readonly config: { readonly Entrypoint: string[]; readonly Labels: Record<string, string> };
  readonly rootfs: { readonly diff_ids: readonly string[] };
}

/** An image of an OCI layout, each of whose blobs has been compared with its digest. */
export interface ReadImage {
  readonly config: Config;
  readonly layers: readonly Buffer[];
}

/** Reads what a registry would get: each image of the one index that the layout names. */
export function readLayout(layout: string): { readonly tag: string; readonly images: ReadImage[] } {
  const top = JSON.parse(readFileSync(join(layout, "index.json"), "utf8"));
  expect(JSON.parse(readFileSync(join(layout, "oci-layout"), "utf8"))).toEqual({
    imageLayoutVersion: "1.0.0",
  });
  expect(top.manifests).toHaveLength(1);
  const index: { manifests: Descriptor[] } = JSON.parse(readBlob(layout, top.manifests[0]).toString());
  return {
    tag: top.manifests[0].annotations["org.opencontainers.image.ref.name"],
    images: index.manifests.map((descriptor) => readImage(layout, descriptor)),
  };
}

function readImage(layout: string, descriptor: Descriptor): ReadImage {
  const manifest: Manifest = JSON.parse(readBlob(layout, descriptor).toString());
  const config: Config = JSON.parse(readBlob(layout, manifest.config).toString());
  const layers = manifest.layers.map((layer) => readBlob(layout, layer));
  expect(layers.map((layer) => digestOf(gunzipSync(layer)))).toEqual(config.rootfs.diff_ids);
  return { config, layers };
}

function readBlob(layout: string, { digest, size }: Descriptor): Buffer {
  const blob = readFileSync(join(layout, "blobs", ...digest.split(":")));
  expect({ digest: digestOf(blob), size: blob.length }).toEqual({ digest, size });
  return blob;
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** Lays the layers over one another, as a container's root. */
export async function unpackImage({ layers }: ReadImage): Promise<string> {
  const folder = temporaryFolder();
  for (const layer of layers) {
    await new Promise<void>((resolve, reject) => {
      extract({ cwd: folder })
        .on("error", reject)
        .on("close", () => resolve())
        .end(layer);
    });
  }
  return folder;
}

/** What starts a program with a folder as its root, as far as this machine lets a test do that. */
export function commandInFolder(folder: string, program: string): [string, ...string[]] {
  const name = program.slice(program.lastIndexOf("/") + 1);
  const changesRoot = [["chroot"], ["unshare", "--map-root-user", "chroot"]].find(
    ([command = "", ...args]) => spawnSync(command, [...args, "/", "true"]).status === 0,
  );
  if (changesRoot !== undefined) return [changesRoot[0] ?? "", ...changesRoot.slice(1), folder, program];
  // Not the folder as root then, but its own loader and nothing but its own libraries.
  const [loader = "", ...libraries] =
    process.arch === "x64"
      ? ["lib64/ld-linux-x86-64.so.2", "lib/x86_64-linux-gnu", "lib64"]
      : ["lib/ld-linux-aarch64.so.1", "lib/aarch64-linux-gnu", "lib"];
  const path = libraries.map((library) => join(folder, library)).join(":");
  return [
    join(folder, loader),
    "--inhibit-cache",
    "--library-path",
    path,
    "--argv0",
    name,
    join(folder, program),
  ];
}
