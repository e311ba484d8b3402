// npm run release, npm run release:dry: makes all that a release offers for download, in release/. The first refuses what
// is not ready. The second makes what it can without a network, besides npm's registry, and without a secret.
// docs/releasing.md says what that is.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { InterruptedError, passSignalsOn } from "./child.mjs";
import { sumsOf, writeChecksums } from "./plugin/archive.mjs";
import { bundleFronts, makeNodeArchive } from "./plugin/archives.mjs";
import { COMMAND, PLATFORMS } from "./plugin/platforms.mjs";
import { createProgress } from "./progress.mjs";
import { sectionOf } from "./release/changelog.mjs";
import { makeReleaseExecutables } from "./release/executables.mjs";
import { homebrewFormula } from "./release/homebrew.mjs";
import { packForNpm } from "./release/npm-package.mjs";
import { explainUnready, listed, refuseFor } from "./release/readiness.mjs";
import { repositoryOf } from "./release/repository.mjs";
import { readSbom, sbomOfExecutables, sbomOfPackage } from "./release/sbom.mjs";
import { scoopManifest } from "./release/scoop.mjs";
import { SetUpError } from "./set-up-error.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const OWN_FOLDER = join(root, "release");
/** One line, and at most the 80 characters that Homebrew takes. */
const DESCRIPTION = "Preload files to Alibaba Cloud CDN, and fail a release if the POPs lack them";
const progress = createProgress();

passSignalsOn();
try {
  await makeRelease(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof SetUpError || error instanceof InterruptedError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof InterruptedError ? error.exitCode : 1;
}

/**
 * @typedef {object} Wanted
 * @property {boolean} isDry
 * @property {string} out
 * @property {string | undefined} tag
 * @property {string | undefined} base the layout that the container image stands on
 * @property {readonly import("./plugin/platforms.mjs").Platform[]} platforms
 */

/**
 * @typedef {object} About what package.json says
 * @property {string} version
 * @property {string} license
 * @property {import("./release/repository.mjs").Repository} repository
 * @property {string[]} dependencies
 * @property {string} oldestNode
 */

/** @param {Wanted} wanted */
async function makeRelease(wanted) {
  const { isDry, out, tag, base } = wanted;
  const about = await readAbout();
  refuseUnready(await explainUnready({ root, tag, ...about }), { isDry, base });
  await emptyFolder(out);
  await makePackages(wanted, about);
  await makeManifests(out, about);
  await writeChecksums(out);
  progress.say(`${out}: ${(await readdir(out)).toSorted().join(", ")}`);
}

/** @returns {Promise<About>} */
async function readAbout() {
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const { version, license } = manifest;
  return {
    version,
    license,
    repository: repositoryOf(manifest),
    dependencies: Object.keys(manifest.dependencies),
    oldestNode: String(manifest.engines.node).replace(/^>=\s*/, ""),
  };
}

/**
 * Makes what is installed or run, and what says of what it is made.
 *
 * @param {Wanted} wanted
 * @param {About} about
 */
async function makePackages({ isDry, out, base, platforms }, about) {
  const { version, oldestNode, dependencies } = about;
  const { env } = process;
  const work = await mkdtemp(join(tmpdir(), "cdn-preload-gate-release-"));
  const making = { platforms, isDry, base, annotations: annotationsOf(about), work, root, env, version, out };
  try {
    const bundled = await progress.step("bundle", () => bundleFronts({ root, folder: work }));
    await progress.step("npm package", () => packForNpm({ root, env, out }));
    await makeNodeArchive({ bundled, root, version, oldestNode, out });
    await makeReleaseExecutables({ ...making, bundled, progress });
    await writeSboms({ files: bundled.files, dependencies, version, out });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * @param {About} about
 * @returns {Record<string, string>} what a registry shows of the container image
 */
function annotationsOf({ version, license, repository }) {
  return {
    "org.opencontainers.image.title": COMMAND,
    "org.opencontainers.image.description": DESCRIPTION,
    "org.opencontainers.image.version": version,
    "org.opencontainers.image.source": repository.url,
    "org.opencontainers.image.licenses": license,
  };
}

/**
 * Makes what package managers read, and the text of the release's page.
 *
 * @param {string} out which has the packages
 * @param {About} about
 */
async function makeManifests(out, { version, license, repository }) {
  const offer = { version, description: DESCRIPTION, license, repository, sums: await sumsOf(out) };
  const formula = homebrewFormula(offer);
  if (formula !== undefined) await writeFile(join(out, `${COMMAND}.rb`), formula);
  const scoop = scoopManifest(offer);
  if (scoop !== undefined) await writeJson(join(out, `${COMMAND}.json`), scoop);
  const changelog = await readFile(join(root, "CHANGELOG.md"), "utf8");
  const notes = sectionOf(changelog, version) ?? sectionOf(changelog, "Unreleased");
  await writeFile(join(out, "RELEASE_NOTES.md"), `${notes}\n`);
}

/**
 * @param {readonly string[]} reasons
 * @param {{ isDry: boolean, base: string | undefined }} options
 */
function refuseUnready(reasons, { isDry, base }) {
  const noBase = "The container image has no base: docs/releasing.md says how to get it for --base.";
  const all = base === undefined ? [...reasons, noBase] : reasons;
  if (!isDry) refuseFor(all);
  else if (all.length > 0) progress.say(`npm run release would refuse this:\n${listed(all)}`);
}

/**
 * @param {object} options
 * @param {readonly string[]} options.files that went into the bundle
 * @param {readonly string[]} options.dependencies
 * @param {string} options.version
 * @param {string} options.out
 */
async function writeSboms({ files, dependencies, version, out }) {
  const all = await progress.step("SBOM", () => readSbom({ root, env: process.env }));
  const ofExecutables = await sbomOfExecutables(all, files);
  await writeJson(join(out, `${COMMAND}-v${version}-npm.cdx.json`), sbomOfPackage(all, dependencies));
  await writeJson(join(out, `${COMMAND}-v${version}-executables.cdx.json`), ofExecutables);
}

/**
 * @param {string} file
 * @param {unknown} content
 */
async function writeJson(file, content) {
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
}

/**
 * What an earlier run has left is not of this release. What others have put into a folder is not ours to remove.
 *
 * @param {string} folder
 */
async function emptyFolder(folder) {
  if (folder === OWN_FOLDER) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new SetUpError(`${folder} is not empty. Give an empty folder.`);
}

/**
 * @param {string[]} args
 * @returns {Wanted}
 */
function readArguments(args) {
  const names = PLATFORMS.map(({ name }) => name);
  const usage = `usage: npm run release[:dry] -- [--out FOLDER] [--tag TAG] [--base FOLDER] [${names.join(" | ")} | none]…`;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        dry: { type: "boolean", default: false },
        out: { type: "string", default: OWN_FOLDER },
        tag: { type: "string" },
        base: { type: "string" },
      },
    });
    const unknown = positionals.find((part) => part !== "none" && !names.includes(part));
    if (unknown !== undefined) throw new Error(`There is no ${unknown}.`);
    if (positionals.length > 0 && !values.dry) throw new Error("A release is for all platforms.");
    const platforms =
      positionals.length === 0 ? PLATFORMS : PLATFORMS.filter(({ name }) => positionals.includes(name));
    const { tag, base } = values;
    return { isDry: values.dry, out: resolve(values.out), tag, base, platforms };
  } catch (error) {
    throw new SetUpError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
