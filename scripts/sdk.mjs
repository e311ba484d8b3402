// npm run sdk: makes the SDKs in sdk/ of schema/pulumi-schema.json, in each language for which this machine has a
// generator.
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InterruptedError, passSignalsOn } from "./child.mjs";
import { writeSchemaSum } from "./plugin/schema-sum.mjs";
import { LANGUAGES, makeSdks } from "./plugin/sdks.mjs";
import { createProgress } from "./progress.mjs";
import { SetUpError } from "./set-up-error.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const schema = join(root, "schema", "pulumi-schema.json");
const progress = createProgress();

passSignalsOn();
try {
  const asked = process.argv.slice(2);
  const unknown = asked.find((language) => !LANGUAGES.includes(language));
  if (unknown !== undefined)
    throw new SetUpError(`There is no SDK of ${unknown}.\nusage: npm run sdk -- [${LANGUAGES.join(" | ")}]…`);
  await remake(asked.length > 0 ? asked : LANGUAGES);
  await writeSchemaSum(root);
} catch (error) {
  if (!(error instanceof SetUpError || error instanceof InterruptedError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof InterruptedError ? error.exitCode : 1;
}

/** @param {readonly string[]} languages */
async function remake(languages) {
  const folder = await mkdtemp(join(tmpdir(), "cdn-preload-gate-sdk-"));
  try {
    const out = join(folder, "sdks");
    // The set-up has put it on PATH.
    const tools = { pulumi: "pulumi", env: process.env };
    const missing = await progress.step("SDKs", () => makeSdks({ schema, languages, out, ...tools }));
    for (const language of languages) if (existsSync(join(out, language))) await put(out, language);
    for (const line of missing) progress.say(`no SDK for ${line}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Puts what was made in place of what was there, and beside it what the generator does not make.
 *
 * @param {string} made
 * @param {string} language
 */
async function put(made, language) {
  const target = join(root, "sdk", language);
  const ours = ["go.mod", "go.sum"]
    .map((file) => join(target, "alicdn", file))
    .filter((file) => existsSync(file));
  const kept = await Promise.all(ours.map(async (file) => ({ file, text: await readFile(file, "utf8") })));
  await rm(target, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  await cp(join(made, language), target, { recursive: true });
  // Some generators write one a folder above the package, where its imports do not look for it.
  await rm(join(target, "go.mod"), { force: true });
  for (const { file, text } of kept) await writeFile(file, text);
}
