import { readFileSync, realpathSync } from "node:fs";
import { basename, extname } from "node:path";
import { ERROR_FAMILIES } from "../../core/error-families";
import { cliWording } from "../cli-wording";
import { buildOf } from "../document/build";
import { documentHead } from "../document/gate-document";
import { mergeDocuments, type Shard } from "../document/merge-documents";
import { cliDocument, type GateDocument } from "../document/schema";
import { finishGate } from "../finish";
import type { ReportKind } from "../options/report-option";
import { UsageError } from "../usage-error";

export interface MergeOptions {
  readonly out: string;
  readonly json?: boolean;
}

const USAGE_EXIT_CODE = ERROR_FAMILIES.usage.exitCode;

/** What the name of a report's file says of its kind. */
const KINDS: Readonly<Record<string, ReportKind>> = {
  ".html": "html",
  ".htm": "html",
  ".md": "markdown",
  ".xml": "junit",
  ".json": "json",
};

/** Makes one report of the documents that the shards of a release have left. */
export function mergeReports(files: readonly string[], { out, json = false }: MergeOptions): void {
  const startedAtMs = Date.now();
  const kind = KINDS[extname(out).toLowerCase()];
  if (!kind) throw new UsageError({ kind: "mergedNameNotKnown", file: out, endings: Object.keys(KINDS) });
  const merged = mergeDocuments(readShards(files));
  const { tool, command } = documentHead("merge-reports", startedAtMs);
  const document: GateDocument = { ...merged, tool, command, build: buildOf(process.env) ?? merged.build };
  const faults = finishGate(() => document, {
    json,
    showQueries: false,
    reports: [{ kind, file: out }],
    env: process.env,
  });
  // The report is what the command is for.
  if (faults.length > 0 && document.exitCode === 0) process.exitCode = USAGE_EXIT_CODE;
}

function readShards(files: readonly string[]): Shard[] {
  const seen = new Set<string>();
  const names = shardNames(files);
  return files.map((file, index) => {
    const document = readDocument(file);
    const path = realpathSync(file);
    if (seen.has(path)) throw new UsageError({ kind: "documentTwice", file });
    seen.add(path);
    return { name: names[index]!, document };
  });
}

/** The names of the files, where these tell them apart; with their folders where not. */
function shardNames(files: readonly string[]): string[] {
  const withoutEnding = files.map((file) => file.replace(/\.json$/i, ""));
  const short = withoutEnding.map((file) => basename(file));
  return new Set(short).size === files.length ? short : withoutEnding;
}

function readDocument(file: string): Shard["document"] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new UsageError({ kind: "documentNotReadable", file, why: cliWording().thrown(cause) }, { cause });
  }
  const parsed = cliDocument.safeParse(value);
  if (parsed.success && (parsed.data.kind === "gate" || parsed.data.kind === "error")) return parsed.data;
  throw new UsageError({ kind: "documentNotOfAGate", file });
}
