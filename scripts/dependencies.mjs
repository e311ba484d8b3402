import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, delimiter, join, sep } from "node:path";
import { capture } from "./child.mjs";
import { findExecutable } from "./executable.mjs";
import { isAtLeast } from "./is-at-least.mjs";
import { SetUpError } from "./set-up-error.mjs";

const LOCKFILE = "package-lock.json";
const NPM_TIMEOUT_MS = 20 * 60_000;

/** What npm says of the install script of the devDependency `node`, if that has no build for this platform. */
const NODE_HAS_NO_BUILD = /installArchSpecificPackage/;

/**
 * Runs `npm ci` if node_modules is missing or does not match package-lock.json. Not every version of the devDependency
 * `node` has a build for macOS or for Windows on arm64. There it is left out, and the machine's own Node is used. No
 * other dependency needs its install script.
 *
 * @param {{ root: string, env: NodeJS.ProcessEnv, progress: import("./progress.mjs").Progress }} options
 */
export async function installDependencies({ root, env, progress }) {
  if (await dependenciesAreCurrent(root)) return;
  await progress.step("dependencies (npm ci)", async () => {
    const first = await npmCi({ root, env, options: [] });
    const { ok, output, problem } =
      !first.ok && NODE_HAS_NO_BUILD.test(first.output)
        ? await npmCi({ root, env, options: ["--ignore-scripts"] })
        : first;
    if (!ok) throw new SetUpError(explainNpmFailure(problem, output));
  });
}

/**
 * @param {{ root: string, env: NodeJS.ProcessEnv, options: readonly string[] }} settings
 */
function npmCi({ root, env, options }) {
  const [command, ...before] = npmCommand({ root, env });
  // With NODE_ENV=production, npm would omit the devDependencies, which the set-up needs.
  const args = ["ci", "--include=dev", "--no-fund", "--no-audit", "--loglevel=error", ...options];
  return capture(command, [...before, ...args], {
    cwd: root,
    env: { ...env, PATH: pathWithoutOwnModules(env.PATH, root) },
    timeoutMs: NPM_TIMEOUT_MS,
  });
}

/**
 * Compares package-lock.json with npm's list of installed packages, so that manual installations count too.
 *
 * @param {string} root
 * @returns {Promise<boolean>}
 */
export async function dependenciesAreCurrent(root) {
  const locked = await packagesIn(join(root, LOCKFILE));
  const installed = await packagesIn(join(root, "node_modules", ".package-lock.json"));
  if (locked === undefined || installed === undefined) return false;
  return Object.entries(locked).every(([path, { version, optional, link }]) => {
    // "" is the project itself. Optional packages are for other platforms.
    if (path === "" || link === true) return true;
    const found = installed[path];
    return found === undefined
      ? optional === true
      : found.version === version && existsSync(join(root, path));
  });
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, { version?: string, optional?: boolean, link?: boolean }> | undefined>}
 */
async function packagesIn(file) {
  try {
    return JSON.parse(await readFile(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/**
 * @param {{ root: string, env: NodeJS.ProcessEnv }} options
 * @returns {[string, ...string[]]} a command and its first arguments
 */
export function npmCommand({ root, env }) {
  const searchPath = pathWithoutOwnModules(env.PATH, root);
  const script = env.npm_execpath;
  if (script !== undefined && basename(script) === "npm-cli.js" && existsSync(script)) {
    // Does not use process.execPath if it is inside node_modules, because npm ci removes that while it runs.
    return [findExecutable("node", searchPath) ?? process.execPath, script];
  }
  const command = findExecutable("npm", searchPath);
  if (command === undefined) {
    throw new SetUpError("There is no npm on PATH: install Node together with npm (https://nodejs.org).");
  }
  return [command];
}

/**
 * npm puts node_modules/.bin first on PATH, which has the `node` of the last installation.
 *
 * @param {string | undefined} searchPath
 * @param {string} root
 */
export function pathWithoutOwnModules(searchPath, root) {
  const own = join(root, "node_modules") + sep;
  return (searchPath ?? "")
    .split(delimiter)
    .filter((folder) => !folder.startsWith(own))
    .join(delimiter);
}

/**
 * @param {string} problem
 * @param {string} output what npm said
 */
export function explainNpmFailure(problem, output) {
  // npm prints the error first, then a stack trace and the name of its log.
  const lines = output
    .trim()
    .split("\n")
    .filter((line) => !/^npm error\s+at /.test(line));
  const said = lines.slice(0, 8).join("\n  ");
  return `npm ci failed (${problem}).\n  ${said}\n${adviceFor(output)} Then run the same command again.`;
}

/** @param {string} output */
function adviceFor(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output)) {
    return "The npm registry cannot be reached: check the network, the proxy, and `npm config get registry`.";
  }
  if (/ENOSPC/.test(output)) return "The disk is full: about 500 MB are needed.";
  if (/EACCES|EPERM|EROFS/.test(output)) return "A folder cannot be written: see who owns it.";
  return "Fix what npm reports.";
}

/**
 * The tests and the demo run on the Node of the devDependency `node`. If it has no build that works here, they run on
 * the machine's Node, if that is new enough. With CDN_PRELOAD_GATE_NODE=path they run on that one in any case, so that
 * they can be run on each Node that is supported.
 *
 * @param {{ root: string, env: NodeJS.ProcessEnv, progress: import("./progress.mjs").Progress }} options
 * @returns {Promise<{ node: string, nodeVersion: string }>} the full path of the Node to use
 */
export async function findProjectNode({ root, env, progress }) {
  if (env.CDN_PRELOAD_GATE_NODE === "path") return requireNodeOfPath({ root, env, why: "" });
  const bundled = join(
    root,
    "node_modules",
    "node",
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  const { ok, stdout, output, problem } = await capture(bundled, ["--version"], { cwd: root, env });
  if (ok) return { node: bundled, nodeVersion: stdout.trim().replace(/^v/, "") };

  const reason = [problem, output.trim().split("\n")[0]].filter(Boolean).join(": ");
  const found = await requireNodeOfPath({
    root,
    env,
    why:
      `The Node that the devDependency \`node\` brings does not work (${reason}). If npm is set to ignore install ` +
      "scripts, run `npm rebuild node --ignore-scripts=false`; or ",
  });
  progress.say(
    `the Node from the devDependency \`node\` does not work here (${reason}): using ${found.node} ${found.nodeVersion}`,
  );
  return found;
}

/**
 * @param {{ root: string, env: NodeJS.ProcessEnv, why: string }} options `why` it is needed, and what would do instead
 * @returns {Promise<{ node: string, nodeVersion: string }>} the machine's own Node
 */
async function requireNodeOfPath({ root, env, why }) {
  const node = findExecutable("node", pathWithoutOwnModules(env.PATH, root));
  const answer = node === undefined ? undefined : await capture(node, ["--version"], { cwd: root, env });
  const nodeVersion = answer?.ok ? answer.stdout.trim().replace(/^v/, "") : "";
  const { engines } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const oldest = String(engines.node).replace(/^>=\s*/, "");
  if (node !== undefined && isAtLeast(nodeVersion, oldest)) return { node, nodeVersion };
  const advice = `put Node ${oldest} or newer on PATH. Then run the same command again.`;
  throw new SetUpError(why === "" ? `There is no Node that can run the tests: ${advice}` : why + advice);
}
