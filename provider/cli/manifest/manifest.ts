import { readFileSync } from "node:fs";
import * as z from "../../core/zod";
import { replaceFile } from "../replace-file";
import { realFileOf } from "../state-lock";
import { UsageError } from "../usage-error";

const MANIFEST_VERSION = 1;
const DIGEST = /^[0-9a-f]{64}$/;

/** What passed runs have preloaded of folders. */
export interface Manifest {
  /** A digest of what else the result hangs on: the settings of the preload, and the gate's. */
  readonly settings: string;
  /** URLs, each with the digest of the file that was preloaded under it. It knows no account and no folder. */
  readonly urls: Readonly<Record<string, string>>;
}

const manifest = z.strictObject({
  manifestVersion: z.literal(MANIFEST_VERSION),
  settings: z.string().regex(DIGEST),
  urls: z.record(z.string(), z.string().regex(DIGEST)),
});

/**
 * Reads the manifest of an earlier run.
 *
 * @returns `undefined` where there is none yet.
 * @throws UsageError where it is not whole: what it seems to say would let files through that were never preloaded.
 */
export function readManifest(file: string): Manifest | undefined {
  const text = readText(file);
  if (text === undefined) return undefined;
  const content = parse(file, text);
  const parsed = manifest.safeParse(content);
  if (parsed.success) return parsed.data;
  const version = z.object({ manifestVersion: z.number() }).safeParse(content).data?.manifestVersion;
  const isNewer = version !== undefined && version > MANIFEST_VERSION;
  throw new UsageError({ kind: isNewer ? "manifestNewer" : "noManifest", file }, { cause: parsed.error });
}

/** @throws Error where it cannot be written; the old one is then still there. */
export function writeManifest(file: string, { settings, urls }: Manifest): void {
  const content = { manifestVersion: MANIFEST_VERSION, settings, urls };
  replaceFile(realFileOf(file), `${JSON.stringify(content, null, 2)}\n`);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError({ kind: "manifestNotReadable", file, why }, { cause });
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError({ kind: "noManifest", file }, { cause });
  }
}
