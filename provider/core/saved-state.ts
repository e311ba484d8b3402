import { GateError } from "./errors";
import {
  type GateState,
  gateState,
  openAttempt,
  STATE_VERSION,
  type Submission,
  splitTaskIds,
  submission,
  urlResult,
} from "./gate-state";
import { instantMs } from "./instant";
import { problem, problemsOf } from "./problems";
import { partOfShownTask, taskResult } from "./shown-tasks";
import * as z from "./zod";

/**
 * Reads a saved state of this or an older version.
 *
 * @throws GateError `usage` with the field where it is not one, or a state of a newer version than this one.
 */
export function readGateState(value: unknown): GateState {
  const version = z.object({ stateVersion: z.number() }).safeParse(value).data?.stateVersion;
  if (version !== undefined && version > STATE_VERSION) {
    throw new GateError({ kind: "stateTooNew", version, newestKnown: STATE_VERSION });
  }
  if (version === 1) return upgradeFromVersion1(value);
  return version === 2 ? upgradeFromVersion2(value) : readWith(gateState, value);
}

function readWith<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [found] = problemsOf(parsed.error);
  throw new GateError({ kind: "stateNotReadable", field: found!.path.join("."), problem: found!.problem });
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
function upgradeFromVersion1(value: unknown): GateState {
  const old = readWith(gateStateVersion1, value);
  const tasks = old.tasks.map((task) => partOfShownTask({ ...task, evidence: "detail" }));
  const createdMs = new Map(tasks.map((task) => [task.taskId, task.createdMs]));
  const idLists = new Set(old.results.map((result) => result.taskId).filter((taskId) => taskId !== ""));
  return {
    stateVersion: STATE_VERSION,
    results: old.results,
    tasks,
    saved: {
      submissions: [...idLists].flatMap((list): Submission[] => {
        const taskIds = splitTaskIds(list);
        const submittedAtMs = taskIds.map((id) => createdMs.get(id)).find((time) => time !== undefined);
        return submittedAtMs === undefined ? [] : [{ purpose: "preload", taskIds, submittedAtMs }];
      }),
      openAttempts: [],
      unresolvableTaskIds: [],
      removedResults: [],
    },
  };
}

/** A time that this program has written. */
const ownTime = z
  .string()
  .refine((text) => instantMs(text) !== undefined, problem("notAnInstant"))
  .transform((text) => Date.parse(text));

const gateStateVersion2 = gateState.extend({
  stateVersion: z.literal(2),
  tasks: z.array(taskResult.extend({ evidence: z.enum(["detail", "coarse"]) })),
  saved: gateState.shape.saved.omit({ unresolvableTaskIds: true }).extend({
    goneTaskIds: z.array(z.string()),
    submissions: z.array(
      submission
        .omit({ submittedAtMs: true, sentAtMs: true })
        .extend({ submittedAt: ownTime, sentAt: ownTime.optional() }),
    ),
    openAttempts: z.array(
      openAttempt.omit({ sentAtMs: true, expiresAtMs: true }).extend({ sentAt: ownTime, expiresAt: ownTime }),
    ),
  }),
});

/**
 * Version 2 had other names for status-only evidence and for tasks that can no longer be asked about, and kept times
 * and percentages as text.
 */
function upgradeFromVersion2(value: unknown): GateState {
  const old = readWith(gateStateVersion2, value);
  const { goneTaskIds, submissions, openAttempts, ...saved } = old.saved;
  return {
    stateVersion: STATE_VERSION,
    results: old.results,
    tasks: old.tasks.map((task) =>
      partOfShownTask({ ...task, evidence: task.evidence === "coarse" ? "statusOnly" : task.evidence }),
    ),
    saved: {
      ...saved,
      submissions: submissions.map(({ submittedAt, sentAt, ...rest }) => ({
        ...rest,
        submittedAtMs: submittedAt,
        ...(sentAt === undefined ? {} : { sentAtMs: sentAt }),
      })),
      openAttempts: openAttempts.map(({ sentAt, expiresAt, ...rest }) => ({
        ...rest,
        sentAtMs: sentAt,
        expiresAtMs: expiresAt,
      })),
      unresolvableTaskIds: goneTaskIds,
    },
  };
}
