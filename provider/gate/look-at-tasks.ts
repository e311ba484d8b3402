import { emptyGateState } from "../core/gate-state";
import type { GatePolicy } from "../core/policy";
import { lookWithin } from "./look-within";
import { type Outcome, outcomeOf } from "./outcome";
import type { RunContext } from "./run-context";
import { StateCell } from "./state-cell";

/**
 * Looks once at tasks that someone has started, and judges them by what they say now: what has not ended is
 * `pending`. It submits nothing and waits for nothing.
 */
export async function lookAtTasks(
  run: RunContext & { readonly taskIds: readonly string[]; readonly policy: GatePolicy },
): Promise<Outcome> {
  const startedAtMs = run.clock.nowMs();
  const callsBefore = run.client.callCount();
  const taskIds = [...new Set(run.taskIds)];
  const cell = new StateCell(emptyGateState([]), run.emit);
  const stop = await lookWithin({ ...run, cell, scope: "any", listedTaskIds: taskIds });
  return outcomeOf(cell.state, {
    policy: run.policy,
    listedTaskIds: taskIds,
    stop,
    wait: false,
    urlsAreSecret: run.urlsAreSecret,
    elapsedMs: run.clock.nowMs() - startedAtMs,
    apiCalls: run.client.callCount() - callsBefore,
  });
}
