import type { GateError } from "../core/errors";
import type { GateState } from "../core/gate-state";
import type { GatePolicy } from "../core/policy";
import type { ResultScope } from "../core/url-index";
import { guarded } from "./events";
import { pollWithin } from "./poll-within";
import type { RunContext } from "./run-context";
import { RunState } from "./run-state";

/** Asks once about the tasks that have not ended, and adds what they say; submits and judges nothing. */
export async function pollOnce(
  options: RunContext & {
    readonly state: GateState;
    readonly scope: ResultScope;
    readonly listedTaskIds?: readonly string[] | undefined;
    readonly policy: GatePolicy;
  },
): Promise<{ readonly state: GateState; readonly failure: GateError | undefined }> {
  const emit = guarded(options.emit);
  const run = new RunState(options.state, emit);
  const { failure } = await pollWithin({ ...options, emit, run });
  return { state: run.state, failure };
}
