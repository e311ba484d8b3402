import { type PreloadUrl, plainUrl } from "./preload-url";
import type { Purpose } from "./quota-facts";
import * as z from "./zod";

/**
 * What a gate knows and remembers: facts, as plain data. What follows from them is computed when it is asked for
 * (`judge.ts`), and shown by each front in its own way (`shown-results.ts`). Nothing that can be computed is kept, so
 * that two copies cannot disagree.
 */

/** Grows when a field changes its meaning; `readGateState` brings older states up to date. */
export const STATE_VERSION = 3;

/**
 * - `notSubmitted`: the service has not accepted it;
 * - `pending`: its task runs, or is not visible yet;
 * - `preloaded`, `failed`: judged, by the policy of the gate;
 * - `unknown`: its task ended without a word on it, has a status that is not known, cannot be asked about
 *   any more, or its submission's outcome is not known.
 */
export type UrlState = "notSubmitted" | "pending" | "preloaded" | "failed" | "unknown";

const rowWord = z.enum(["pending", "preloaded", "failed", "unknown"]);
/** What a status-only row says of its URL. */
export type RowWord = z.infer<typeof rowWord>;

const rowFacts = z.object({
  taskId: z.string(),
  /** Share of POPs that hold the URL, from 0 to 100. Never known from status-only evidence. */
  successPercent: z.number().optional(),
  /** The service's own words; shown, never judged. */
  description: z.string().optional(),
  /** Only of a status-only row. */
  says: rowWord.optional(),
  /** Whether the row's own entry refutes it, where the task has several entries of the domain. */
  refuted: z.boolean().optional(),
});
/** What one task's newest answer says of a URL. */
export type RowFacts = z.infer<typeof rowFacts>;

/** A URL as it was parsed; its text alone where that says all. */
const savedUrl = z.union([
  z.string().transform(plainUrl),
  z
    .object({ written: z.string(), sent: z.string(), host: z.string(), identity: z.string() })
    .transform((url): PreloadUrl => url),
]);

const taskIdList = z.array(z.string()).default([]);

/** What is saved of one URL: less than {@link UrlFacts} holds, where the rest follows. */
export const urlFacts = z
  .object({
    url: savedUrl,
    taskIds: taskIdList,
    /** Without a `taskId` where only one task may hold the URL. */
    rows: z.array(rowFacts.partial({ taskId: true })).default([]),
    purgeTaskIds: z.array(z.string()).optional(),
    purged: z.literal(true).optional(),
  })
  .transform(
    ({ rows, ...facts }): UrlFacts => ({
      ...facts,
      rows: rows.map(({ taskId = facts.taskIds[0] ?? "", ...row }) => ({ taskId, ...row })),
    }),
  );
/** What is known of one URL. */
export interface UrlFacts {
  /** As it was parsed, once: its spelling, what is sent, its host and its identity. */
  readonly url: PreloadUrl;
  /** The tasks that may hold it: mostly one; several where its submission got several. Empty: none. */
  readonly taskIds: readonly string[];
  /** What each of them says of it; none of one that does not name it. */
  readonly rows: readonly RowFacts[];
  /** With `purgeFirst`: the refresh tasks that purge it. */
  readonly purgeTaskIds?: readonly string[] | undefined;
  /** With `purgeFirst`: whether its purge was seen to end well; once per URL is enough. */
  readonly purged?: true | undefined;
}

const evidence = z.enum(["detail", "statusOnly"]);
/** Which operation the knowledge comes from; `statusOnly` knows neither a RetCode nor a share of POPs. */
export type Evidence = z.infer<typeof evidence>;

export const taskPart = z.object({
  taskId: z.string(),
  domain: z.string(),
  /** As the service wrote it. */
  creationTime: z.string(),
  /** The same in milliseconds since 1970; absent where it cannot be placed. */
  createdMs: z.number().optional(),
  /** As the service wrote it. */
  endTime: z.string().optional(),
  endedMs: z.number().optional(),
  /** `"0"` is success. Never known from status-only evidence. */
  retCode: z.string().optional(),
  /** Share of POPs on which the task has ended, from 0 to 100. */
  processPercent: z.number().optional(),
  status: z.string(),
  /** Of the answer that said so; name it in a support ticket. */
  requestId: z.string().optional(),
  evidence,
  /** The entry failed although each of its rows claims 100 %: the rows are not to be believed. */
  failedWithoutFailedUrl: z.literal(true).optional(),
  /** An entry of it holds no row of any URL. */
  namesNoUrl: z.literal(true).optional(),
  /** How many entries or rows the service counted and did not show: evidence that is missing. */
  unseenCount: z.number().int().positive().optional(),
  /** It was created, or ended, before the submission that it is to prove was sent: it proves nothing of that. */
  isOlderThanSubmission: z.literal(true).optional(),
});
/** What was last seen of one domain's part of a task. */
export type TaskPart = z.infer<typeof taskPart>;

const purpose = z.enum(["preload", "purge"]);

/** What a submission starts: a preload, or the purge (refresh) before it. */
export type { Purpose } from "./quota-facts";

