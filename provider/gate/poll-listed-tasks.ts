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
  run: RunContext & { readonly taskIds: readonly string[]; readonly policy: GatePolicy },
): Promise<Outcome> {
  const startedAtMs = run.clock.nowMs();
  const callsBefore = run.client.callCount();
  const taskIds = [...new Set(run.taskIds)];
  const emit = guarded(run.emit);
  const runState = new RunState(emptyGateState([]), emit);
  const { failure } = await pollWithin({ ...run, emit, runState, scope: "any", listedTaskIds: taskIds });
  return outcomeOf(runState.state, {
    policy: run.policy,
    listedTaskIds: taskIds,
    failure,
    wait: false,
    urlsAreSecret: run.urlsAreSecret,
    elapsedMs: run.clock.nowMs() - startedAtMs,
    apiCalls: run.client.callCount() - callsBefore,
  });
}
