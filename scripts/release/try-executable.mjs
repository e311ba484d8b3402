import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { unzipSync } from "fflate";
import { extract } from "tar";
import { capture } from "../child.mjs";
import { COMMAND, commandArchiveName, isWindows } from "../plugin/platforms.mjs";
import { SetUpError } from "../set-up-error.mjs";

const TIMEOUT_MS = 2 * 60_000;

/**
 * @param {{ release: string, version: string, platformName: string, folder: string }} options
 * @returns {Promise<string>} the executable, unpacked in the folder
 */
export async function unpackCommand({ release, version, platformName, folder }) {
  const archive = join(release, commandArchiveName(version, platformName));
  const unpacked = join(folder, "unpacked");
  await mkdir(unpacked);
  if (!isWindows(platformName)) {
    await extract({ file: archive, cwd: unpacked });
    return join(unpacked, COMMAND);
  }
  for (const [name, content] of Object.entries(unzipSync(await readFile(archive))))
    await writeFile(join(unpacked, name), content);
  return join(unpacked, `${COMMAND}.exe`);
}

/**
 * @param {string} executable
 * @param {{ folder: string, version: string }} options `folder` is empty or holds nothing that can be run
 * @returns {Promise<string>} the verdict of a gate whose URL every POP holds
 */
export async function tryExecutable(executable, { folder, version }) {
  // Without Node on PATH, and without this machine's credentials. Windows cannot open a socket without SystemRoot.
  const env = { PATH: folder, HOME: folder, SystemRoot: process.env.SystemRoot ?? "" };
  const told = await run(executable, ["--version"], env);
  if (told.trim() !== version)
    throw new SetUpError(`${executable} says that it is ${told.trim()}, and not ${version}.`);
  const emulator = spawn(executable, ["emulator", "--port", "0", "--speed", "20"], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(emulator, "close");
  try {
    const { value } = await createInterface(emulator.stdout)[Symbol.asyncIterator]().next();
    if (value === undefined) throw new SetUpError(`${executable} emulator ended at once.`);
    const ready = JSON.parse(value);
    const document = await run(executable, ["run", "https://cdn.example.com/app.js", "--json"], {
      ...env,
      ALICDN_ENDPOINT: ready.endpoint,
      ALIBABA_CLOUD_ACCESS_KEY_ID: ready.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: ready.accessKeySecret,
    });
    return JSON.parse(document).verdict;
  } finally {
    emulator.kill("SIGKILL");
    await ended;
  }
}

/**
 * @param {string} executable
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function run(executable, args, env) {
  const { ok, stdout, output, problem } = await capture(executable, args, { env, timeoutMs: TIMEOUT_MS });
  if (!ok) throw new SetUpError(`${executable} ${args.join(" ")} failed (${problem}):\n${output.trim()}`);
  return stdout;
}
