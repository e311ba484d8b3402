// npm run sdk: makes the SDKs in sdk/ of schema/pulumi-schema.json, in each language for which this machine has a
// generator: the language's host of a full Pulumi distribution, or, for three of them, Go.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { capture, InterruptedError, passSignalsOn } from "./child.mjs";
import { findExecutable } from "./executable.mjs";
import { createProgress } from "./progress.mjs";
import { SetUpError } from "./set-up-error.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const schema = join(root, "schema", "pulumi-schema.json");
const progress = createProgress();

/** Those that the Go module `scripts/pulumi-sdk` has a generator of. */
const BY_GO = ["go", "nodejs", "python"];
const LANGUAGES = [...BY_GO, "dotnet", "java"];
/** Go's own compiler makes the generator first. */
const GENERATOR_TIMEOUT_MS = 60 * 60_000;

passSignalsOn();
try {
  const asked = process.argv.slice(2);
  const unknown = asked.find((language) => !LANGUAGES.includes(language));
  if (unknown !== undefined)
    throw new SetUpError(`There is no SDK of ${unknown}.\nusage: npm run sdk -- [${LANGUAGES.join(" | ")}]…`);
  for (const language of asked.length > 0 ? asked : LANGUAGES) await makeSdk(language);
  await writeFile(join(root, "sdk", "SCHEMA_SHA256"), `${await schemaSum()}\n`);
} catch (error) {
  if (!(error instanceof SetUpError || error instanceof InterruptedError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof InterruptedError ? error.exitCode : 1;
}

/** @param {string} language */
async function makeSdk(language) {
  const generator = generatorOf(language);
  if (generator === undefined) {
    const needed = BY_GO.includes(language)
      ? `pulumi-language-${language}, nor Go`
      : `pulumi-language-${language}`;
    progress.say(`SDK for ${language}: not made, there is no ${needed} on PATH`);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), "cdn-preload-gate-sdk-"));
  try {
    await progress.step(`SDK for ${language}`, async () => {
      const { command, args, cwd } = generator(folder);
      const { ok, output, problem } = await capture(command, args, {
        cwd,
        env: { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off", CGO_ENABLED: "0" },
        timeoutMs: GENERATOR_TIMEOUT_MS,
      });
      if (!ok) throw new SetUpError(`The SDK for ${language} could not be made: ${output.trim() || problem}`);
    });
    await put(folder, language);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} language
 * @returns {((folder: string) => { command: string, args: string[], cwd: string }) | undefined}
 */
function generatorOf(language) {
  const pulumi = findExecutable("pulumi", process.env.PATH);
  if (pulumi !== undefined && findExecutable(`pulumi-language-${language}`, process.env.PATH) !== undefined) {
    const args = (/** @type {string} */ folder) => [
      "package",
      "gen-sdk",
      schema,
      "--language",
      language,
      "-o",
      folder,
    ];
    return (folder) => ({ command: pulumi, args: args(folder), cwd: root });
  }
  const go = findExecutable("go", process.env.PATH);
  if (go === undefined || !BY_GO.includes(language)) return undefined;
  const run = ["run", "-buildvcs=false", "-tags", "osusergo,grpcnotrace", "."];
  const cwd = join(root, "scripts", "pulumi-sdk");
  return (folder) => ({ command: go, args: [...run, schema, language, join(folder, language)], cwd });
}

/**
 * Puts what was made in place of what was there, and beside it what the generator does not make.
 *
 * @param {string} made
 * @param {string} language
 */
async function put(made, language) {
  const target = join(root, "sdk", language);
  const kept = join(target, "alicdn", "go.mod");
  const goMod = existsSync(kept) ? await readFile(kept, "utf8") : undefined;
  const goSum = existsSync(`${kept.slice(0, -3)}sum`)
    ? await readFile(`${kept.slice(0, -3)}sum`, "utf8")
    : undefined;
  await rm(target, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  await cp(join(made, language), target, { recursive: true });
  // Some generators write one a folder above the package, where its imports do not look for it.
  await rm(join(target, "go.mod"), { force: true });
  if (goMod !== undefined) await writeFile(kept, goMod);
  if (goSum !== undefined) await writeFile(`${kept.slice(0, -3)}sum`, goSum);
}

/** Of what the schema says, whatever its formatting. */
async function schemaSum() {
  const content = JSON.stringify(JSON.parse(await readFile(schema, "utf8")));
  return createHash("sha256").update(content).digest("hex");
}
