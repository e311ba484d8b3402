import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../cache-folder.mjs";
import { capture } from "../child.mjs";
import { findExecutable, isExecutable } from "../executable.mjs";
import { SetUpError } from "../set-up-error.mjs";
import { PLUGIN } from "./platforms.mjs";

/** The crate that has `rcodesign`, which signs for macOS on any system. */
const CRATE = "apple-codesign";
const CRATE_VERSION = "0.29.0";
const CARGO_TIMEOUT_MS = 60 * 60_000;
const EXE = process.platform === "win32" ? ".exe" : "";

/**
 * @typedef {object} Signer
 * @property {string} command
 * @property {(executable: string) => string[]} argumentsFor
 */

/**
 * Signs an executable for macOS ad hoc, that is by no name: macOS on arm64 kills one that has no signature.
 *
 * @param {string} executable
 * @param {Signer} signer
 */
export async function signForMac(executable, { command, argumentsFor }) {
  const { ok, output, problem } = await capture(command, argumentsFor(executable));
  if (!ok) throw new SetUpError(`${command} could not sign ${executable} (${problem}):\n${output.trim()}`);
}

/**
 * Finds what can sign for macOS, or lets Cargo build it.
 *
 * @param {{ env: NodeJS.ProcessEnv, progress: import("../progress.mjs").Progress }} options
 * @returns {Promise<Signer>}
 */
export async function provideMacSigner({ env, progress }) {
  return findMacSigner(env) ?? signerByCrate(await builtByCargo({ env, progress }));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Signer | undefined} macOS's own tool, or an `rcodesign` on PATH or in the cache
 */
export function findMacSigner(env) {
  const codesign = process.platform === "darwin" ? findExecutable("codesign", env.PATH) : undefined;
  if (codesign !== undefined)
    return {
      command: codesign,
      argumentsFor: (file) => ["--sign", "-", "--force", "--identifier", PLUGIN, file],
    };
  const cached = cachedSigner(env);
  const command = findExecutable("rcodesign", env.PATH) ?? (isExecutable(cached) ? cached : undefined);
  return command === undefined ? undefined : signerByCrate(command);
}

/**
 * @param {string} command
 * @returns {Signer}
 */
function signerByCrate(command) {
  return { command, argumentsFor: (file) => ["sign", "--binary-identifier", PLUGIN, file] };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} where the cache keeps what Cargo builds, there or not
 */
function cachedSigner(env) {
  return join(cacheFolder(env), CRATE, CRATE_VERSION, "bin", `rcodesign${EXE}`);
}

/**
 * @param {{ env: NodeJS.ProcessEnv, progress: import("../progress.mjs").Progress }} options
 * @returns {Promise<string>}
 */
async function builtByCargo({ env, progress }) {
  const command = cachedSigner(env);
  const cached = join(command, "..", "..");
  const cargo = findExecutable("cargo", env.PATH);
  if (cargo === undefined) {
    throw new SetUpError(
      "An executable for macOS has to be signed, and there is neither rcodesign nor Cargo on PATH: install Rust " +
        "(https://rustup.rs), and rcodesign is built once; or name the other platforms only.",
    );
  }
  await progress.step(`rcodesign ${CRATE_VERSION} by Cargo (once, for some minutes)`, async () => {
    const folder = `${cached}.new-${process.pid}`;
    await mkdir(folder, { recursive: true });
    try {
      // Without what asks Apple to notarize, which is most of what it depends on.
      const args = ["install", CRATE, "--version", CRATE_VERSION, "--locked", "--no-default-features"];
      const { ok, output, problem } = await capture(cargo, [...args, "--root", folder], {
        env,
        timeoutMs: CARGO_TIMEOUT_MS,
      });
      if (!ok)
        throw new SetUpError(`cargo install ${CRATE} failed (${problem}):\n${output.trim().slice(-1000)}`);
      await rm(cached, { recursive: true, force: true });
      await rename(folder, cached);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  return command;
}
