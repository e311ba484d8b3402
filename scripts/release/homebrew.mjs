import { COMMAND, commandArchiveName } from "../plugin/platforms.mjs";
import { downloadUrl } from "./repository.mjs";

/** Homebrew's blocks, and what this project calls the platforms. */
const SYSTEMS = [
  { block: "on_macos", name: "darwin" },
  { block: "on_linux", name: "linux" },
];
const ARCHITECTURES = [
  { block: "on_arm", name: "arm64" },
  { block: "on_intel", name: "amd64" },
];

/**
 * @typedef {object} Offer of a release
 * @property {string} version
 * @property {string} description one line
 * @property {string} license as SPDX names it
 * @property {import("./repository.mjs").Repository} repository
 * @property {ReadonlyMap<string, string>} sums the SHA-256 of each file, by its name
 */

/**
 * @param {Offer} offer
 * @returns {string | undefined} a formula of the executables for macOS and Linux; undefined where the release has none
 */
export function homebrewFormula({ version, description, license, repository, sums }) {
  const systems = SYSTEMS.flatMap((system) => blockOf(system, { version, repository, sums }));
  if (systems.length === 0) return undefined;
  return [
    "# Made by `npm run release`: changes are lost with the next release.",
    "class CdnPreloadGate < Formula",
    `  desc ${JSON.stringify(description)}`,
    `  homepage ${JSON.stringify(repository.url)}`,
    `  version ${JSON.stringify(version)}`,
    `  license ${JSON.stringify(license)}`,
    "",
    ...systems,
    "  def install",
    `    bin.install ${JSON.stringify(COMMAND)}`,
    '    doc.install "THIRD_PARTY_LICENSES.txt"',
    "  end",
    "",
    "  test do",
    `    assert_equal version.to_s, shell_output("#{bin}/${COMMAND} --version").strip`,
    "  end",
    "end",
    "",
  ].join("\n");
}

/**
 * @param {{ block: string, name: string }} system
 * @param {Pick<Offer, "version" | "repository" | "sums">} offer
 * @returns {string[]} lines; none where the release has nothing for the system
 */
function blockOf(system, { version, repository, sums }) {
  const lines = ARCHITECTURES.flatMap(({ block, name }) => {
    const archive = commandArchiveName(version, `${system.name}-${name}`);
    const sum = sums.get(archive);
    if (sum === undefined) return [];
    const url = downloadUrl(repository, version, archive);
    return [
      `    ${block} do`,
      `      url ${JSON.stringify(url)}`,
      `      sha256 ${JSON.stringify(sum)}`,
      "    end",
    ];
  });
  return lines.length === 0 ? [] : [`  ${system.block} do`, ...lines, "  end", ""];
}
