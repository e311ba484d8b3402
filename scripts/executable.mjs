import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

const SUFFIXES = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];

/**
 * @param {string} name
 * @param {string | undefined} searchPath as in PATH
 * @returns {string | undefined} the full path of the first executable of that name
 */
export function findExecutable(name, searchPath) {
  for (const folder of (searchPath ?? "").split(delimiter)) {
    if (folder === "") continue;
    for (const suffix of SUFFIXES) {
      const candidate = join(folder, name + suffix);
      if (isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
