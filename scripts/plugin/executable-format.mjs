const ELF = 0x464c457f;
const MACH_O_OF_64_BIT = 0xfeedfacf;
const PORTABLE_EXECUTABLE = 0x4550;
const DOS = 0x5a4d;

/** The architecture by the number that each format has for it. */
const OF_ELF = new Map([
  [0x3e, "amd64"],
  [0xb7, "arm64"],
]);
const OF_MACH_O = new Map([
  [0x0100_0007, "amd64"],
  [0x0100_000c, "arm64"],
]);
const OF_PORTABLE_EXECUTABLE = new Map([
  [0x8664, "amd64"],
  [0xaa64, "arm64"],
]);

/**
 * @param {Buffer} file the beginning will do
 * @returns {string | undefined} the platform that an executable is for, such as `linux-amd64`; undefined for what is
 *   none, or for another platform
 */
export function platformOfExecutable(file) {
  if (file.length < 64) return undefined;
  const magic = file.readUInt32LE(0);
  if (magic === ELF) return named("linux", OF_ELF.get(file.readUInt16LE(18)));
  if (magic === MACH_O_OF_64_BIT) return named("darwin", OF_MACH_O.get(file.readUInt32LE(4)));
  if (file.readUInt16LE(0) !== DOS) return undefined;
  const header = file.readUInt32LE(60);
  if (file.length < header + 6 || file.readUInt32LE(header) !== PORTABLE_EXECUTABLE) return undefined;
  return named("windows", OF_PORTABLE_EXECUTABLE.get(file.readUInt16LE(header + 4)));
}

/**
 * @param {string} system
 * @param {string | undefined} architecture
 */
function named(system, architecture) {
  return architecture === undefined ? undefined : `${system}-${architecture}`;
}
