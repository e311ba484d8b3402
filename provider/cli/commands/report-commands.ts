import type { Command } from "commander";
import type { HelpWords } from "../../wording/help-words";
import { addOptions } from "../options/add-options";
import { addHelpEnd } from "../output/help-end";
import type { MergeOptions } from "./merge-reports-action";

/** The name that the GitHub Action gives its report. */
const DEFAULT_REPORT = "cdn-preload-report.html";

/** `show-report`: opens a report in the browser. */
export function addShowReportCommand(program: Command, words: HelpWords): void {
  const command = program
    .command("show-report")
    .summary(words.commands.showReport.summary)
    .description(words.commands.showReport.description)
    .argument("[file]", words.reportFile, DEFAULT_REPORT);
  addHelpEnd(command, [
    "",
    words.examples,
    "  $ cdn-preload-gate show-report",
    "  $ cdn-preload-gate show-report out/report.html",
  ]).action(async (file: string) => {
    const { showReport } = require("./show-report-action") as typeof import("./show-report-action");
    await showReport(file);
  });
}

/** `merge-reports`: one report of the documents of several gates. */
export function addMergeReportsCommand(program: Command, words: HelpWords): void {
  const command = program
    .command("merge-reports")
    .summary(words.commands.mergeReports.summary)
    .description(words.commands.mergeReports.description)
    .argument("<files...>", words.documents)
    .option("-o, --out <file>", words.mergedOut, DEFAULT_REPORT);
  addOptions(command, words, "json");
  addHelpEnd(command, [
    "",
    ...words.exitCodes,
    "",
    words.examples,
    "  $ cdn-preload-gate merge-reports shard-1.json shard-2.json -o report.html",
  ]).action((files: string[], _options: unknown, self: Command) => {
    const { mergeReports } = require("./merge-reports-action") as typeof import("./merge-reports-action");
    mergeReports(files, self.optsWithGlobals<MergeOptions>());
  });
}
