import { GateError } from "./errors";
import {
  type GateState,
  type RowFacts,
  type RowWord,
  STATE_VERSION,
  type Submission,
  type TaskPart,
  type UrlFacts,
  type UrlState,
} from "./gate-state";
import { instantMs } from "./instant";
import { isPlainUrl, type PreloadUrl, parsePreloadUrl, urlOfIdentity } from "./preload-url";
import { problem, problemsOf } from "./problems";
import { partOfShownTask } from "./shown-tasks";
import { gateState, openAttempt, submission, taskResult } from "./state-schema";
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
  if (version === 1) return withSharedLists(upgradeFromVersion1(value));
  return version === 2
    ? withSharedLists(upgradeFromVersion2(value))
    : withSharedLists(readWith(gateState, value));
}

function readWith<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [found] = problemsOf(parsed.error);
  throw new GateError({ kind: "stateNotReadable", field: found!.path.join("."), problem: found!.problem });
}

/** URLs that were submitted together share one list of ids, as they did before they were saved. */
function withSharedLists(state: GateState): GateState {
  const lists = new Map<string, readonly string[]>();
  const shared = (known: UrlFacts): UrlFacts => {
    const key = known.taskIds.join(",");
    const taskIds = lists.get(key) ?? known.taskIds;
    lists.set(key, taskIds);
    return { ...known, taskIds };
  };
  const { removedUrls } = state.saved;
  return {
    ...state,
    urls: state.urls.map(shared),
    saved: { ...state.saved, removedUrls: removedUrls.map(shared) },
  };
}

/** A state as JSON keeps it. */
export interface SavedState {
  readonly stateVersion: number;
  readonly urls: readonly object[];
  readonly tasks: readonly TaskPart[];
  readonly saved: object;
}

/** A state as it is saved: `readGateState` reads it back, and it leaves out what follows from the rest. */
export function savedStateOf(state: GateState): SavedState {
  const { saved } = state;
  return {
    ...state,
    urls: state.urls.map(savedFactsOf),
    saved: {
      ...saved,
      openAttempts: saved.openAttempts.map(savedAttemptOf),
      removedUrls: saved.removedUrls.map(savedFactsOf),
    },
  };
}

/** What is saved of one URL. */
export function savedFactsOf({ url, taskIds, rows, ...purge }: UrlFacts): object {
  const [onlyId, ...others] = taskIds;
  const isOnlyTask = (taskId: string) => others.length === 0 && taskId === onlyId;
  return {
    url: savedUrlOf(url),
    ...(taskIds.length > 0 && { taskIds }),
    ...(rows.length > 0 && {
      rows: rows.map(({ taskId, ...row }) => (isOnlyTask(taskId) ? row : { taskId, ...row })),
    }),
    ...purge,
  };
}

/** What is saved of an open attempt. */
function savedAttemptOf({ urls, ...attempt }: GateState["saved"]["openAttempts"][number]): object {
  return { ...attempt, urls: urls.map(savedUrlOf) };
}

function savedUrlOf(url: PreloadUrl): string | PreloadUrl {
  return isPlainUrl(url) ? url.written : url;
}

const urlState = z.enum(["notSubmitted", "pending", "preloaded", "failed", "unknown"]);

const rowVersion2 = z.object({
  taskId: z.string(),
  successPercent: z.number().optional(),
  description: z.string().optional(),
  state: urlState.optional(),
  refuted: z.boolean().optional(),
});

/**
 * How a URL stands, as users read it, with all that versions 1 and 2 kept beside that. They kept a URL's verdict where
 * this one keeps what a status-only row says, and ids with commas.
 */
export const resultWithIds = z.object({
  url: z.string(),
  taskId: z.string(),
  domain: z.string(),
  state: urlState,
  successPercent: z.number().optional(),
  description: z.string().optional(),
  refuted: z.boolean().optional(),
  rows: z.array(rowVersion2).optional(),
  purgeTaskId: z.string().optional(),
  purged: z.literal(true).optional(),
});
export type ResultWithIds = z.output<typeof resultWithIds>;

/** The facts that a result tells of its URL, as far as it does. */
export function factsOfResult(
  result: ResultWithIds,
  tasks: readonly TaskPart[],
  readUrl: (text: string, domain: string) => PreloadUrl,
): UrlFacts {
  const { url, domain, purgeTaskId, purged } = result;
  const taskIds = splitTaskIds(result.taskId);
  return {
    url: readUrl(url, domain),
    taskIds,
    rows: rowsOfResult(result, taskIds, tasks),
    ...(purgeTaskId === undefined ? {} : { purgeTaskIds: splitTaskIds(purgeTaskId) }),
    ...(purged === undefined ? {} : { purged }),
  };
}

