import { emptyGateState } from "../core/gate-state";
import type { GatePolicy } from "../core/policy";
import { guarded } from "./events";
import { type Outcome, outcomeOf } from "./outcome";
import { pollWithin } from "./poll-within";
import type { RunContext } from "./run-context";
import { RunState } from "./run-state";

/**
 * Polls once the tasks that someone has started, and judges them by what they say now: what has not ended is
 * `pending`. It submits nothing and waits for nothing.
 */
export async function pollListedTasks(
  options: RunContext & { readonly taskIds: readonly string[]; readonly policy: GatePolicy },
): Promise<Outcome> {
  const startedAtMs = options.clock.nowMs();
  const callsBefore = options.client.callCount();
  const taskIds = [...new Set(options.taskIds)];
  const emit = guarded(options.emit);
  const run = new RunState(emptyGateState([]), emit);
  const { failure } = await pollWithin({ ...options, emit, run, scope: "any", listedTaskIds: taskIds });
  return outcomeOf(run.state, {
    policy: options.policy,
    listedTaskIds: taskIds,
    failure,
    wait: false,
    elapsedMs: options.clock.nowMs() - startedAtMs,
    apiCalls: options.client.callCount() - callsBefore,
  });
}
