import type { Command } from "commander";
import type { HelpWords } from "../../wording/help-words";
import { addOptions } from "../options/add-options";
import type { RunOptions } from "../options/command-options";
import { addHelpEnd } from "../output/help-end";

/** What `run` and `submit` share, but for the sources. */
const PRELOAD_PARTS = ["request", "submission", "memory", "json", "output", "plan"] as const;

/** `run`: submit and wait. */
export function addRunCommand(program: Command, words: HelpWords): void {
  const command = program
    .command("run")
    .summary(words.commands.run.summary)
    .description(words.commands.run.description)
    .argument("[urls...]", words.urls);
  addOptions(command, words, "sources", "manifest", "gate", "wait", ...PRELOAD_PARTS);
  addHelpEnd(command, [
    "",
    ...words.resuming,
    "",
    ...words.exitCodes,
    "",
    words.examples,
    "  $ cdn-preload-gate run https://cdn.example.com/app.js https://cdn.example.com/app.css",
    "  $ cdn-preload-gate run --dir dist --base https://cdn.example.com/ --state preload.json",
    "  $ cdn-preload-gate run --sitemap public/sitemap.xml --min-success-percent 95 --report html=report.html",
    "  $ git diff --name-only HEAD~1 | sed 's,^,https://cdn.example.com/,' | cdn-preload-gate run -f - --timeout 30m",
  ]).action((urls: string[], _options: unknown, self: Command) => act(urls, self, true));
}

/** `submit`: submit only; a `wait` elsewhere waits. */
export function addSubmitCommand(program: Command, words: HelpWords): void {
  const command = program
    .command("submit")
    .summary(words.commands.submit.summary)
    .description(words.commands.submit.description)
    .argument("[urls...]", words.urls);
  addOptions(command, words, "sources", ...PRELOAD_PARTS);
  addHelpEnd(command, [
    "",
    ...words.resuming,
    "",
    words.examples,
    "  $ cdn-preload-gate submit --dir dist --base https://cdn.example.com/",
    "  $ cdn-preload-gate submit -f urls.txt --json | jq -r '.taskIds[]' | xargs cdn-preload-gate wait",
  ]).action((urls: string[], _options: unknown, self: Command) => act(urls, self, false));
}

async function act(urls: string[], self: Command, wait: boolean): Promise<void> {
  const { runAndJudge } = require("./run-action") as typeof import("./run-action");
  const options = self.optsWithGlobals<RunOptions>();
  await runAndJudge(urls.length > 0 ? urls : (options.urls ?? []), options, wait);
}
