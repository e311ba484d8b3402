// npm run docs [-- --out FOLDER]: makes the documentation site of docs/ and of the types, and checks its links.
import { rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "vitepress";
import { passSignalsOn } from "./child.mjs";
import { writeApiReference } from "./docs/api-reference.mjs";
import { faultsInSite } from "./docs/check-site.mjs";
import { stagePages, stageUntranslated } from "./docs/pages.mjs";
import { withFolderLock } from "./folder-lock.mjs";
import { createProgress } from "./progress.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "site") } } });
const out = resolve(values.out);
const progress = createProgress();

passSignalsOn();
const onWait = (/** @type {string} */ holder) =>
  progress.say(`${holder} makes the site already: waiting for it`);
const faults = await withFolderLock(join(root, ".cache", "docs.lock"), { onWait }, async () => {
  await stagePages(root);
  await writeApiReference(root);
  await stageUntranslated(root);
  await rm(out, { recursive: true, force: true });
  await build(join(root, "docs"), { outDir: out });
  return faultsInSite(out);
});
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else progress.say(`the site is in ${out}`);
