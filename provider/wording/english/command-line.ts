import { showDuration } from "../../core/duration";
import type { Catalogue } from "../catalogue";
import type { CommandLineWords, DryRunWords, ProgressWords, QuotaWords } from "../command-line-words";
import { changesText } from "./changed-files";
import { configText } from "./config-file";
import { doctor } from "./doctor";
import { help } from "./help";
import { leftOutOf } from "./left-out";
import { countOf } from "./lists";
import { usage } from "./usage";

const notices: CommandLineWords["notices"] = {
  spellingsLeftOut: ({ urls }) =>
    `${countOf(urls, "URL")} left out: another spelling of the same address is there.`,
  settingsOfFile: ({ config }) => `Settings of ${configText(config)}.`,
  filesLeftOut: ({ folder, counts, paths }) =>
    `Left out of ${folder}: ${leftOutOf(counts)}${paths.length > 0 ? `: ${paths.join(", ")}` : ""}.`,
  changedSince: ({ changes }) => changesText(changes),
  manifestNotDue: ({ file }) => `The manifest ${file} is not written, because the run did not pass.`,
  manifestNotWritten: ({ file, why }) =>
    `The manifest ${file} cannot be written: ${why}. The next run preloads these files again.`,
  otherGeneration: () =>
    "The state file is about another trigger or other settings: all URLs are preloaded again.",
  interrupting: () => "Interrupted: ending the wait. A second interrupt ends the program at once.",
  nothingLeft: () =>
    "Nothing was submitted: the state file says that an earlier run preloaded these URLs. For another release, use another --state file or another --trigger.",
  unsaved: ({ fault, taskIds }, words) => {
    const ids = taskIds.join(",");
    return `${words.stateFile(fault)} Task ids: ${ids}. Wait for them with: cdn-preload-gate wait ${ids}`;
  },
};

const progress: ProgressWords = {
  starting: "starting",
  waiting: "waiting for the service",
  since: (step, elapsedMs) => `${step}, ${showDuration(elapsedMs)}`,
  line: (far, apiCalls) => `${far}, ${countOf(apiCalls, "call")}`,
  bar: ({ preloaded, failed, urls, remainingMs, apiCalls, processPercent }, elapsedMs) => ({
    pops: `${Math.floor(processPercent)}% of POPs`,
    urls: `${preloaded}/${urls} URLs done`,
    failed: `${failed} failed`,
    elapsed: showDuration(elapsedMs),
    left: remainingMs === undefined || remainingMs < 1_000 ? "" : `~${showDuration(remainingMs)} left`,
    calls: countOf(apiCalls, "call"),
  }),
  barOf: (parts) => parts.join(", "),
  submitted: (done, urls) => `submitted ${done} of ${countOf(urls, "URL")}`,
  elapsed: showDuration,
  elapsedColumns: 7,
};

const quota: QuotaWords = {
  names: {
    preload: "preload (as usual):",
    l2Preload: "preload with --l2-preload:",
    refresh: "refresh (--purge-first):",
  },
  left: ({ remaining, total }) => `${remaining}${total === null ? "" : ` of ${total}`} URLs left today`,
  notTold: "not told by the service",
  resets: (inMs) => `resets at 00:00 UTC+8, in ${showDuration(inMs)}`,
};

const dryRun: DryRunWords = {
  submits: ({ urls, calls, kept }) => {
    const submits =
      urls === 0 ? "Nothing to submit" : `Would submit ${countOf(urls, "URL")} in ${countOf(calls, "call")}`;
    return `${submits}${kept > 0 ? `; ${countOf(kept, "URL")} submitted or preloaded already` : ""}.`;
  },
  call: ({ place, urls, domains }) => `call ${place}: ${countOf(urls, "URL")} of ${domains.join(", ")}`,
  purges: (urls) => `Would purge ${countOf(urls, "URL")} first.`,
  quota: (text) => `Quota: ${text}.`,
  plannedQuota: {
    known: (facts, words) => words.quota(facts.quota),
    notTold: () => "the service does not tell today's quota",
    notNeeded: () => "not asked for, because nothing is submitted",
    notKnown: ({ failure }, words) => `not known: ${words.failure(failure)}`,
  },
  end: "A dry run: nothing was submitted.",
};

export const commandLine: Catalogue["commandLine"] = {
  help,
  usage,
  helpHint: "Add --help to see what you can use.",
  noBrowser: "No browser was opened. Open the file yourself.",
  notices,
  progress,
  quota,
  dryRun,
  doctor,
};
