import type { GateError } from "../core/errors";
import type { GateState } from "../core/gate-state";
import type { LookScope } from "../core/look";
import type { GatePolicy } from "../core/policy";
import { lookWithin } from "./look-within";
import type { RunContext } from "./run-context";
import { StateCell } from "./state-cell";

/** Asks once about the tasks that have not ended, and adds what they say; submits and judges nothing. */
export async function refreshTasks(
  run: RunContext & {
    readonly state: GateState;
    readonly scope: LookScope;
    readonly listedTaskIds?: readonly string[] | undefined;
    readonly policy: GatePolicy;
  },
): Promise<{ readonly state: GateState; readonly stop: GateError | undefined }> {
  const cell = new StateCell(run.state, run.emit);
  const stop = await lookWithin({ ...run, cell });
  return { state: cell.state, stop };
}
