// npm run release:try [-- FOLDER]: unpacks this machine's archive of a release, and lets it pass a gate against its own
// emulator, without Node on PATH. The release workflow runs it on each platform.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { hostPlatform } from "./plugin/platforms.mjs";
import { tryExecutable, unpackCommand } from "./release/try-executable.mjs";
import { SetUpError } from "./set-up-error.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = await mkdtemp(join(tmpdir(), "cdn-preload-gate-try-"));

try {
  const [release = join(root, "release")] = process.argv.slice(2);
  const platform = hostPlatform();
  if (platform === undefined) throw new SetUpError("A release has nothing for this machine.");
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const options = { release: resolve(release), version, platformName: platform.name, folder };
  const verdict = await tryExecutable(await unpackCommand(options), { folder, version });
  console.log(`The executable for ${platform.name} runs, and its gate has ${verdict}.`);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
