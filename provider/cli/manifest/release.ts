import { emptyGateState } from "../../core/gate-state";
import type { GatePolicy } from "../../core/policy";
import type { Outcome } from "../../gate";
import { outcomeOf } from "../../gate/outcome";
import type { CommandLineNotice } from "../../wording/command-line-words";
import type { RunSettings } from "../commands/run-settings";
import type { ChangedSince } from "../document/schema";
import type { RunOptions } from "../options/command-options";
import type { CheckedUrl, Sources } from "../options/source-options";
import type { StateFile } from "../state-file";
import {
  type Changes,
  changesSince,
  digestsOf,
  manifestAfter,
  type Released,
  settingsDigest,
  urlsInDoubt,
} from "./changed-files";
import { type Manifest, readManifest, writeManifest } from "./manifest";

/** The files of a run, and what an earlier run has left to do of them. */
export interface Release {
  readonly settings: string;
  readonly released: Released;
  readonly changes: Changes;
  /** What there is to tell of it; `undefined` where no manifest was asked for. */
  readonly changedSince: ChangedSince | undefined;
}

/**
 * Looks at the files of a run; `undefined` where no option asks for that.
 *
 * @throws UsageError where the manifest is not whole.
 */
export function releaseOf(
  { folders }: Sources,
  run: {
    readonly options: RunOptions;
    readonly settings: RunSettings;
    readonly policy: GatePolicy;
    readonly stateFile: StateFile | undefined;
  },
): Release | undefined {
  const { options, policy, stateFile } = run;
  const { changedSince: file, writeManifest: written } = options;
  if (file === undefined && written === undefined) return undefined;
  const found = file === undefined ? undefined : readManifest(file);
  const settings = settingsDigest(run.settings, policy);
  const isSame = found?.settings === settings;
  const released = digestsOf(folders);
  const inDoubt = found ? urlsInDoubt(stateFile?.read()?.state, policy) : new Set<string>();
  const changes = changesSince(isSame ? found : undefined, { folders, released, inDoubt });
  const basis = found === undefined ? "missing" : isSame ? "used" : "otherSettings";
  const changedSince =
    file === undefined ? undefined : ({ manifest: file, basis, ...changes.counts } as const);
  return { settings, released, changes, changedSince };
}

/** The URLs that are to be preloaded: all but those of unchanged files. */
export function urlsToPreload(urls: readonly CheckedUrl[], release: Release | undefined): CheckedUrl[] {
  return urls.filter(
    ({ source }) => !(source.from.kind === "file" && release?.changes.unchangedUrls.has(source.url)),
  );
}

/** The only pass without a URL: an earlier run has passed with the same files and settings. */
export function unchangedOutcome(policy: GatePolicy): Outcome {
  const judged = outcomeOf(emptyGateState([]), {
    policy,
    failure: undefined,
    wait: true,
    elapsedMs: 0,
    apiCalls: 0,
  });
  return { ...judged, verdict: "passed", accepted: true, reasons: [] };
}

/** Leaves the manifest of a run that has passed. @returns what there is to tell of it. */
export function leaveManifest(
  file: string,
  outcome: Outcome,
  { settings, released, changes }: Release,
): CommandLineNotice | undefined {
  // An accepted run may hold URLs that no POP was seen to hold.
  if (outcome.verdict !== "passed") return { kind: "manifestNotDue", file };
  const { unchangedUrls } = changes;
  const manifest: Manifest = manifestAfter(outcome, { settings, released, unchangedUrls });
  try {
    writeManifest(file, manifest);
    return undefined;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { kind: "manifestNotWritten", file, why };
  }
}
