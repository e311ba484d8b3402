import { GateError } from "../../core/errors";
import { taskIdsField } from "../../core/input-fields";
import { gatePolicy } from "../../core/policy";
import { type Outcome, pollListedTasks, runGate, type Session } from "../../gate";
import { gateDocumentOf } from "../document/gate-document";
import { finishGate } from "../finish";
import { listenForInterruption } from "../interruption";
import type { TasksOptions } from "../options/command-options";
import { connectionArguments } from "../options/connection-options";
import { policyArguments, policyOf } from "../options/gate-options";
import { reportsOf } from "../options/output-options";
import { ProgressHistory } from "../output/progress-history";
import { createProgressView } from "../output/progress-view";
import { resumeCommandOf } from "../resume-command";
import { withSession } from "./with-session";

/** Waits for tasks, or polls them once, and tells what they say. */
export async function judgeTasks(
  args: readonly string[],
  options: TasksOptions,
  command: "wait" | "status",
): Promise<void> {
  const startedAtMs = Date.now();
  const reports = reportsOf(options.report);
  const policy = gatePolicy.parse(policyOf(options));
  const taskIds = readTaskIds(args);
  // One poll has no progress to show.
  const view = createProgressView({ quiet: (options.quiet ?? false) || command === "status" });
  const history = new ProgressHistory();
  const interruption = listenForInterruption({
    first: () => view.say("info", "Interrupted: ending the wait. Once more ends the program at once."),
    second: () => view.end(),
  });
  const { signal } = interruption;
  const onEvent = (event: Parameters<typeof view.show>[0]) => {
    history.take(event);
    view.show(event);
  };
  const judge = (session: Session): Promise<Outcome> =>
    command === "status"
      ? pollListedTasks({
          ...session.context({ signal, emit: onEvent, urlsAreSecret: false }),
          taskIds,
          policy,
        })
      : runGate({ session, taskIds, gate: policy, timeout: options.timeout ?? "45m", signal, onEvent });
  try {
    const outcome = await withSession(options, judge);
    view.end();
    const carriedArguments = [...policyArguments(policy), ...connectionArguments(options)];
    const document = gateDocumentOf({
      command,
      startedAtMs,
      outcome,
      policy,
      progress: history.points,
      stateFile: undefined,
      resumeCommand: resumeCommandOf({
        outcome,
        argv: process.argv.slice(2),
        stateFile: undefined,
        carriedArguments,
      }),
    });
    finishGate(document, { json: options.json ?? false, reports, env: process.env });
  } finally {
    view.end();
    interruption.end();
  }
}

function readTaskIds(args: readonly string[]): string[] {
  const parsed = taskIdsField.safeParse([...args]);
  if (parsed.success) return parsed.data;
  throw new GateError("usage", `The list of task ids ${parsed.error.issues[0]?.message ?? "is not valid"}.`);
}
