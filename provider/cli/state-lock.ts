import { randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { StateFileFault } from "../core/failure-facts";
import { UsageError } from "./usage-error";

/** A lock whose time did not change while we watched it for this long is a dead process's, in milliseconds. */
const STALE_MS = 10_000;
/** How often a holder renews it, in milliseconds. */
const HEARTBEAT_MS = 2_000;
/** How often a lock of another process is looked at, in milliseconds. */
const WATCH_INTERVAL_MS = 250;
/** The library compares clocks to call a lock stale, and ours may be ahead of the holder's: never by that. */
const NEVER_BY_THE_CLOCK_MS = 10 * 365 * 24 * 60 * 60 * 1000;

/** A file system from which no lock is removed; what unlocking calls of it. */
const KEEPING = { rmdirSync: () => undefined };

/** A claim on a state file. */
export interface StateLock {
  /** Why it holds no longer; `undefined` as long as it does. Looks at the lock itself, also after a pause. */
  whyLost(): StateFileFault | undefined;
  release(): void;
}

/**
 * Claims a file for this process. The claim is a folder `<file>.lock` whose time this process renews, so that it also
 * works between machines and containers that share a volume: neither a process id nor a clock of theirs means anything
 * here. A lock that changes while we watch is held by a live process. One that does not for ten seconds is taken over.
 *
 * @param realFile the file itself, not a link to it; it need not exist.
 * @throws UsageError while another process has it, or where it cannot be claimed.
 */
export async function lockStateFile(shownFile: string, realFile: string): Promise<StateLock> {
  const { lock, unlockSync } = require("proper-lockfile") as typeof import("proper-lockfile");
  const lockfilePath = `${realFile}.lock`;
  const options = {
    lockfilePath,
    realpath: false,
    stale: NEVER_BY_THE_CLOCK_MS,
    update: HEARTBEAT_MS,
    // Found out by looking, each time before anything is written.
    onCompromised: () => undefined,
  };
  for (;;) {
    try {
      await lock(realFile, options);
      const kept = { keepsBirth: keepsTimeOfBirth(lockfilePath) };
      const own = identityOf(lockfilePath, kept);
      const isOurs = () => own !== undefined && identityOf(lockfilePath, kept) === own;
      return {
        whyLost: () => (isOurs() ? undefined : whyLost(shownFile, lockfilePath)),
        // The library also forgets one that is another's by now, and else would remove it at the end.
        release: () =>
          ignoringFailure(() => unlockSync(realFile, isOurs() ? options : { ...options, fs: KEEPING })),
      };
    } catch (cause) {
      if (!isLocked(cause)) {
        const why = { kind: "words", words: cause instanceof Error ? cause.message : String(cause) } as const;
        throw usageError({ kind: "notLockable", file: shownFile, why }, cause);
      }
      await outliveHolder(shownFile, lockfilePath, cause);
    }
  }
}

/**
 * Watches another process's lock until it is gone, or has not been renewed for so long that its holder is dead.
 *
 * @throws UsageError once it is renewed.
 */
async function outliveHolder(shownFile: string, lockfilePath: string, cause: unknown): Promise<void> {
  const firstSeen = renewalOf(lockfilePath);
  const startedAtMs = performance.now();
  while (performance.now() - startedAtMs < STALE_MS) {
    await sleep(WATCH_INTERVAL_MS);
    const seen = renewalOf(lockfilePath);
    if (seen === undefined) return;
    if (seen !== firstSeen) {
      throw usageError({ kind: "locked", file: shownFile, lock: lockfilePath }, cause);
    }
  }
  takeAway(lockfilePath, firstSeen);
}

/** Moves a dead lock aside in one step; one that another contender has made meanwhile goes back. */
function takeAway(lockfilePath: string, dead: string | undefined): void {
  const aside = `${lockfilePath}.${process.pid}-${randomUUID()}`;
  ignoringFailure(() => {
    renameSync(lockfilePath, aside);
    if (renewalOf(aside) === dead) rmSync(aside, { recursive: true, force: true });
    else renameSync(aside, lockfilePath);
  });
}

function whyLost(file: string, lock: string): StateFileFault | undefined {
  // Without its folder the file itself cannot be written, which says more.
  if (!existsSync(dirname(lock))) return undefined;
  return { kind: "lost", file, lock, how: existsSync(lock) ? "takenOver" : "lockRemoved" };
}

function usageError(fault: StateFileFault, cause: unknown): UsageError {
  return new UsageError({ kind: "stateFile", fault }, { cause });
}

/**
 * Which folder it is: one that was removed and made again is another. Where a file system keeps no time of birth, Node
 * gives another time in its place, which a heartbeat changes: the folder's number has to do there.
 */
function identityOf(
  lockfilePath: string,
  { keepsBirth }: { readonly keepsBirth: boolean },
): string | undefined {
  const found = statSync(lockfilePath, { throwIfNoEntry: false, bigint: true });
  return found && `${found.dev} ${found.ino}${keepsBirth ? ` ${found.birthtimeNs}` : ""}`;
}

/** Changes the folder in a way that no time but that of its change shows. */
function keepsTimeOfBirth(lockfilePath: string): boolean {
  const before = statSync(lockfilePath, { bigint: true });
  chmodSync(lockfilePath, Number(before.mode) & 0o777);
  return statSync(lockfilePath, { bigint: true }).birthtimeNs === before.birthtimeNs;
}

/** Which folder it is, and when it was renewed last. */
function renewalOf(lockfilePath: string): string | undefined {
  const found = statSync(lockfilePath, { throwIfNoEntry: false, bigint: true });
  return found && `${found.dev} ${found.ino} ${found.mtimeNs}`;
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

/** What is gone already needs no removal. */
function ignoringFailure(work: () => void): void {
  try {
    work();
  } catch {
    // Removed by hand, or with its folder.
  }
}
