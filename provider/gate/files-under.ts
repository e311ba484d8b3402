import { readdirSync, statSync } from "node:fs";

/** A file below a folder. */
export interface FoundFile {
  /** Relative to the folder, with slashes. Lossy where the name is not UTF-8: never make a URL of that. */
  readonly path: string;
  /** The same as the file system has it. */
  readonly bytes: Buffer;
}

/**
 * The files under a folder, in an order that does not depend on the machine. A link to a file is a file; one to a
 * folder is not followed. Names that are not UTF-8 are found, too.
 *
 * @throws Error when the folder cannot be read.
 */
export function filesUnder(folder: string): FoundFile[] {
  // By code unit, so that the order does not depend on the machine's language.
  return filesIn(Buffer.from(folder), Buffer.alloc(0)).sort(
    (a, b) => compare(a.path, b.path) || a.bytes.compare(b.bytes),
  );
}

/** Whether the file's name is the text that it was read as. */
export function hasReadableName({ path, bytes }: FoundFile): boolean {
  return Buffer.from(path).equals(bytes);
}

/** Where a file below a folder lies, for the functions of `node:fs`. */
export function pathOf(folder: string, { bytes }: Pick<FoundFile, "bytes">): Buffer {
  return below(Buffer.from(folder), bytes);
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Not the runtime's own recursion, which goes round in a folder that links to itself. */
function filesIn(folder: Buffer, path: Buffer): FoundFile[] {
  const at = path.length === 0 ? folder : below(folder, path);
  return readdirSync(at, { withFileTypes: true, encoding: "buffer" }).flatMap((entry) => {
    const bytes = path.length === 0 ? Buffer.from(entry.name) : below(path, entry.name);
    if (entry.isDirectory()) return filesIn(folder, bytes);
    const isFile = entry.isSymbolicLink()
      ? statSync(below(folder, bytes), { throwIfNoEntry: false })?.isFile()
      : entry.isFile();
    return isFile ? [{ path: bytes.toString(), bytes }] : [];
  });
}

function below(folder: Uint8Array, name: Uint8Array): Buffer {
  return Buffer.concat([folder, Buffer.from("/"), name]);
}
