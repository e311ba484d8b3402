import { GateError } from "../../core/errors";
import { emptyGateState, type GateState } from "../../core/gate-state";
import { judgeUrls } from "../../core/judge";
import { pickOptions } from "../../core/options/values";
import type { GatePolicy } from "../../core/policy";
import { gatePolicy } from "../../core/policy-schema";
import { mergeSpellings } from "../../core/preload-url";
import { withUrls } from "../../core/state-changes";
import { type Outcome, runGate } from "../../gate";
import { resolveEndpoint } from "../../transport/endpoint";
import type { CommandLineNotice } from "../../wording/command-line-words";
import { cliWording } from "../cli-wording";
import { leaveManifest, releaseOf, unchangedOutcome, urlsToPreload } from "../manifest/release";
import type { RunOptions } from "../options/command-options";
import { reportsOf } from "../options/report-option";
import { readSources } from "../options/source-options";
import { printable } from "../output/printable";
import { StateFile, StateFileError } from "../state-file";
import { UsageError } from "../usage-error";
import { type JudgingStage, judgeAndTell } from "./judge-and-tell";
import { planAndShow } from "./plan-action";
import { type RunSettings, settingsOf } from "./run-settings";
import { withSession } from "./with-session";

type Tell = JudgingStage["tell"];

/** Reads the sources, submits, waits unless told not to, and tells what came of it. */
export async function runAndJudge(
  args: readonly string[],
  options: RunOptions,
  wait: boolean,
): Promise<void> {
  const startedAtMs = Date.now();
  const command = wait ? "run" : "submit";
  const reports = reportsOf(options.report);
  const policy = gatePolicy.parse(pickOptions(options, "gate"));
  const sources = await readSources(args, options);
  const settings = settingsOf(options);
  const stateFile = stateFileOf(options, settings);
  const release = releaseOf(sources, { options, settings, policy, stateFile });
  const written = urlsToPreload(sources.urls, release).map(({ url }) => url);
  const urls = mergeSpellings(written);
  const merged = written.length - urls.length;
  const notices: CommandLineNotice[] = [
    ...sources.notices,
    ...(merged > 0 ? [{ kind: "spellingsLeftOut", urls: merged } as const] : []),
    ...(release?.changedSince ? [{ kind: "changedSince", changes: release.changedSince } as const] : []),
  ];
  if (options.dryRun) {
    const previous = stateFile?.read();
    const { appliedConfig: config } = options;
    if (config) notices.unshift({ kind: "settingsOfFile", config });
    await planAndShow({ command, startedAtMs, options, urls, notices, merged, settings, policy, previous });
    return;
  }
  const resumesFrom = wait ? stateFile : undefined;
  const changedSince = release?.changedSince;
  const judging = {
    name: command,
    startedAtMs,
    policy,
    options,
    reports,
    resumesFrom,
    changedSince,
  } as const;
  const finish = (outcome: Outcome, tell: Tell): Outcome => {
    const { writeManifest } = options;
    const told = release && writeManifest !== undefined && leaveManifest(writeManifest, outcome, release);
    if (told) tell("warning", told);
    return outcome;
  };
  await judgeAndTell(judging, async (stage) => {
    const { tell } = stage;
    for (const notice of notices) tell("info", notice);
    if (urls.length === 0) return finish(unchangedOutcome(policy), tell);
    try {
      await stateFile?.lock();
      const previous = previousOf(stateFile, tell);
      // Before anything is sent it is known that the file can be written.
      stateFile?.write(previous ? withUrls(previous, urls) : emptyGateState(urls));
      const outcome = await withSession(options, (session) =>
        runGate({
          session,
          urls: urls.map((url) => url.written),
          ...pickOptions(options, "submission", "wait"),
          ...settings,
          gate: policy,
          wait,
          previous,
          signal: stage.signal,
          onEvent: (event) =>
            event.type === "state" ? noteState(stateFile, event.state) : stage.onEvent(event),
        }),
      );
      const unsaved =
        outcome.failure?.cause instanceof StateFileError ? outcome.failure.cause : save(stateFile, outcome);
      if (unsaved) tellOfUnsaved(unsaved, outcome);
      sayIfNothingWasLeft(outcome, { previous, policy }, tell);
      return finish(outcome, tell);
    } finally {
      stateFile?.unlock();
    }
  });
}

/** @returns why the last state could not be saved. */
function save(stateFile: StateFile | undefined, outcome: Outcome): StateFileError | undefined {
  try {
    stateFile?.write(outcome.state);
    return undefined;
  } catch (error) {
    if (error instanceof StateFileError) return error;
    throw error;
  }
}

/**
 * The ids are all that is left of what was submitted, so they stand on standard error, where a log keeps them.
 *
 * @throws UsageError where nothing was submitted.
 */
function tellOfUnsaved(error: StateFileError, { taskIds, state }: Outcome): void {
  const { submissions, openAttempts } = state.saved;
  if (submissions.length === 0 && taskIds.length === 0) {
    const submitted = openAttempts.length > 0 ? "unclear" : "nothing";
    throw new UsageError({ kind: "stateFile", fault: error.fault, submitted }, { cause: error });
  }
  const words = cliWording();
  const text = words.commandLineNotice({ kind: "unsaved", fault: error.fault, taskIds });
  process.stderr.write(`${words.reports.text.warning} ${printable(text)}\n`);
}

function stateFileOf(options: RunOptions, settings: RunSettings): StateFile | undefined {
  if (options.state === undefined) {
    if (options.trigger === undefined) return undefined;
    throw new UsageError({ kind: "triggerWithoutState" });
  }
  return new StateFile({
    path: options.state,
    endpoint: resolveEndpoint({
      endpoint: options.endpoint || undefined,
      region: options.region || undefined,
    }).origin,
    generation: { settings, triggers: options.trigger ?? [] },
    nowMs: () => Date.now(),
  });
}

/** What to resume from: nothing, where another trigger or setting asks for all of it again. */
function previousOf(stateFile: StateFile | undefined, tell: Tell): GateState | undefined {
  const saved = stateFile?.read();
  if (!saved) return undefined;
  if (saved.isSameGeneration) return saved.state;
  tell("info", { kind: "otherGeneration" });
  return undefined;
}

function noteState(stateFile: StateFile | undefined, state: GateState): void {
  try {
    stateFile?.note(state);
  } catch (cause) {
    if (!(cause instanceof StateFileError)) throw cause;
    throw new GateError({ kind: "stateUnsaved", fault: cause.fault }, { cause });
  }
}

/** A pass without a submission or a wait is worth a word: the file may be about an older release. */
function sayIfNothingWasLeft(
  outcome: Outcome,
  { previous, policy }: { readonly previous: GateState | undefined; readonly policy: GatePolicy },
  tell: Tell,
): void {
  const isOld = previous !== undefined && previous.saved.submissions.length > 0;
  const isSame = outcome.state.saved.submissions.length === previous?.saved.submissions.length;
  const counts = previous && judgeUrls(previous, policy).counts;
  const wasSettled = counts !== undefined && counts.preloaded === counts.urls;
  if (!isOld || !isSame || !wasSettled || outcome.verdict !== "passed") return;
  tell("warning", { kind: "nothingLeft" });
}
