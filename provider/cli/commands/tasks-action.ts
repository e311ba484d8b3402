import { taskIdsField } from "../../core/input-fields";
import { pickOptions } from "../../core/options/values";
import { gatePolicy } from "../../core/policy-schema";
import { problemsOf } from "../../core/problems";
import { type Outcome, pollListedTasks, runGate, type Session } from "../../gate";
import type { TasksOptions } from "../options/command-options";
import { reportsOf } from "../options/report-option";
import { UsageError } from "../usage-error";
import { type JudgingStage, judgeAndTell } from "./judge-and-tell";
import { withSession } from "./with-session";

/** Waits for tasks, or polls them once, and tells what they say. */
export async function judgeTasks(
  args: readonly string[],
  options: TasksOptions,
  command: "wait" | "status",
): Promise<void> {
  const startedAtMs = Date.now();
  const reports = reportsOf(options.report);
  const policy = gatePolicy.parse(pickOptions(options, "gate"));
  const taskIds = readTaskIds(args);
  const judge = (session: Session, { signal, onEvent }: JudgingStage): Promise<Outcome> =>
    command === "status"
      ? pollListedTasks({
          ...session.context({ signal, emit: onEvent }),
          taskIds,
          policy,
        })
      : runGate({ session, taskIds, gate: policy, timeout: options.timeout, signal, onEvent });
  await judgeAndTell({ name: command, startedAtMs, policy, options, reports }, (stage) =>
    withSession(options, (session) => judge(session, stage)),
  );
}

function readTaskIds(args: readonly string[]): string[] {
  const parsed = taskIdsField.safeParse([...args]);
  if (parsed.success) return parsed.data;
  throw new UsageError({ kind: "taskIdsNotValid", problem: problemsOf(parsed.error)[0]!.problem });
}
