import { lstatSync, readlinkSync, realpathSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { GateError } from "../core/errors";

/** A lock whose time was not renewed for this long is a dead process's, in milliseconds. */
const STALE_MS = 10_000;
/** How often a holder renews it, in milliseconds. */
const HEARTBEAT_MS = 2_000;
/** How often a lock of another process is looked at, in milliseconds. */
const WATCH_INTERVAL_MS = 250;

/** A claim on a state file. */
export interface StateLock {
  /** Why it holds no longer: another process has taken it for a dead one's; `undefined` as long as it holds. */
  lostTo(): Error | undefined;
  release(): void;
}

/**
 * Claims a file for this process. The claim is a folder `<file>.lock` whose time this process renews, so that it also
 * works between machines and containers that share a volume: a process id means nothing there. A lock that is renewed
 * while we watch is held by a live process; one that is not for ten seconds is taken over.
 *
 * @param realFile the file itself, not a link to it; it need not exist.
 * @throws GateError `usage` while another process has it, or where it cannot be claimed.
 */
export async function lockStateFile(shownFile: string, realFile: string): Promise<StateLock> {
  const { lock, unlockSync } = require("proper-lockfile") as typeof import("proper-lockfile");
  const lockfilePath = `${realFile}.lock`;
  let lost: Error | undefined;
  const options = {
    lockfilePath,
    realpath: false,
    stale: STALE_MS,
    update: HEARTBEAT_MS,
    onCompromised: (error: Error) => {
      lost = error;
    },
  };
  const firstSeenMs = renewedAtMs(lockfilePath);
  for (;;) {
    try {
      await lock(realFile, options);
      return { lostTo: () => lost, release: () => lost ?? release(() => unlockSync(realFile, options)) };
    } catch (cause) {
      if (!isLocked(cause)) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new GateError("usage", `The state file ${shownFile} cannot be locked: ${reason}.`, { cause });
      }
      const seenMs = renewedAtMs(lockfilePath);
      if (seenMs !== undefined && seenMs !== firstSeenMs) {
        throw new GateError(
          "usage",
          `Another process works with the state file ${shownFile}: it renews ${lockfilePath}. Wait for it, or name another file.`,
          { cause },
        );
      }
      await sleep(WATCH_INTERVAL_MS);
    }
  }
}

/** Where a file really lies, through links; also of one that is not there yet. */
export function realFileOf(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const link = lstatSync(whole, { throwIfNoEntry: false })?.isSymbolicLink()
      ? readlinkSync(whole)
      : undefined;
    if (link !== undefined) return realFileOf(resolve(dirname(whole), link));
    try {
      return join(realpathSync(dirname(whole)), basename(whole));
    } catch {
      return whole;
    }
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ELOCKED";
}

function renewedAtMs(lockfilePath: string): number | undefined {
  const found = statSync(lockfilePath, { throwIfNoEntry: false });
  // A plain file is what an earlier release wrote: it is renewed by nothing.
  if (found?.isFile() && Date.now() - found.mtimeMs > STALE_MS) rmSync(lockfilePath, { force: true });
  return found?.mtimeMs;
}

/** A lock that is gone already needs no release. */
function release(work: () => void): void {
  try {
    work();
  } catch {
    // Removed by hand, or with its folder.
  }
}
