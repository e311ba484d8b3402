import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Replaces a file atomically. A reader sees either the old text or the new one, even after a crash.
 *
 * @param realPath the file itself: replacing a link would leave the file that it names behind.
 * @throws Error where it cannot be written; the old text is then still there.
 */
export function replaceFile(realPath: string, text: string, mode?: number): void {
  const temporary = `${realPath}.${process.pid}-${randomUUID()}.tmp`;
  try {
    const file = openSync(temporary, "w", mode);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, realPath);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}
