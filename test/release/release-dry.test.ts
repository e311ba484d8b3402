import { spawnSync } from "node:child_process";
import { appendFileSync, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { extract } from "tar";
import manifest from "../../package.json";
import { openBench } from "../cli/cli-on-emulator";
import { startCliIn } from "../cli/run-cli";
import { runModule } from "../scripts/run-module";
import { temporaryFolder } from "../scripts/temporary-folder";
import { hostNodeIsInCache, hostPlatformName } from "./host-executable";
import { commandInFolder, readLayout, unpackImage } from "./image-folder";

const ROOT = join(__dirname, "../..");
const { version } = manifest;
const host = hostNodeIsInCache() ? hostPlatformName() : "none";
const isLinux = host.startsWith("linux-");

// Made once: all tests below use it as its users would.
const release = temporaryFolder();
let told: string;

beforeAll(() => {
  const script = join(ROOT, "scripts/release.mjs");
  const run = spawnSync(process.execPath, [script, "--dry", "--out", release, host], { encoding: "utf8" });
  expect(run).toMatchObject({ status: 0, stderr: "" });
  told = run.stdout;
}, 240_000);

function commandArchive(): string {
  const ending = host.startsWith("windows-") ? "zip" : "tar.gz";
  return `cdn-preload-gate-v${version}-${host}.${ending}`;
}

test("a dry run says why there can be no release yet", () => {
  expect(told).toContain("npm run release would refuse this:\n- ");
  expect(told).toContain("- The container image has no base: ");
});

test("SHA256SUMS has the sum of each file, and sha256sum --check takes it", () => {
  const sums = readFileSync(join(release, "SHA256SUMS"), "utf8");
  const summed = [...sums.matchAll(/^[0-9a-f]{64} {2}(\S+)$/gm)].map(([, name]) => name);
  const offered = readdirSync(release).filter(
    (name) => !["SHA256SUMS", "RELEASE_NOTES.md", "image"].includes(name),
  );
  expect(summed).toEqual(offered.toSorted());
  const check = (cwd: string) =>
    spawnSync("sha256sum", ["--check", "--quiet", "--ignore-missing", "SHA256SUMS"], { cwd });
  // macOS and Windows may have no such command.
  if (check(release).error !== undefined) return;
  expect(check(release).status).toBe(0);
  const changed = temporaryFolder();
  const tarball = `cdn-preload-gate-${version}.tgz`;
  for (const name of ["SHA256SUMS", tarball]) copyFileSync(join(release, name), join(changed, name));
  appendFileSync(join(changed, tarball), "more");
  expect(check(changed).status).toBe(1);
});

test("the release notes are what CHANGELOG.md says of it", () => {
  const notes = readFileSync(join(release, "RELEASE_NOTES.md"), "utf8");
  expect(notes).toMatch(/^### .+\n\n- /m);
  expect(readFileSync(join(ROOT, "CHANGELOG.md"), "utf8")).toContain(notes.trim());
});

describe("the package for npm", () => {
  let project: string;
  beforeAll(() => {
    project = temporaryFolder();
    const tarball = join(release, `cdn-preload-gate-${version}.tgz`);
    const options = ["--prefix", project, "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
    const run = spawnSync("npm", ["install", ...options, tarball], { encoding: "utf8", cwd: project });
    if (run.status !== 0) throw new Error(`npm install ended with ${run.status}:\n${run.stderr}`);
  }, 180_000);

  test("installs, and its command line runs", () => {
    const command = join(project, "node_modules/.bin/cdn-preload-gate");
    const run = spawnSync(command, ["--version"], { encoding: "utf8" });
    expect(run).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("has an SBOM with each package that npm installs with it, and nothing else", () => {
    const lock = JSON.parse(readFileSync(join(project, "node_modules/.package-lock.json"), "utf8"));
    const installed = Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, ""));
    const listed = componentsOf("npm").map(({ name }) => name);
    expect([...new Set(listed)].toSorted()).toEqual(
      [...new Set(installed)].filter((name) => name !== manifest.name).toSorted(),
    );
  });
});

function sbomOf(what: string) {
  return JSON.parse(readFileSync(join(release, `cdn-preload-gate-v${version}-${what}.cdx.json`), "utf8"));
}

function componentsOf(what: string): { readonly name: string }[] {
  return sbomOf(what).components;
}

/** Checks by the schema that CycloneDX publishes. */
function cycloneDx() {
  const folder = join(ROOT, "node_modules/@cyclonedx/cyclonedx-library/res/schema");
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const name of ["spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json"])
    ajv.addSchema(read(name), `http://cyclonedx.org/schema/${name}`);
  return ajv.compile(read("bom-1.5.SNAPSHOT.schema.json"));
}

test.each(["npm", "executables"])("the SBOM for %s is one of CycloneDX, about this package", (what) => {
  const validate = cycloneDx();
  const sbom = sbomOf(what);
  validate(sbom);
  expect(validate.errors).toBeNull();
  expect(sbom.metadata.component).toMatchObject({ name: manifest.name, version });
  expect(validate({ ...sbom, bomFormat: "another" })).toBe(false);
});

test("the SBOM of the executables has what they hold: Node, and what went into the bundle", () => {
  const names = componentsOf("executables").map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["node", "undici", "@grpc/grpc-js", "@pulumi/pulumi"]));
  expect(names).not.toContain("jest");
});

