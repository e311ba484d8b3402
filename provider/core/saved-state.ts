import { type GateState, gateState, STATE_VERSION, splitTaskIds, taskResult, urlResult } from "./gate-state";
import * as z from "./zod";

/**
 * Reads a saved state of this or an older version.
 *
 * @throws Error naming the field where it is not one, or a state of a newer version than this one.
 */
export function readGateState(value: unknown): GateState {
  const version = z.object({ stateVersion: z.number() }).safeParse(value).data?.stateVersion;
  if (version !== undefined && version > STATE_VERSION) {
    throw new Error(
      `The saved state has version ${version}, which a newer release wrote; this one reads up to ${STATE_VERSION}. Update cdn-preload-gate.`,
    );
  }
  if (version === 1) return readWith(gateState, upgradeFromVersion1(value));
  return readWith(gateState, version === 2 ? upgradeFromVersion2(value) : value);
}

function readWith<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.length > 0 ? issue.path.join(".") : "the state itself";
  throw new Error(`The saved state cannot be read: ${field}: ${issue.message}`);
}

const gateStateVersion1 = z.object({
  results: z.array(urlResult),
  tasks: z.array(taskResult.omit({ evidence: true })),
});

/**
 * Version 1 kept no submissions apart from the results and no attempts: both are rebuilt from the ids and
 * times that it has. A task without a time gets none: it may run, and taken for an old one it would be
 * submitted again.
 */
function upgradeFromVersion1(value: unknown): unknown {
  const old = readWith(gateStateVersion1, value);
  const createdAt = new Map(old.tasks.map((task) => [task.taskId, task.creationTime]));
  const idLists = new Set(old.results.map((result) => result.taskId).filter((taskId) => taskId !== ""));
  return {
    stateVersion: STATE_VERSION,
    results: old.results,
    tasks: old.tasks.map((task) => ({ ...task, evidence: "detail" })),
    saved: {
      submissions: [...idLists].flatMap((list) => {
        const taskIds = splitTaskIds(list);
        const submittedAt = taskIds.map((id) => createdAt.get(id)).find((time) => time !== undefined);
        return submittedAt === undefined ? [] : [{ purpose: "preload", taskIds, submittedAt }];
      }),
      openAttempts: [],
      unresolvableTaskIds: [],
      removedResults: [],
    },
  };
}

const gateStateVersion2 = gateState.extend({
  stateVersion: z.literal(2),
  tasks: z.array(taskResult.extend({ evidence: z.enum(["detail", "coarse"]) })),
  saved: gateState.shape.saved
    .omit({ unresolvableTaskIds: true })
    .extend({ goneTaskIds: z.array(z.string()) }),
});

/** Version 2 had other names for status-only evidence and for tasks that can no longer be asked about. */
function upgradeFromVersion2(value: unknown): unknown {
  const old = readWith(gateStateVersion2, value);
  const { goneTaskIds, ...saved } = old.saved;
  return {
    ...old,
    stateVersion: STATE_VERSION,
    tasks: old.tasks.map((task) => ({
      ...task,
      evidence: task.evidence === "coarse" ? "statusOnly" : task.evidence,
    })),
    saved: { ...saved, unresolvableTaskIds: goneTaskIds },
  };
}
