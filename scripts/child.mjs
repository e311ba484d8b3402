import { spawn } from "node:child_process";
import { constants } from "node:os";

/** A signal asked this process to end, and its work has been stopped. */
export class InterruptedError extends Error {
  /** @override */
  name = "InterruptedError";

  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`interrupted by ${signal}`);
    /** The exit code that a shell would report, such as 130 for SIGINT. */
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** The terminal, npm and a shell can each send us the same Ctrl-C. Within this time they count as one. */
const SAME_PRESS_MS = 1000;
const KILL_AFTER_MS = 5000;

/** @type {Set<{ child: import("node:child_process").ChildProcess, ownGroup: boolean }>} */
const running = new Set();
/** @type {NodeJS.Signals | undefined} */
let received;
let receivedAtMs = 0;

/** From now on, a signal stops the children first. This process ends after them. */
export function passSignalsOn() {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      const again = received !== undefined;
      if (again && Date.now() - receivedAtMs < SAME_PRESS_MS) return;
      received = signal;
      receivedAtMs = Date.now();
      for (const entry of running) {
        stop(entry, entry.ownGroup && again ? "SIGKILL" : signal);
        // A process in the background of a shell ignores SIGINT.
        if (entry.ownGroup)
          setTimeout(() => running.has(entry) && stop(entry, "SIGKILL"), KILL_AFTER_MS).unref();
      }
    });
  }
}

/** Stops the running commands of the set-up, because their result is no longer needed. */
export function endSetUp() {
  for (const entry of running) if (entry.ownGroup) stop(entry, "SIGTERM");
}

/** @throws {InterruptedError} if a signal has arrived */
export function throwIfInterrupted() {
  if (received !== undefined) throw new InterruptedError(received);
}

/**
 * Runs a command of the set-up without input, in its own process group. Its output is kept and not shown. It throws only
 * if a signal ended the whole set-up, and not because of the command's result.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<{ ok: boolean, stdout: string, output: string, problem: string }>} `problem` says in a few
 *   words why it is not ok: could not be started, took too long, exit code
 */
export async function capture(command, args, { cwd, env, timeoutMs } = {}) {
  throwIfInterrupted();
  // In its own group, a time limit also stops its grandchildren (the installer's curl, go's compilers).
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const entry = { child, ownGroup: true };
  running.add(entry);
  let stdout = "";
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
    output += text;
  });
  let timedOut = false;
  /** @type {NodeJS.Timeout[]} */
  const timers = [];
  if (timeoutMs !== undefined) {
    timers.push(
      setTimeout(() => {
        timedOut = true;
        stop(entry, "SIGTERM");
        timers.push(setTimeout(() => stop(entry, "SIGKILL"), KILL_AFTER_MS));
      }, timeoutMs),
    );
  }
  const problem = await new Promise((resolve) => {
    child.once("error", (error) => resolve(`cannot be started: ${error.message}`));
    child.once("close", (code, signal) => {
      if (timedOut) resolve(`took longer than ${(timeoutMs ?? 0) / 1000} s`);
      else if (signal !== null) resolve(`ended by ${signal}`);
      else resolve(code === 0 ? "" : `exit code ${code}`);
    });
  });
  for (const timer of timers) clearTimeout(timer);
  running.delete(entry);
  throwIfInterrupted();
  return { ok: problem === "", stdout, output, problem };
}

/**
 * Runs a command in the foreground with our input and output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code, or 128 + n if signal n ended it
 */
export async function runInForeground(command, args, { cwd, env } = {}) {
  throwIfInterrupted();
  const child = spawn(command, args, { cwd, env, stdio: "inherit" });
  const entry = { child, ownGroup: false };
  running.add(entry);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
    });
  } finally {
    running.delete(entry);
  }
}

/**
 * @param {{ child: import("node:child_process").ChildProcess, ownGroup: boolean }} entry
 * @param {NodeJS.Signals} signal
 */
function stop({ child, ownGroup }, signal) {
  if (child.pid === undefined) return;
  // The terminal sends Ctrl-C to the whole foreground group. A second copy from us would look like a second press,
  // and at a second press Pulumi kills the running operations.
  if (!ownGroup && signal === "SIGINT" && hasTerminal()) return;
  try {
    process.kill(ownGroup ? -child.pid : child.pid, signal);
  } catch {
    // The process has just ended on its own.
  }
}

function hasTerminal() {
  return Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
}
