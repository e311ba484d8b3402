import type { Command } from "commander";
import type { HelpWords } from "../../wording/help-words";
import { addOptions } from "../options/add-options";
import type { TasksOptions } from "../options/command-options";
import { addHelpEnd } from "../output/help-end";

/** `wait`: waits for tasks that someone has started. */
export function addWaitCommand(program: Command, words: HelpWords): void {
  const command = program
    .command("wait")
    .summary(words.commands.wait.summary)
    .description(words.commands.wait.description)
    .argument("<taskIds...>", words.taskIds);
  addOptions(command, words, "gate", "wait", "json", "output");
  addHelpEnd(command, [
    "",
    words.examples,
    "  $ cdn-preload-gate wait 14286878547",
    "  $ cdn-preload-gate wait 14286878547,14286878548 --timeout 30m --min-success-percent 95",
  ]).action((taskIds: string[], _options: unknown, self: Command) => act(taskIds, self, "wait"));
}

/** `status`: asks once. */
export function addStatusCommand(program: Command, words: HelpWords): void {
  const command = program
    .command("status")
    .summary(words.commands.status.summary)
    .description(words.commands.status.description)
    .argument("<taskIds...>", words.taskIds);
  addOptions(command, words, "gate", "json", "output");
  addHelpEnd(command, [
    "",
    words.examples,
    "  $ cdn-preload-gate status 14286878547",
    "  $ cdn-preload-gate status 14286878547 --json | jq '.results[] | select(.state != \"preloaded\")'",
  ]).action((taskIds: string[], _options: unknown, self: Command) => act(taskIds, self, "status"));
}

async function act(taskIds: string[], self: Command, command: "wait" | "status"): Promise<void> {
  const { judgeTasks } = require("./tasks-action") as typeof import("./tasks-action");
  await judgeTasks(taskIds, self.optsWithGlobals<TasksOptions>(), command);
}
