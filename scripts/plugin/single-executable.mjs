import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { capture } from "../child.mjs";
import { SetUpError } from "../set-up-error.mjs";
import { platformOfExecutable } from "./executable-format.mjs";
import { isWindows } from "./platforms.mjs";
import { withoutSignature } from "./portable-executable.mjs";

/** Node looks for the first when it starts, and then for what the second and third name. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";
const RESOURCE = "NODE_SEA_BLOB";
const MAC_SEGMENT = "NODE_SEA";

/**
 * Wraps a script for Node's single executable applications. What comes of it fits Node of the same version on any
 * platform, since it holds neither compiled code nor a snapshot.
 *
 * @param {{ script: string, node: string }} options `node` of the version that it will be put into
 * @returns {Promise<string>} the file that `makeExecutable` puts into Node, beside the script
 */
export async function prepareScript({ script, node }) {
  const folder = dirname(script);
  const [config, output] = ["executable.json", "executable.blob"];
  const settings = {
    // By its name only: it is kept as it stands here, and the same script is to make the same bytes.
    main: basename(script),
    output,
    disableExperimentalSEAWarning: true,
    // NODE_OPTIONS speaks to the Node that a user has installed, whose version may be another.
    execArgvExtension: "none",
  };
  await writeFile(join(folder, config), JSON.stringify(settings));
  await runTool(node, ["--experimental-sea-config", config], {
    cwd: folder,
    failure: "Node could not wrap the script",
  });
  return join(folder, output);
}

/**
 * Copies Node and puts the script into it. The copy has no signature, since Node's is about the original: here Windows'
 * is taken off, and postject takes off macOS'.
 *
 * @param {{ blob: string, node: string, platformName: string, executable: string, root: string }} options
 */
export async function makeExecutable({ blob, node, platformName, executable, root }) {
  const original = await readFile(node);
  const found = platformOfExecutable(original);
  if (found !== platformName) {
    throw new SetUpError(
      `${node} is ${found === undefined ? "no executable" : `for ${found}`}, not for ${platformName}.`,
    );
  }
  const unsigned = isWindows(platformName) ? withoutSignature(original) : original;
  await writeFile(executable, unsigned, { mode: 0o755 });
  try {
    const postject = join(root, "node_modules", "postject", "dist", "cli.js");
    const names = ["--sentinel-fuse", FUSE, "--macho-segment-name", MAC_SEGMENT];
    await runTool(process.execPath, [postject, executable, RESOURCE, blob, ...names], {
      failure: `postject could not put the script into Node for ${platformName}`,
    });
  } catch (error) {
    await rm(executable, { force: true });
    throw error;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, failure: string }} options `failure` is what to say where it fails
 */
async function runTool(command, args, { cwd, failure }) {
  const { ok, output, problem } = await capture(command, args, { cwd });
  if (!ok) throw new SetUpError(`${failure} (${problem}):\n${output.trim()}`);
}
