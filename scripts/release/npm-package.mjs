import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture } from "../child.mjs";
import { npmCommand } from "../dependencies.mjs";
import { SetUpError } from "../set-up-error.mjs";

/**
 * Packs what is built, as npm publishes it. npm packs every README of a folder, whatever `files` says, and shows any one
 * of them as the page of the package. So it packs a copy, which has the README in English alone.
 *
 * @param {{ root: string, env: NodeJS.ProcessEnv, out: string }} options
 */
export async function packForNpm({ root, env, out }) {
  const copy = await mkdtemp(join(tmpdir(), "cdn-preload-gate-npm-"));
  try {
    await copyNamedFiles(root, copy);
    const [command, ...before] = npmCommand({ root, env });
    const args = [...before, "pack", "--ignore-scripts", "--pack-destination", out, "--loglevel=error"];
    const { ok, output, problem } = await capture(command, args, { cwd: copy, env });
    if (!ok) throw new SetUpError(`npm pack failed (${problem}): ${output.trim()}`);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string} copy
 */
async function copyNamedFiles(root, copy) {
  /** @type {{ files: string[] }} */
  const { files } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const named = files.filter((file) => !file.startsWith("!"));
  for (const file of ["package.json", ...named])
    await cp(join(root, file), join(copy, file), { recursive: true });
}
