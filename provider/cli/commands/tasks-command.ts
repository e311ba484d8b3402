import type { Command } from "commander";
import { addOptions } from "../options/add-options";
import type { TasksOptions } from "../options/command-options";

/** `wait`: waits for tasks that someone has started. */
export function addWaitCommand(program: Command): void {
  const command = program
    .command("wait")
    .summary("wait for tasks that were started elsewhere, and judge")
    .description(
      "Waits for tasks that `submit`, a script or the console has started, and judges all their URLs. It submits nothing, and passes only when every task has answered and ended.",
    )
    .argument("<taskIds...>", "task ids, also several with commas");
  addOptions(command, "gate", "wait", "json", "output")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ cdn-preload-gate wait 14286878547",
        "  $ cdn-preload-gate wait 14286878547,14286878548 --timeout 30m --min-success-percent 95",
      ].join("\n"),
    )
    .action((taskIds: string[], _options: unknown, self: Command) => act(taskIds, self, "wait"));
}

/** `status`: asks once. */
export function addStatusCommand(program: Command): void {
  const command = program
    .command("status")
    .summary("ask once how tasks stand")
    .description(
      "Asks once about tasks. Exit code 0: all have ended well; 1: failed; 3: not ended, or not known (yet).",
    )
    .argument("<taskIds...>", "task ids, also several with commas");
  addOptions(command, "gate", "json", "output")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ cdn-preload-gate status 14286878547",
        "  $ cdn-preload-gate status 14286878547 --json | jq '.results[] | select(.state != \"preloaded\")'",
      ].join("\n"),
    )
    .action((taskIds: string[], _options: unknown, self: Command) => act(taskIds, self, "status"));
}

async function act(taskIds: string[], self: Command, command: "wait" | "status"): Promise<void> {
  const { judgeTasks } = require("./tasks-action") as typeof import("./tasks-action");
  await judgeTasks(taskIds, self.optsWithGlobals<TasksOptions>(), command);
}
