import { taskIdsField } from "../../core/input-fields";
import { gatePolicy } from "../../core/policy-schema";
import * as z from "../../core/zod";
import { pollListedTasks } from "../../gate";
import { pulumiWording } from "../../resources/pulumi-wording";
import { PLUGIN_NAMES } from "../../wording/front-names";
import { functionOf } from "./plugin-function";

const args = z.object({ taskIds: taskIdsField, gate: z.prefault(gatePolicy, {}) });

/** What tasks say now, and how a gate would judge that; it waits for nothing. */
export const getTask = functionOf(args, async ({ taskIds, gate }, { openSession, signal }) => {
  const run = openSession().context({ signal, emit: () => undefined });
  const outcome = await pollListedTasks({ ...run, taskIds, policy: gate });
  if (outcome.failure) throw outcome.failure;
  const { verdict, accepted, summary, tasks, results } = outcome;
  const reasons = pulumiWording(PLUGIN_NAMES).reasons(outcome.reasons);
  return { taskIds, verdict, accepted, reasons, summary, tasks, results };
});