function rowsOfResult(
  result: ResultWithIds,
  taskIds: readonly string[],
  tasks: readonly TaskPart[],
): RowFacts[] {
  const isStatusOnly = (taskId: string) =>
    tasks.some(
      (task) => task.taskId === taskId && task.domain === result.domain && task.evidence === "statusOnly",
    );
  if (result.rows) return result.rows.map((row) => rowOf(row, isStatusOnly(row.taskId)));
  const [taskId, ...others] = taskIds;
  if (taskId === undefined || others.length > 0) return [];
  const row = rowOf({ ...result, taskId }, isStatusOnly(taskId));
  const saysAnything = Object.keys(row).length > 1;
  return saysAnything ? [row] : [];
}

function rowOf(row: z.output<typeof rowVersion2>, isStatusOnly: boolean): RowFacts {
  const { taskId, successPercent, description, state, refuted } = row;
  const says: RowWord | undefined = isStatusOnly ? wordOfState(state) : undefined;
  return {
    taskId,
    ...(successPercent === undefined ? {} : { successPercent }),
    ...(description === undefined ? {} : { description }),
    ...(says === undefined ? {} : { says }),
    ...(refuted === undefined ? {} : { refuted }),
  };
}

/** A URL of a task was submitted: that it was not is no word of a row. */
function wordOfState(state: UrlState | undefined): RowWord | undefined {
  return state === "notSubmitted" ? undefined : state;
}

/** What cannot be parsed is what an answer named. */
function urlOfText(text: string, domain: string): PreloadUrl {
  const parsed = parsePreloadUrl(text);
  return parsed.ok ? parsed.url : urlOfIdentity(text, domain);
}

/** Ids as users read them, and as versions 1 and 2 kept them: with commas. */
export function splitTaskIds(list: string): string[] {
  return list.split(",").filter((id) => id !== "");
}

const gateStateVersion1 = z.object({
  results: z.array(resultWithIds),
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
    urls: old.results.map((result) => factsOfResult(result, tasks, urlOfText)),
    tasks,
    saved: {
      submissions: [...idLists].flatMap((list): Submission[] => {
        const taskIds = splitTaskIds(list);
        const submittedAtMs = taskIds.map((id) => createdMs.get(id)).find((time) => time !== undefined);
        return submittedAtMs === undefined ? [] : [{ purpose: "preload", taskIds, submittedAtMs }];
      }),
      openAttempts: [],
      unresolvableTaskIds: [],
      removedUrls: [],
    },
  };
}

/** A time that this program has written. */
const ownTime = z
  .string()
  .refine((text) => instantMs(text) !== undefined, problem("notAnInstant"))
  .transform((text) => Date.parse(text));

const gateStateVersion2 = z.object({
  stateVersion: z.literal(2),
  results: z.array(resultWithIds),
  tasks: z.array(taskResult.extend({ evidence: z.enum(["detail", "coarse"]) })),
  saved: gateState.shape.saved.omit({ unresolvableTaskIds: true, removedUrls: true }).extend({
    goneTaskIds: z.array(z.string()),
    removedResults: z.array(resultWithIds),
    submissions: z.array(
      submission
        .omit({ submittedAtMs: true, sentAtMs: true })
        .extend({ submittedAt: ownTime, sentAt: ownTime.optional() }),
    ),
    openAttempts: z.array(
      openAttempt
        .omit({ urls: true, sentAtMs: true, expiresAtMs: true })
        .extend({ urls: z.array(z.string()), sentAt: ownTime, expiresAt: ownTime }),
    ),
  }),
});

/**
 * Version 2 kept each URL's verdict, had other names for status-only evidence and for tasks that can no longer be asked
 * about, and kept times, percentages and lists of ids as text. What its `judgedEvidence` is a digest of has not changed.
 */
function upgradeFromVersion2(value: unknown): GateState {
  const old = readWith(gateStateVersion2, value);
  const { goneTaskIds, removedResults, submissions, openAttempts, ...saved } = old.saved;
  const tasks = old.tasks.map((task) =>
    partOfShownTask({ ...task, evidence: task.evidence === "coarse" ? "statusOnly" : task.evidence }),
  );
  return {
    stateVersion: STATE_VERSION,
    urls: old.results.map((result) => factsOfResult(result, tasks, urlOfText)),
    tasks,
    saved: {
      ...saved,
      submissions: submissions.map(({ submittedAt, sentAt, ...rest }) => ({
        ...rest,
        submittedAtMs: submittedAt,
        ...(sentAt === undefined ? {} : { sentAtMs: sentAt }),
      })),
      openAttempts: openAttempts.map(({ urls, sentAt, expiresAt, ...rest }) => ({
        ...rest,
        urls: urls.map((url) => urlOfText(url, "")),
        sentAtMs: sentAt,
        expiresAtMs: expiresAt,
      })),
      unresolvableTaskIds: goneTaskIds,
      removedUrls: removedResults.map((result) => factsOfResult(result, tasks, urlOfText)),
    },
  };
}
