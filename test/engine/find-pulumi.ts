import { existsSync } from "node:fs";
import { delimiter, join, relative } from "node:path";

/**
 * The Pulumi CLI that `npm test` has put on PATH.
 *
 * Call it before a test starts anything: what was started would keep a test run open that has failed for lack of it.
 *
 * @throws Error that names the command which runs this test file
 */
export function findPulumi(): string {
  const found = (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "pulumi"))
    .find(existsSync);
  if (found !== undefined) return found;
  const file = relative(join(__dirname, "../.."), expect.getState().testPath ?? "");
  throw new Error(`There is no pulumi on PATH. Run this by \`npm test -- ${file}\`, which puts one there.`);
}
