/** Where the header says that the PE header begins, and what lies where in that. */
const OFFSET_OF_PE = 0x3c;
const OPTIONAL_HEADER = 24;
const DATA_DIRECTORIES_OF_64_BIT = 112;
const SIZE_OF_DIRECTORY = 8;
const SECURITY_DIRECTORY = 4;

/**
 * Takes the signature off a 64-bit Windows executable. One that is changed under its signature is less trusted than
 * one that has none.
 *
 * @param {Buffer} file
 * @returns {Buffer}
 */
export function withoutSignature(file) {
  const optionalHeader = file.readUInt32LE(OFFSET_OF_PE) + OPTIONAL_HEADER;
  const entry = optionalHeader + DATA_DIRECTORIES_OF_64_BIT + SECURITY_DIRECTORY * SIZE_OF_DIRECTORY;
  const signatureStart = file.readUInt32LE(entry);
  if (signatureStart === 0) return file;
  // It is the last part of a file, and the only one that is named by where it lies in the file.
  const signatureEnd = signatureStart + file.readUInt32LE(entry + 4);
  if (signatureEnd !== file.length) throw new Error("The signature is not the last part of this executable.");
  const unsigned = Buffer.from(file.subarray(0, signatureStart));
  unsigned.fill(0, entry, entry + SIZE_OF_DIRECTORY);
  return unsigned;
}