export const submission = z.object({
  purpose: purpose.default("preload"),
  /** As the service returned them. */
  taskIds: z.array(z.string()),
  /** By the service's clock, in milliseconds since 1970. */
  submittedAtMs: z.number(),
  /** The earliest that it can have been sent, by the service's clock; absent where that is not known. */
  sentAtMs: z.number().optional(),
  /** How much later it may have been, where this machine's clock and the service's answers disagreed. */
  clockDoubtMs: z.number().optional(),
  /** Whose it is, as `account` of the state names it; absent where that was not known. */
  account: z.string().optional(),
});
/** One accepted submission. */
export type Submission = z.infer<typeof submission>;

export const openAttempt = z.object({
  purpose: purpose.default("preload"),
  urls: z.array(savedUrl),
  /** When it was sent, by the service's clock, in milliseconds since 1970. */
  sentAtMs: z.number(),
  /** Until when the service may still accept it, by the service's clock. */
  expiresAtMs: z.number(),
  /**
   * How much earlier than `sentAtMs` it may have been sent, and how much later than `expiresAtMs` be accepted: absent where
   * this machine's clock and the service's answers agreed.
   */
  clockDoubt: z.object({ earlierMs: z.number(), laterMs: z.number() }).optional(),
});
/** A submission whose outcome is not known: it may have been accepted, so it is never simply repeated. */
export type OpenAttempt = z.infer<typeof openAttempt>;

export const gateState = z.object({
  stateVersion: z.literal(STATE_VERSION),
  /** One per URL, in the order of the inputs. */
  urls: z.array(urlFacts),
  /** One per task and domain. */
  tasks: z.array(taskPart),
  saved: z.object({
    submissions: z.array(submission),
    openAttempts: z.array(openAttempt),
    /**
     * Tasks that can no longer be asked about: unknown to the service for a whole wait, or too old for it. With a
     * domain after it: only what it has of that domain.
     */
    unresolvableTaskIds: z.array(z.string()),
    /** URLs that are no longer wanted; their tasks are kept, so that adding them again submits nothing. */
    removedUrls: z.array(urlFacts),
    /** Of a gate that lists tasks: whether it wanted certain URLs of them, or any. */
    wanted: z.enum(["listed", "any"]).optional(),
    /**
     * Who submitted last: a digest of the endpoint and the account's number, where a role names it, else the access key;
     * `temporary` where nothing was known but that the key was a temporary one.
     */
    account: z.string().optional(),
    /** What the saved verdict, where it does not pass, was about; see `evidenceOf`. */
    judgedEvidence: z.string().optional(),
  }),
});
export type GateState = z.infer<typeof gateState>;

/** A state that knows of `urls` and has submitted none. */
export function emptyGateState(urls: readonly PreloadUrl[]): GateState {
  return {
    stateVersion: STATE_VERSION,
    urls: urls.map(newFacts),
    tasks: [],
    saved: { submissions: [], openAttempts: [], unresolvableTaskIds: [], removedUrls: [] },
  };
}

/** A URL that was not submitted. */
export function newFacts(url: PreloadUrl): UrlFacts {
  return { url, taskIds: [], rows: [] };
}

/** The identities of the URLs of submissions whose outcome is not known. */
export function identitiesInDoubt(state: GateState, purpose: Purpose): ReadonlySet<string> {
  const attempts = state.saved.openAttempts.filter((attempt) => attempt.purpose === purpose);
  return new Set(attempts.flatMap((attempt) => attempt.urls.map(({ identity }) => identity)));
}

/** What names one domain's part of a task. */
export function partKey(taskId: string, domain: string): string {
  return `${taskId} ${domain}`;
}

/** The task's id in what {@link partKey} makes, or in an id as it is. */
export function taskIdOfPart(key: string): string {
  return key.split(" ")[0]!;
}

/**
 * The ids of the tasks that hold this state's URLs, each once, and those that the same submissions got: they may have
 * held some of the URLs, also if they name other URLs.
 */
export function heldTaskIds(state: GateState): string[] {
  const held = idsOf(state.urls);
  const isHeld = new Set(held);
  const beside = state.saved.submissions
    .filter(({ purpose, taskIds }) => purpose === "preload" && taskIds.some((id) => isHeld.has(id)))
    .flatMap(({ taskIds }) => taskIds);
  return [...new Set([...held, ...beside])];
}

/** The ids of the tasks that may hold any of these URLs, each once. */
export function idsOf(urls: readonly UrlFacts[]): string[] {
  return [...new Set(urls.flatMap(({ taskIds }) => taskIds))];
}

/** The ids of the tasks that hold or purge any of these URLs. */
export function heldTaskIdsOf(urls: readonly UrlFacts[]): ReadonlySet<string> {
  return new Set([...idsOf(urls), ...urls.flatMap(({ purgeTaskIds = [] }) => purgeTaskIds)]);
}

/** The URLs of a state, and those that are no longer wanted. */
export function allUrls(state: GateState): readonly UrlFacts[] {
  const { removedUrls } = state.saved;
  return removedUrls.length === 0 ? state.urls : [...state.urls, ...removedUrls];
}
