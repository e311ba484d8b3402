import { chmodSync, existsSync, lstatSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { runModule } from "../scripts/run-module";
import { temporaryFolder, writeFile } from "../scripts/temporary-folder";
import { type ReadImage, readLayout, unpackImage } from "./image-folder";

const ROOT = join(__dirname, "../..");

/** Makes a base as a registry's copy is: an index of images, here with a file each. */
function makeBase(architectures: readonly string[]): string {
  const layout = temporaryFolder();
  const body = `
    const { mkdtemp, writeFile } = await import("node:fs/promises");
    const [layout, architectures, folder] = args;
    await it.startLayout(layout);
    // Registries' indexes also have attestations.
    const none = { architecture: "unknown", os: "unknown", config: {}, rootfs: { type: "layers", diff_ids: [] } };
    const images = [await it.addImage(layout, { config: none, layers: [] })];
    for (const architecture of architectures) {
      await writeFile(folder + "/libc", "for " + architecture);
      const layer = await it.addLayer(layout, folder);
      const config = { User: "65532", Env: ["SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"], Entrypoint: ["/sh"] };
      const image = { architecture, os: "linux", config, history: [{}], rootfs: { type: "layers", diff_ids: [] } };
      images.push(await it.addImage(layout, { config: image, layers: [layer] }));
    }
    await it.finishLayout(layout, { images, name: "base", annotations: {} });
  `;
  runModule("release/image/layout.mjs", body, layout, architectures, temporaryFolder());
  return layout;
}

function makeImages(base: string, architectures: readonly string[]) {
  const layout = join(temporaryFolder(), "image");
  const folder = temporaryFolder();
  const built = architectures.map((architecture) => {
    const executable = writeFile(folder, architecture, `the gate for ${architecture}`);
    chmodSync(executable, 0o600);
    return { architecture, executable, licences: "as others wrote" };
  });
  const annotations = { "org.opencontainers.image.version": "1.2.3" };
  const options = { layout, base, built, root: ROOT, version: "1.2.3", annotations };
  const missing = runModule("release/image/make-image.mjs", "return it.makeImages(args[0]);", options);
  return { layout, missing };
}

test("the image has one layer on the base of each architecture, and both under one tag", async () => {
  const { layout, missing } = makeImages(makeBase(["arm64", "amd64"]), ["amd64", "arm64"]);
  expect(missing).toEqual([]);
  const { tag, images } = readLayout(layout);
  expect(tag).toBe("1.2.3");
  expect(images.map(({ config }) => config.architecture)).toEqual(["amd64", "arm64"]);
  for (const image of images) {
    const folder = await unpackImage(image);
    const { architecture } = image.config;
    expect(readFileSync(join(folder, "libc"), "utf8")).toBe(`for ${architecture}`);
    const command = join(folder, "usr/bin/cdn-preload-gate");
    expect(readFileSync(command, "utf8")).toBe(`the gate for ${architecture}`);
    expect(statSync(command).mode & 0o777).toBe(0o755);
    const emulator = `${command}-emulator`;
    expect(lstatSync(emulator).isSymbolicLink()).toBe(true);
    expect(readlinkSync(emulator)).toBe("cdn-preload-gate");
    expect(existsSync(join(folder, "usr/share/doc/cdn-preload-gate/LICENSE"))).toBe(true);
  }
});

test("a container starts the command line as the base's user and with its variables", () => {
  const { layout } = makeImages(makeBase(["amd64"]), ["amd64"]);
  const [image] = readLayout(layout).images as [ReadImage];
  expect(image.config.config).toEqual({
    User: "65532",
    Env: ["SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"],
    Entrypoint: ["/usr/bin/cdn-preload-gate"],
    Cmd: ["--help"],
    Labels: { "org.opencontainers.image.version": "1.2.3" },
  });
  // A history would have to name the new layer, too.
  expect(image.config).not.toHaveProperty("history");
});

test("the same files make the same image", () => {
  const base = makeBase(["amd64"]);
  const index = () => readFileSync(join(makeImages(base, ["amd64"]).layout, "index.json"), "utf8");
  expect(index()).toBe(index());
});

test("an architecture that the base lacks is told, and the others are made", () => {
  const { layout, missing } = makeImages(makeBase(["amd64"]), ["amd64", "arm64"]);
  expect(missing).toEqual(["arm64"]);
  expect(readLayout(layout).images).toHaveLength(1);
});

test("the base is pinned by its digest, where Dependabot looks for it", () => {
  const text = readFileSync(join(ROOT, "scripts/release/image/base.Dockerfile"), "utf8");
  expect(text).toMatch(/^FROM [\w.-]+(\/[\w.-]+)+:[\w.-]+@sha256:[0-9a-f]{64}$/m);
});
