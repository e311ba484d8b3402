import type { GateState } from "../core/gate-state";
import { taskIdsField } from "../core/input-fields";
import { gatePolicy } from "../core/policy-schema";
import { problemsOf } from "../core/problems";
import { type Outcome, pollListedTasks, type RunContext } from "../gate";
import { type Outputs, outputsOf } from "../resources/outputs";
import { pulumiWording } from "../resources/pulumi-wording";
import type { Raw, ResourceKind } from "../resources/resource-call";
import { PLUGIN_NAMES } from "../wording/front-names";

/** A resource as `pulumi import` takes it up: the inputs, of which it writes the program, and the state. */
export interface Imported {
  readonly inputs: Raw;
  readonly outputs: Outputs;
}

/**
 * Takes up tasks that exist, by their ids: a `Preload` of the URLs that they hold, or a `PreloadGate` over them. It
 * submits nothing and waits for nothing; what has not passed is looked at by the next `up`.
 *
 * @param id of a task, or several with commas.
 * @throws Error in words for the user, where there is nothing to import.
 */
export async function importTask(id: string, kind: ResourceKind, run: RunContext): Promise<Imported> {
  const wording = pulumiWording(PLUGIN_NAMES);
  const parsed = taskIdsField.safeParse(id);
  if (!parsed.success) {
    const { problem } = problemsOf(parsed.error)[0]!;
    throw new Error(wording.pulumiFault({ kind: "importId", resource: kind, problem }));
  }
  const taskIds = parsed.data;
  const outcome = await pollListedTasks({ ...run, taskIds, policy: gatePolicy.parse({}) });
  if (outcome.failure) throw new Error(wording.explained(outcome.failure));
  const unknown = taskIds.filter((taskId) => !outcome.state.tasks.some((task) => task.taskId === taskId));
  if (unknown.length > 0) {
    throw new Error(wording.pulumiFault({ kind: "nothingToImport", taskIds: unknown }));
  }
  const urls = outcome.state.urls.map(({ url }) => url.written);
  const inputs = kind === "Preload" ? { urls } : { taskIds };
  const state = kind === "Preload" ? submittedState(outcome.state) : listingState(outcome.state);
  return {
    inputs,
    outputs: outputsOf({ ...outcome, state } satisfies Outcome, inputs, wording.reasons(outcome.reasons)),
  };
}

/** The state of a preload that submitted these tasks. */
function submittedState(state: GateState): GateState {
  const submissions = [...new Set(state.tasks.map(({ taskId }) => taskId))].flatMap((taskId) => {
    const created = state.tasks.flatMap((task) => (task.taskId === taskId ? (task.createdMs ?? []) : []));
    // Without a time it may run: taken for an old one it would be submitted again.
    if (created.length === 0) return [];
    return [{ purpose: "preload" as const, taskIds: [taskId], submittedAtMs: Math.min(...created) }];
  });
  return { ...state, saved: { ...state.saved, submissions } };
}

/** The state of a gate that took all URLs of the tasks. */
function listingState(state: GateState): GateState {
  return { ...state, saved: { ...state.saved, wanted: "any" } };
}
