import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { extract } from "tar";
import { version } from "../../package.json";
import { temporaryFolder } from "../scripts/temporary-folder";

const SCRIPTS = join(__dirname, "../../scripts");
const ARCHIVE = `pulumi-resource-alicdn-v${version}-node.tar.gz`;

/** Runs `npm run plugin -- ARGS` once what it needs is set up. */
function makeRelease(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(SCRIPTS, "plugin.mjs"), ...args], { encoding: "utf8" });
}

function sumOf(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

let release: string;
let plugin: string;

beforeAll(async () => {
  release = temporaryFolder();
  const { status, stderr } = makeRelease("node", "--out", release);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  plugin = join(temporaryFolder(), "plugin");
  mkdirSync(plugin);
  await extract({ file: join(release, ARCHIVE), cwd: plugin });
});

/** A folder for PATH that has a `node` of the version, which is this one. */
function pathWithNode(nodeVersion: string): string {
  const folder = temporaryFolder();
  const fake = join(folder, "version.cjs");
  const versions = `{ value: { ...process.versions, node: "${nodeVersion}" } }`;
  writeFileSync(fake, `Object.defineProperty(process, "versions", ${versions});`);
  writeFileSync(join(folder, "node"), `#!/bin/sh\nexec "${process.execPath}" --require "${fake}" "$@"\n`);
  chmodSync(join(folder, "node"), 0o755);
  return folder;
}

test("the archive has at its root what the engine starts on each system, the bundle, and all licences", () => {
  expect(readdirSync(plugin).toSorted()).toEqual([
    "LICENSE",
    "THIRD_PARTY_LICENSES.txt",
    "pulumi-resource-alicdn",
    "pulumi-resource-alicdn.cmd",
    "pulumi-resource-alicdn.js",
  ]);
  expect(statSync(join(plugin, "pulumi-resource-alicdn")).mode & 0o777).toBe(0o755);
  const licences = readFileSync(join(plugin, "THIRD_PARTY_LICENSES.txt"), "utf8");
  expect(licences).toMatch(/^zod \d+\.\d+\.\d+ \(MIT\)\n\nMIT License\n/m);
  expect(licences).toMatch(/^undici \d+\.\d+\.\d+ \(MIT\)$/m);
});

test("the same sources make the same archive, and SHA256SUMS has its sum", () => {
  const again = temporaryFolder();
  makeRelease("node", "--out", again);
  const sum = sumOf(join(release, ARCHIVE));
  expect(sumOf(join(again, ARCHIVE))).toBe(sum);
  expect(readFileSync(join(release, "SHA256SUMS"), "utf8")).toBe(`${sum}  ${ARCHIVE}\n`);
});

test("the sums are those of all archives in the folder, also of those made before", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.tar.gz"), "");
  writeFileSync(join(folder, "notes.txt"), "");
  makeRelease("node", "--out", folder);
  expect(readFileSync(join(folder, "SHA256SUMS"), "utf8")).toBe(
    `${sumOf(join(folder, "a.tar.gz"))}  a.tar.gz\n${sumOf(join(folder, ARCHIVE))}  ${ARCHIVE}\n`,
  );
});

test("the bundle needs none of the packages that it was made of", () => {
  const bundle = readFileSync(join(plugin, "pulumi-resource-alicdn.js"), "utf8");
  const required = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name!);
  expect(required.filter((name) => !isBuiltin(name))).toEqual([]);
  // gRPC would read files beside it for services (channelz, ORCA) that are not served here.
  const others = bundle.replace(/`\$\{__dirname\}\/\.\.\/\.\.\/proto[\w/-]*`/g, "");
  const found = others.match(/\bcreateRequire\b|\bimport\.meta\b|\b__dirname\b/g);
  expect(found).toBeNull();
});

test("without Node on PATH the start script says what to install", () => {
  const run = spawnSync(join(plugin, "pulumi-resource-alicdn"), [], {
    encoding: "utf8",
    env: { PATH: temporaryFolder() },
  });
  expect(run).toMatchObject({
    status: 2,
    stdout: "",
    stderr:
      "error: pulumi-resource-alicdn needs Node 22.19 or later, and there is no node on PATH. Install Node " +
      "(https://nodejs.org), or install the plugin's archive for your platform: that one needs no Node.\n",
  });
});

test.each(["22.18.0", "16.20.2"])("on Node %s the start script says which is needed", (old) => {
  const run = spawnSync(join(plugin, "pulumi-resource-alicdn"), [], {
    encoding: "utf8",
    env: { PATH: pathWithNode(old) },
  });
  expect(run).toMatchObject({
    status: 2,
    stdout: "",
    stderr: `error: cdn-preload-gate needs Node 22.19 or later; this is Node ${old}.\n`,
  });
});

test("the start script finds the bundle through a link, and from any folder", () => {
  const folder = temporaryFolder();
  const link = join(folder, "cdn-preload-gate");
  symlinkSync(join(plugin, "pulumi-resource-alicdn"), link);
  const env = { PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(":") };
  expect(execFileSync(link, ["--version"], { encoding: "utf8", cwd: folder, env })).toBe(`${version}\n`);
});

test("by its own name it is Pulumi's plugin", () => {
  const env = { PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(":") };
  const told = execFileSync(join(plugin, "pulumi-resource-alicdn"), ["--version"], { encoding: "utf8", env });
  expect(told).toBe(`pulumi-resource-alicdn ${version}\n`);
});

test("the start script for Windows says the same, in lines as Windows ends them", () => {
  const text = readFileSync(join(plugin, "pulumi-resource-alicdn.cmd"), "utf8");
  expect(text.split("\r\n")).toEqual([
    "@echo off",
    "setlocal",
    "where /q node",
    "if errorlevel 1 (",
    "  echo error: pulumi-resource-alicdn needs Node 22.19 or later, and there is no node on PATH. Install Node " +
      "^(https://nodejs.org^), or install the plugin's archive for your platform: that one needs no Node. 1>&2",
    "  exit /b 2",
    ")",
    'set "CDN_PRELOAD_GATE_CALLED_BY=%~n0"',
    'node "%~dp0pulumi-resource-alicdn.js" %*',
    "",
  ]);
});

test("a part that there is not is refused with those that there are", () => {
  const folder = temporaryFolder();
  const { status, stderr } = makeRelease("linux-x64", "--out", folder);
  expect(status).toBe(1);
  expect(stderr).toBe(
    "There is no linux-x64.\nusage: npm run plugin -- [--out FOLDER] " +
      "[node | linux-amd64 | linux-arm64 | darwin-amd64 | darwin-arm64 | windows-amd64 | windows-arm64 | sdks]…\n",
  );
  expect(readdirSync(folder)).toEqual([]);
});
