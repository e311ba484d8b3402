import { copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture } from "../child.mjs";
import { findExecutable } from "../executable.mjs";
import { goBuild } from "../pulumi-cli.mjs";
import { SetUpError } from "../set-up-error.mjs";

export const LANGUAGES = ["python", "go", "nodejs", "dotnet", "java"];
/** Of these the Go module of the Pulumi CLI holds the generators, for a CLI that has no language hosts. */
const LANGUAGES_OF_MODULE = new Set(["python", "go", "nodejs"]);
const EXE = process.platform === "win32" ? ".exe" : "";

/**
 * @typedef {object} SdkTools
 * @property {string} pulumi
 * @property {NodeJS.ProcessEnv} env
 * @property {() => Promise<string>} ownGenerator builds what the Go module holds, once
 */

/**
 * Generates SDKs, each in a folder named for its language, beside a copy of the schema that they are made of.
 *
 * @param {object} options
 * @param {string} options.schema the file
 * @param {readonly string[]} [options.languages] Default: all
 * @param {string} options.out what was in it goes, once all SDKs are generated
 * @param {string} options.pulumi
 * @param {NodeJS.ProcessEnv} options.env
 * @returns {Promise<string[]>} which are missing, and why: this machine lacks what makes them
 */
export async function makeSdks({ schema, languages = LANGUAGES, out, pulumi, env }) {
  const work = await mkdtemp(join(tmpdir(), "cdn-preload-gate-generator-"));
  const folder = `${out}.new-${process.pid}`;
  /** @type {Promise<string> | undefined} */
  let generator;
  const ownGenerator = () => {
    generator ??= buildGenerator(work, env);
    return generator;
  };
  const tools = { pulumi, env, ownGenerator };
  try {
    await mkdir(folder, { recursive: true });
    await copyFile(schema, join(folder, "schema.json"));
    const missing = [];
    for (const language of languages) {
      const why = await generate(language, { schema, folder, tools });
      if (why !== undefined) missing.push(`${language}: ${why}`);
    }
    await rm(out, { recursive: true, force: true });
    await rename(folder, out);
    return missing;
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} language
 * @param {{ schema: string, folder: string, tools: SdkTools }} options
 * @returns {Promise<string | undefined>} why there is none, where this machine lacks what makes it
 */
async function generate(language, { schema, folder, tools }) {
  const { pulumi, env } = tools;
  const args = ["package", "gen-sdk", schema, "--language", language, "--out", folder];
  const { ok, output, problem } = await capture(pulumi, args, { env });
  if (ok) return undefined;
  if (!output.includes(`no language plugin 'pulumi-language-${language}'`))
    throw new SetUpError(explainFailure(language, problem, output));
  // It has made the folder before it missed its language host.
  const destination = join(folder, language);
  await rm(destination, { recursive: true, force: true });
  const lacks = `the Pulumi CLI has no pulumi-language-${language}`;
  if (!LANGUAGES_OF_MODULE.has(language)) return lacks;
  if (findExecutable("go", env.PATH) === undefined) return `${lacks}, and there is no Go on PATH`;
  await runGenerator(await tools.ownGenerator(), { language, schema, destination, env });
  return undefined;
}

/**
 * @param {string} generator
 * @param {{ language: string, schema: string, destination: string, env: NodeJS.ProcessEnv }} options
 */
async function runGenerator(generator, { language, schema, destination, env }) {
  const { ok, output, problem } = await capture(generator, [language, schema, destination], { env });
  if (!ok) throw new SetUpError(explainFailure(language, problem, output));
}

/**
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
async function buildGenerator(folder, env) {
  const built = join(folder, `gen-sdk${EXE}`);
  const { ok, output, problem } = await goBuild("go", { packagePath: "./gen-sdk", built, env });
  if (!ok) throw new SetUpError(`The generators could not be built (${problem}):\n${output.trim()}`);
  return built;
}

/**
 * @param {string} language
 * @param {string} problem
 * @param {string} output
 */
function explainFailure(language, problem, output) {
  return `The SDK for ${language} could not be generated (${problem}):\n${output.trim()}`;
}
