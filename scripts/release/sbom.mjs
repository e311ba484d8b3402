import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { capture } from "../child.mjs";
import { npmCommand } from "../dependencies.mjs";
import { packageFoldersOf } from "../plugin/licences.mjs";
import { NODE_VERSION } from "../plugin/platforms.mjs";
import { SetUpError } from "../set-up-error.mjs";

/**
 * @typedef {{ "bom-ref": string, name: string, version: string, [field: string]: unknown }} Component
 * @typedef {{ ref: string, dependsOn: string[] }} Dependency
 *
 * @typedef {object} Sbom of CycloneDX, as npm writes it
 * @property {string} [serialNumber]
 * @property {{ timestamp?: string, component: Component, [field: string]: unknown }} metadata
 * @property {Component[]} components
 * @property {Dependency[]} dependencies
 */

/** The executables hold it beside the bundle. The CPE is what scanners look up. */
const NODE_COMPONENT = {
  "bom-ref": `node@${NODE_VERSION}`,
  type: "application",
  name: "node",
  version: NODE_VERSION,
  purl: `pkg:github/nodejs/node@v${NODE_VERSION}`,
  cpe: `cpe:2.3:a:nodejs:node.js:${NODE_VERSION}:*:*:*:*:*:*:*`,
};

/**
 * Lists all that this repository installs, as npm does. What is published holds or installs a part of it each.
 *
 * @param {{ root: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<Sbom>}
 */
export async function readSbom({ root, env }) {
  const [command, ...before] = npmCommand({ root, env });
  const args = [...before, "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--loglevel=error"];
  const { ok, stdout, output, problem } = await capture(command, args, { cwd: root, env });
  if (!ok) throw new SetUpError(`npm sbom failed (${problem}): ${output.trim()}`);
  return JSON.parse(stdout);
}

/**
 * What npm installs with the package. `npm sbom --omit dev` would not do: it also leaves out what a development
 * dependency needs too.
 *
 * @param {Sbom} all
 * @param {readonly string[]} dependencies the names in package.json
 * @returns {Sbom}
 */
export function sbomOfPackage(all, dependencies) {
  const dependsOn = new Map(all.dependencies.map((dependency) => [dependency.ref, dependency.dependsOn]));
  const direct = (dependsOn.get(all.metadata.component["bom-ref"]) ?? []).filter((ref) =>
    dependencies.includes(nameIn(ref)),
  );
  const installed = new Set(direct);
  // A set that grows while it is walked shows what was added, too.
  for (const ref of installed) for (const other of dependsOn.get(ref) ?? []) installed.add(other);
  return partOf(all, { kept: installed, direct });
}

/**
 * What the files that need no installation hold: the packages that went into the bundle, and Node.
 *
 * @param {Sbom} all
 * @param {readonly string[]} files that went into the bundle
 * @returns {Promise<Sbom>}
 */
export async function sbomOfExecutables(all, files) {
  const bundled = new Set(await Promise.all(packageFoldersOf(files).map(referenceOf)));
  const part = partOf(all, { kept: bundled, direct: [...bundled, NODE_COMPONENT["bom-ref"]] });
  const { metadata } = part;
  return withFixedIdentity({
    ...part,
    metadata: { ...metadata, component: { ...metadata.component, type: "application" } },
    // That npm needs some only for the development of this package is not true of these files.
    components: [...part.components.map(({ properties, ...rest }) => rest), NODE_COMPONENT],
    dependencies: [...part.dependencies, { ref: NODE_COMPONENT["bom-ref"], dependsOn: [] }],
  });
}

/**
 * @param {Sbom} all
 * @param {{ kept: ReadonlySet<string>, direct: string[] }} options `direct` are those that the package itself needs
 * @returns {Sbom}
 */
function partOf(all, { kept, direct }) {
  const components = all.components.filter((component) => kept.has(component["bom-ref"]));
  const listed = new Set(components.map((component) => component["bom-ref"]));
  const unknown = [...kept].filter((ref) => !listed.has(ref));
  if (unknown.length > 0) throw new SetUpError(`npm's SBOM does not list ${unknown.join(", ")}.`);
  const dependencies = all.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));
  const own = { ref: all.metadata.component["bom-ref"], dependsOn: direct };
  return withFixedIdentity({ ...all, components, dependencies: [own, ...dependencies] });
}

/** @param {string} reference such as `@alicloud/credentials@2.4.7` */
function nameIn(reference) {
  return reference.replace(/@[^@]*$/, "");
}

/** @param {string} folder of a package */
async function referenceOf(folder) {
  const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return `${name}@${version}`;
}

/**
 * The same content gets the same bytes: no time, a serial number that is made of the content, and the package's name
 * where npm has the folder's.
 *
 * @param {Sbom} sbom
 * @returns {Sbom}
 */
function withFixedIdentity({ serialNumber, metadata: { timestamp, ...metadata }, ...rest }) {
  const name = nameIn(metadata.component["bom-ref"]);
  const content = { ...rest, metadata: { ...metadata, component: { ...metadata.component, name } } };
  const digest = createHash("sha256").update(JSON.stringify(content)).digest();
  return { ...content, serialNumber: `urn:uuid:${uuidOf(digest)}` };
}

/**
 * @param {Buffer} digest
 * @returns {string} a UUID of version 8, which is for digests of one's own choice
 */
function uuidOf(digest) {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
