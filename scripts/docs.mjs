// npm run docs [-- --out FOLDER]: makes the documentation site of docs/ and of the types, and checks its links.
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "vitepress";
import { InterruptedError, passSignalsOn } from "./child.mjs";
import { writeApiReference } from "./docs/api-reference.mjs";
import { faultsInSite } from "./docs/check-site.mjs";
import { stagePages, stageUntranslated } from "./docs/pages.mjs";
import { withFolderLock } from "./folder-lock.mjs";
import { createProgress } from "./progress.mjs";
import { SetUpError } from "./set-up-error.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const progress = createProgress();
/** VitePress writes it into each site. */
const MARK = "hashmap.json";

passSignalsOn();
try {
  const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "site") } } });
  const out = resolve(values.out);
  const onWait = (/** @type {string} */ holder) =>
    progress.say(`${holder} makes the site already: waiting for it`);
  const faults = await withFolderLock(join(root, ".cache", "docs.lock"), { onWait }, () => makeSite(out));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) throw new SetUpError("The site has the faults above.");
  progress.say(`the site is in ${out}`);
} catch (error) {
  // VitePress has shown where the fault is, and its stack tells nothing of the page.
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = error instanceof InterruptedError ? error.exitCode : 1;
}

/**
 * @param {string} out
 * @returns {Promise<string[]>} what is wrong with it
 */
async function makeSite(out) {
  if (existsSync(out) && !existsSync(join(out, MARK)) && (await readdir(out)).length > 0)
    throw new SetUpError(
      `${out} is not empty, and holds no site that could be replaced. Name another folder.`,
    );
  await stagePages(root);
  await writeApiReference(root);
  await stageUntranslated(root);
  await rm(out, { recursive: true, force: true });
  await build(join(root, "docs"), { outDir: out });
  return faultsInSite(out);
}
