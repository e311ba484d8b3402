import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { GateState } from "../../core/gate-state";
import { judgeUrls } from "../../core/judge";
import type { GatePolicy } from "../../core/policy";
import { parsePreloadUrl } from "../../core/preload-url";
import type { Outcome } from "../../gate";
import { pathOf } from "../../gate/files-under";
import type { ReadFolder } from "../options/source-options";
import type { Manifest } from "./manifest";

/** The URLs of the folders, each with the digest of its file. */
export type Released = ReadonlyMap<string, string>;

/** What a manifest says of a release. */
export interface Changes {
  /** URLs whose file is as it was when it was preloaded. */
  readonly unchangedUrls: ReadonlySet<string>;
  readonly counts: FileCounts;
}

export interface FileCounts {
  readonly changed: number;
  readonly unchanged: number;
  /** Files that the manifest has below a base of this run, and the folders have not. */
  readonly deleted: number;
}

/** A URL that two folders give with different contents has no digest, and is never unchanged. */
const AMBIGUOUS = "";

export function digestsOf(folders: readonly ReadFolder[]): Released {
  const released = new Map<string, string>();
  for (const { folder, files } of folders) {
    for (const { found, urls } of files) {
      const digest = createHash("sha256")
        .update(readFileSync(pathOf(folder, found)))
        .digest("hex");
      for (const url of urls) {
        const before = released.get(url);
        released.set(url, before === undefined || before === digest ? digest : AMBIGUOUS);
      }
    }
  }
  return released;
}

/**
 * Compares a release with the manifest of an earlier one.
 *
 * @param manifest `undefined` where there is none, or it is about other settings: then all is new.
 * @param inDoubt identities of URLs of which a saved state knows that they are not preloaded.
 */
export function changesSince(
  manifest: Manifest | undefined,
  release: {
    readonly folders: readonly ReadFolder[];
    readonly released: Released;
    readonly inDoubt: ReadonlySet<string>;
  },
): Changes {
  const { folders, released, inDoubt } = release;
  const known = new Map(Object.entries(manifest?.urls ?? {}));
  const unchangedUrls = new Set(
    [...released]
      .filter(
        ([url, digest]) => digest !== AMBIGUOUS && known.get(url) === digest && !inDoubt.has(identityOf(url)),
      )
      .map(([url]) => url),
  );
  const files = folders.flatMap((folder) => folder.files);
  const unchanged = files.filter(({ urls }) => urls.every((url) => unchangedUrls.has(url))).length;
  const bases = folders.map(({ base }) => (base.endsWith("/") ? base : `${base}/`));
  const deleted = [...known.keys()].filter(
    // The address of a folder belongs to its index file.
    (url) => !released.has(url) && !url.endsWith("/") && bases.some((base) => url.startsWith(base)),
  ).length;
  return { unchangedUrls, counts: { changed: files.length - unchanged, unchanged, deleted } };
}

/** The URLs that a saved state knows as not preloaded: a later release may have failed on them half-way. */
export function urlsInDoubt(state: GateState | undefined, policy: GatePolicy): ReadonlySet<string> {
  if (state === undefined) return new Set();
  const { states } = judgeUrls(state, policy);
  return new Set(state.urls.flatMap(({ url }, at) => (states[at] === "preloaded" ? [] : [url.identity])));
}

/** What a run that has passed leaves: what it did not have to preload, and what it has. A URL that may fail is neither. */
export function manifestAfter(
  outcome: Outcome,
  release: {
    readonly settings: string;
    readonly released: Released;
    readonly unchangedUrls: ReadonlySet<string>;
  },
): Manifest {
  const preloaded = new Set(
    outcome.results.filter(({ state }) => state === "preloaded").map(({ url }) => identityOf(url)),
  );
  const urls = [...release.released].filter(
    ([url, digest]) =>
      digest !== AMBIGUOUS && (release.unchangedUrls.has(url) || preloaded.has(identityOf(url))),
  );
  return { settings: release.settings, urls: Object.fromEntries(urls) };
}

/** A digest of what the same files would have to be preloaded again for. */
export function settingsDigest(settings: object, policy: GatePolicy): string {
  return createHash("sha256").update(JSON.stringify({ settings, policy })).digest("hex");
}

function identityOf(url: string): string {
  const parsed = parsePreloadUrl(url);
  return parsed.ok ? parsed.url.identity : url;
}