(host === "none" ? describe.skip : describe)("the executable for this machine", () => {
  test("is in an archive under the command line's name, with the licences of what it holds", async () => {
    const folder = temporaryFolder();
    await extract({ file: join(release, commandArchive()), cwd: folder });
    expect(readdirSync(folder).toSorted()).toEqual([
      "LICENSE",
      "THIRD_PARTY_LICENSES.txt",
      "cdn-preload-gate",
    ]);
    expect(readFileSync(join(folder, "THIRD_PARTY_LICENSES.txt"), "utf8")).toContain("Node.js is licensed");
  });

  test("passes a gate without Node on PATH, as the release workflow tries it on each platform", () => {
    const script = join(ROOT, "scripts/release-try.mjs");
    const run = spawnSync(process.execPath, [script, release], { encoding: "utf8" });
    expect(run).toMatchObject({
      status: 0,
      stdout: `The executable for ${host} runs, and its gate has passed.\n`,
      stderr: "",
    });
  });

  test("that does not pass is told with what it said", () => {
    const folder = temporaryFolder();
    const other = join(folder, "0.0.0");
    writeFileSync(other, "#!/bin/sh\necho 0.0.0\n", { mode: 0o755 });
    const body = "return it.tryExecutable(args[0], args[1]).catch((error) => error.message);";
    expect(runModule("release/try-executable.mjs", body, other, { folder, version })).toBe(
      `${other} says that it is 0.0.0, and not ${version}.`,
    );
  });

  test("is Pulumi's plugin in the archive that the engine asks for", () => {
    expect(existsSync(join(release, `pulumi-resource-alicdn-v${version}-${host}.tar.gz`))).toBe(true);
  });
});

(isLinux ? describe : describe.skip)("the container image", () => {
  test("runs a gate against the emulator, with nothing but its own files", async () => {
    const { tag, images } = readLayout(join(release, "image"));
    expect(tag).toBe(version);
    expect(images.map(({ config }) => `linux-${config.architecture}`)).toEqual([host]);
    const [image] = images;
    const { Entrypoint, Labels } = image!.config.config;
    expect(Labels["org.opencontainers.image.version"]).toBe(version);
    const folder = await unpackImage(image!);

    const emulator = startCliIn({ command: commandInFolder(folder, `${Entrypoint[0]}-emulator`) }, [
      "--port",
      "0",
      "--speed",
      "20",
    ]);
    const bench = await openBench();
    try {
      const ready = JSON.parse(await emulator.firstLine);
      const run = await bench.json(["run", "https://cdn.example.com/a.js"], {
        command: commandInFolder(folder, Entrypoint[0]!),
        cwd: "/",
        env: {
          ALICDN_ENDPOINT: ready.endpoint,
          ALIBABA_CLOUD_ACCESS_KEY_ID: ready.accessKeyId,
          ALIBABA_CLOUD_ACCESS_KEY_SECRET: ready.accessKeySecret,
        },
      });
      expect(run).toMatchObject({ verdict: "passed", exitCode: 0 });
    } finally {
      emulator.child.kill("SIGKILL");
      await emulator.ended;
      await bench.end();
    }
  });
});

(isLinux ? test : test.skip)(
  "Homebrew's formula has the address and the sum of this machine's archive",
  () => {
    const formula = readFileSync(join(release, "cdn-preload-gate.rb"), "utf8");
    const sums = readFileSync(join(release, "SHA256SUMS"), "utf8");
    const [, sum] = new RegExp(`^(\\w+) {2}${commandArchive()}$`, "m").exec(sums)!;
    expect(formula).toContain(`/releases/download/v${version}/${commandArchive()}"`);
    expect(formula).toContain(`sha256 "${sum}"`);
  },
);

test("a release that is not dry is refused with all that is not ready, before anything is made", () => {
  const out = temporaryFolder();
  const script = join(ROOT, "scripts/release.mjs");
  const run = spawnSync(process.execPath, [script, "--out", out, "--tag", "v9.9.9"], { encoding: "utf8" });
  expect(run.status).toBe(1);
  expect(run.stderr).toMatch(/^This is no release yet:\n- /);
  expect(run.stderr).toContain(
    `- The tag is v9.9.9, and package.json has the version ${version}. Tag that version as v${version}.\n`,
  );
  expect(run.stderr).toContain(
    "- The container image has no base: docs/releasing.md says how to get it for --base.\n",
  );
  expect(readdirSync(out)).toEqual([]);
});

test("npm publishes this folder only if it is ready", () => {
  const { prepublishOnly, "release:ready": ready } = manifest.scripts;
  expect(prepublishOnly).toBe(ready);
  const run = spawnSync(process.execPath, [join(ROOT, "scripts/release-ready.mjs")], { encoding: "utf8" });
  const isReady = !told.includes("placeholder") && !told.includes("release:version");
  expect(run.status).toBe(isReady ? 0 : 1);
  if (!isReady) expect(run.stderr).toMatch(/^This is no release yet:\n- /);
});

test("what others have put into a folder is not removed for a release", () => {
  const out = temporaryFolder();
  appendFileSync(join(out, "mine"), "");
  const script = join(ROOT, "scripts/release.mjs");
  const run = spawnSync(process.execPath, [script, "--dry", "--out", out, "none"], { encoding: "utf8" });
  expect(run).toMatchObject({ status: 1, stderr: `${out} is not empty. Give an empty folder.\n` });
  expect(readdirSync(out)).toEqual(["mine"]);
});
