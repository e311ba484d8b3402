import { ENGLISH } from "../../core/options/values";
import type { HelpWords } from "../help-words";

export const help: HelpWords = {
  headings: {
    usage: "Usage:",
    arguments: "Arguments:",
    options: "Options:",
    globalOptions: "Global Options:",
    commands: "Commands:",
  },
  notes: {
    choices: (choices) => `choices: ${choices}`,
    default: (value) => `default: ${value}`,
    variable: (name) => `env: ${name}`,
  },
  program:
    "CDN warm-up as a step that can fail: start an Alibaba Cloud CDN preload, wait for the POPs, judge.",
  printVersion: "print the version",
  printHelp: "print help",
  printHelpFor: "print help for a command",
  verbose: "print the stack of an unexpected error",
  credentials: [
    "Credentials: --profile, else ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, else the",
    "vendor's default chain. `doctor` says which were found and what they may do.",
  ],
  examples: "Examples:",
  shell: "your shell",
  documentation: (address) => `Documentation: ${address}`,
  exampleNotes: {
    run: "preload, wait, judge",
    wait: "wait for a task that was started elsewhere",
    doctor: "credentials, permissions, quota, and what to do",
    emulator: "a service to try a gate against, without an account",
  },
  commands: {
    run: {
      summary: "preload URLs, wait for the POPs, judge",
      description:
        "Preloads URLs, waits until the POPs hold them, and says by its exit code whether the release may go on.",
    },
    submit: {
      summary: "start a preload and do not wait",
      description:
        "Starts a preload and prints its task ids; `cdn-preload-gate wait` waits for them later, or elsewhere.",
    },
    wait: {
      summary: "wait for tasks that were started elsewhere, and judge",
      description:
        "Waits for tasks that `submit`, a script or the console has started, and judges all their URLs. It submits nothing, and passes only when every task has answered and ended.",
    },
    status: {
      summary: "ask once how tasks stand",
      description:
        "Asks once about tasks. Exit code 0: all have ended well; 1: failed; 3: not ended, or not known (yet).",
    },
    quota: {
      summary: "show what is left of today's quota",
      description: "Shows how many URLs can still be preloaded and refreshed today.",
    },
    doctor: {
      summary: "check credentials, endpoint, clock, permissions, allow-list and quota",
      description:
        "Checks what a gate needs, and prints the least-privilege RAM policy. It submits nothing: whether PushObjectCache is allowed it learns from a request without URLs, which the service has to refuse.",
    },
    completion: {
      summary: "print a script that completes commands and options in your shell",
      description:
        "Prints a script for your shell. With it, the shell completes commands, options, and the values of options: files, folders and choices.",
    },
    showReport: {
      summary: "open an HTML report in the browser",
      description:
        "Prints the path of an HTML report and opens it in the default browser. In CI and without a display it only prints the path.",
    },
    mergeReports: {
      summary: "make one report of several gates",
      description:
        "Merges the JSON documents of several gates, such as the shards of a release, into one report. The worst verdict counts, and the exit code is that of the merged verdict.",
    },
  },
  reportFile: "the report",
  documents: "JSON documents, of --report json=FILE or --json",
  mergedOut: "where to write the report: .html, .md, .xml (JUnit) or .json",
  urls: "URLs, http(s)://host/path or host/path",
  taskIds: "task ids, also several with commas",
  resuming: [
    "With --state a run that was interrupted or killed goes on where it was: it asks about the tasks it knows, looks",
    "up what it may have submitted, and submits only what failed or was never accepted. Keep one file a release, or",
    "give --trigger with what is released; a file whose URLs have all passed submits nothing.",
  ],
  exitCodes: [
    "Exit codes: 0 accepted, 1 failed, 2 usage, 3 inconclusive, 4 credentials or permission, 5 quota,",
    "7 service unreachable before anything was submitted, 130 interrupted.",
  ],
  doctorOptions: {
    requireDetail: "count a missing allow-listing as a failure",
    purgeFirst: "also check what --purge-first needs",
  },
  options: ENGLISH,
  configFile: {
    title: "The config file of cdn-preload-gate, version 1",
    description:
      "Settings that neither the command line nor the environment gives. Paths are relative to the file.",
    schema: "where an editor finds this schema",
    gate: "when it passes; the same settings as at the top",
  },
  optionNotes: {
    kinds: (kinds) => `: ${kinds.join(", ")}`,
    repeated: "; may be repeated",
    together: ", or hold several with commas",
    otherwise: (value) => ` (default: ${value})`,
  },
};
