import type { Command } from "commander";
import { addOptions } from "../options/add-options";
import type { RunOptions } from "../options/command-options";

/** What `run` and `submit` share, but for the sources. */
const PRELOAD_PARTS = ["request", "submission", "memory", "json", "output", "plan"] as const;

const SOURCES_HELP = [
  "",
  "With --state a run that was interrupted or killed goes on where it was: it asks about the tasks it knows, looks",
  "up what it may have submitted, and submits only what failed or was never accepted. Keep one file a release, or",
  "give --trigger with what is released; a file whose URLs have all passed submits nothing.",
];

/** `run`: submit and wait. */
export function addRunCommand(program: Command): void {
  const command = program
    .command("run")
    .summary("preload URLs, wait for the POPs, judge")
    .description(
      "Preloads URLs, waits until the POPs hold them, and says by its exit code whether the release may go on.",
    )
    .argument("[urls...]", "URLs, http(s)://host/path or host/path");
  addOptions(command, "sources", "gate", "wait", ...PRELOAD_PARTS)
    .addHelpText(
      "after",
      [
        ...SOURCES_HELP,
        "",
        "Exit codes: 0 accepted, 1 failed, 2 usage, 3 inconclusive, 4 credentials or permission, 5 quota,",
        "7 service unreachable before anything was submitted, 130 interrupted.",
        "",
        "Examples:",
        "  $ cdn-preload-gate run https://cdn.example.com/app.js https://cdn.example.com/app.css",
        "  $ cdn-preload-gate run --dir dist --base https://cdn.example.com/ --exclude '*.map' --state preload.json",
        "  $ cdn-preload-gate run --sitemap public/sitemap.xml --min-success-percent 95 --report html=report.html",
        "  $ git diff --name-only HEAD~1 | sed 's,^,https://cdn.example.com/,' | cdn-preload-gate run -f - --timeout 30m",
      ].join("\n"),
    )
    .action((urls: string[], _options: unknown, self: Command) => act(urls, self, true));
}

/** `submit`: submit only; a `wait` elsewhere waits. */
export function addSubmitCommand(program: Command): void {
  const command = program
    .command("submit")
    .summary("start a preload and do not wait")
    .description(
      "Starts a preload and prints its task ids; `cdn-preload-gate wait` waits for them later, or elsewhere.",
    )
    .argument("[urls...]", "URLs, http(s)://host/path or host/path");
  addOptions(command, "sources", ...PRELOAD_PARTS)
    .addHelpText(
      "after",
      [
        ...SOURCES_HELP,
        "",
        "Examples:",
        "  $ cdn-preload-gate submit --dir dist --base https://cdn.example.com/",
        '  $ cdn-preload-gate wait "$(cdn-preload-gate submit -f urls.txt --json | jq -r \'.taskIds | join(",")\')"',
      ].join("\n"),
    )
    .action((urls: string[], _options: unknown, self: Command) => act(urls, self, false));
}

async function act(urls: string[], self: Command, wait: boolean): Promise<void> {
  const { runAndJudge } = require("./run-action") as typeof import("./run-action");
  await runAndJudge(urls, self.optsWithGlobals<RunOptions>(), wait);
}
