import { CHECKSUMS } from "../plugin/archive.mjs";
import { COMMAND, commandArchiveName } from "../plugin/platforms.mjs";
import { downloadUrl } from "./repository.mjs";

/** Scoop's architectures, and what this project calls the platforms. */
const ARCHITECTURES = [
  { key: "64bit", platformName: "windows-amd64" },
  { key: "arm64", platformName: "windows-arm64" },
];

/**
 * @param {import("./homebrew.mjs").Offer} offer
 * @returns {object | undefined} a manifest of the executables for Windows; undefined where the release has none
 */
export function scoopManifest({ version, description, license, repository, sums }) {
  const made = ARCHITECTURES.flatMap(({ key, platformName }) => {
    const archive = commandArchiveName(version, platformName);
    const hash = sums.get(archive);
    return hash === undefined ? [] : [{ key, platformName, archive, hash }];
  });
  if (made.length === 0) return undefined;
  const urlOfNext = (/** @type {string} */ file) => downloadUrl(repository, "$version", file);
  return {
    version,
    description,
    homepage: repository.url,
    license,
    architecture: Object.fromEntries(
      made.map(({ key, archive, hash }) => [key, { url: downloadUrl(repository, version, archive), hash }]),
    ),
    bin: `${COMMAND}.exe`,
    checkver: { github: repository.url },
    autoupdate: {
      architecture: Object.fromEntries(
        made.map(({ key, platformName }) => [
          key,
          { url: urlOfNext(commandArchiveName("$version", platformName)) },
        ]),
      ),
      hash: { url: urlOfNext(CHECKSUMS) },
    },
  };
}
