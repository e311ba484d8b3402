import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { throwIfInterrupted } from "./child.mjs";

/** How often the holder shows that it is alive, and how long others wait for a sign of it. */
const SIGN_OF_LIFE_MS = 5_000;
const BELIEVED_MS = 60_000;
const LOOK_AGAIN_MS = 300;

/**
 * Runs `work` while no other process runs the work of the same lock. The lock is a folder, because creating one is atomic
 * on every file system. It outlives a killed holder, so other processes remove the lock of a dead one.
 *
 * @template T
 * @param {string} lockFolder
 * @param {{ onWait?: (holder: string) => void }} options `onWait` is called once, if another process holds it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFolderLock(lockFolder, { onWait }, work) {
  const owner = JSON.stringify({ pid: process.pid, host: hostname(), startedAt: Date.now() });
  await mkdir(dirname(lockFolder), { recursive: true });
  await take(lockFolder, owner, onWait);
  const timer = setInterval(() => {
    const now = new Date();
    utimes(lockFolder, now, now).catch(() => {});
  }, SIGN_OF_LIFE_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if ((await ownerOf(lockFolder)) === owner) await rm(lockFolder, { recursive: true, force: true });
  }
}

/**
 * @param {string} lockFolder
 * @param {string} owner
 * @param {((holder: string) => void) | undefined} onWait
 */
async function take(lockFolder, owner, onWait) {
  let told = false;
  let lastSign = "";
  // Counts checks instead of time, because the clock continues while the machine sleeps.
  let looksWithoutSign = 0;
  for (;;) {
    throwIfInterrupted();
    try {
      await mkdir(lockFolder);
      await writeFile(join(lockFolder, "owner"), owner);
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    const holder = await ownerOf(lockFolder);
    const sign = await signOfLife(lockFolder);
    looksWithoutSign = sign === lastSign ? looksWithoutSign + 1 : 0;
    lastSign = sign;
    if (isDead(holder) || looksWithoutSign * LOOK_AGAIN_MS >= BELIEVED_MS) {
      await takeAway(lockFolder, holder);
      looksWithoutSign = 0;
      continue;
    }
    if (!told) onWait?.(describe(holder));
    told = true;
    await delay(LOOK_AGAIN_MS);
  }
}

/**
 * @param {string} lockFolder
 * @param {string} deadHolder
 */
async function takeAway(lockFolder, deadHolder) {
  // Two waiting processes may both find the holder dead. The slower one must not remove the lock of the other.
  if ((await ownerOf(lockFolder)) !== deadHolder) return;
  const aside = `${lockFolder}.${process.pid}.dead`;
  try {
    await rename(lockFolder, aside);
  } catch {
    return;
  }
  await rm(aside, { recursive: true, force: true });
}

/** @param {string} lockFolder */
function ownerOf(lockFolder) {
  return readFile(join(lockFolder, "owner"), "utf8").catch(() => "");
}

/** @param {string} lockFolder */
async function signOfLife(lockFolder) {
  return stat(lockFolder).then(
    (found) => String(found.mtimeMs),
    () => "gone",
  );
}

/** @param {string} holder */
function isDead(holder) {
  const { pid, host } = parse(holder);
  // The holder has no name yet, or is on another machine. Only a missing sign of life shows that it is dead.
  if (pid === undefined || host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH";
  }
}

/** @param {string} holder */
function describe(holder) {
  const { pid, host } = parse(holder);
  if (pid === undefined) return "another process";
  return host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
}

/**
 * @param {string} holder
 * @returns {{ pid?: number, host?: string }}
 */
function parse(holder) {
  try {
    return JSON.parse(holder);
  } catch {
    return {};
  }
}
