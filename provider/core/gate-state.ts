import type { PreloadUrl } from "./preload-url";
import type { Purpose } from "./quota-facts";

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

/** What a status-only row says of its URL. */
export type RowWord = "pending" | "preloaded" | "failed" | "unknown";

/** What one task's newest answer says of a URL. */
export interface RowFacts {
  readonly taskId: string;
  /** Share of POPs that hold the URL, from 0 to 100. Never known from status-only evidence. */
  readonly successPercent?: number | undefined;
  /** The service's own words; shown, never judged. */
  readonly description?: string | undefined;
  /** Only of a status-only row. */
  readonly says?: RowWord | undefined;
  /** Whether the row's own entry refutes it, where the task has several entries of the domain. */
  readonly refuted?: boolean | undefined;
}

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

/** Which operation the knowledge comes from; `statusOnly` knows neither a RetCode nor a share of POPs. */
export type Evidence = "detail" | "statusOnly";

/** What was last seen of one domain's part of a task. */
export interface TaskPart {
  readonly taskId: string;
  readonly domain: string;
  /** As the service wrote it. */
  readonly creationTime: string;
  /** The same in milliseconds since 1970; absent where it cannot be placed. */
  readonly createdMs?: number | undefined;
  /** As the service wrote it. */
  readonly endTime?: string | undefined;
  readonly endedMs?: number | undefined;
  /** `"0"` is success. Never known from status-only evidence. */
  readonly retCode?: string | undefined;
  /** Share of POPs on which the task has ended, from 0 to 100. */
  readonly processPercent?: number | undefined;
  readonly status: string;
  /** Of the answer that said so; name it in a support ticket. */
  readonly requestId?: string | undefined;
  readonly evidence: Evidence;
  /** The entry failed although each of its rows claims 100 %: the rows are not to be believed. */
  readonly failedWithoutFailedUrl?: true | undefined;
  /** An entry of it holds no row of any URL. */
  readonly namesNoUrl?: true | undefined;
  /** How many entries or rows the service counted and did not show: evidence that is missing. */
  readonly unseenCount?: number | undefined;
  /** It was created, or ended, before the submission that it is to prove was sent: it proves nothing of that. */
  readonly isOlderThanSubmission?: true | undefined;
}

/** What a submission starts: a preload, or the purge (refresh) before it. */
export type { Purpose } from "./quota-facts";

/** One accepted submission. */
export interface Submission {
  readonly purpose: Purpose;
  /** As the service returned them. */
  readonly taskIds: readonly string[];
  /** By the service's clock, in milliseconds since 1970. */
  readonly submittedAtMs: number;
  /** The earliest that it can have been sent, by the service's clock; absent where that is not known. */
  readonly sentAtMs?: number | undefined;
  /** How much later it may have been, where this machine's clock and the service's answers disagreed. */
  readonly clockDoubtMs?: number | undefined;
  /** Whose it is, as `account` of the state names it; absent where that was not known. */
  readonly account?: string | undefined;
}

/** A submission whose outcome is not known: it may have been accepted, so it is never simply repeated. */
export interface OpenAttempt {
  readonly purpose: Purpose;
  readonly urls: readonly PreloadUrl[];
  /** When it was sent, by the service's clock, in milliseconds since 1970. */
  readonly sentAtMs: number;
  /** Until when the service may still accept it, by the service's clock. */
  readonly expiresAtMs: number;
  /**
   * How much earlier than `sentAtMs` it may have been sent, and how much later than `expiresAtMs` be accepted: absent where
   * this machine's clock and the service's answers agreed.
   */
  readonly clockDoubt?: { readonly earlierMs: number; readonly laterMs: number } | undefined;
}

/** What a gate remembers beside what it has seen of URLs and tasks. */
export interface GateMemory {
  readonly submissions: readonly Submission[];
  readonly openAttempts: readonly OpenAttempt[];
  /**
   * Tasks that can no longer be asked about: unknown to the service for a whole wait, or too old for it. With a
   * domain after it: only what it has of that domain.
   */
  readonly unresolvableTaskIds: readonly string[];
  /** URLs that are no longer wanted; their tasks are kept, so that adding them again submits nothing. */
  readonly removedUrls: readonly UrlFacts[];
  /** Of a gate that lists tasks: whether it wanted certain URLs of them, or any. */
  readonly wanted?: "listed" | "any" | undefined;
  /**
   * Who submitted last: a digest of the endpoint and the account's number, where a role names it, else the access key;
   * `temporary` where nothing was known but that the key was a temporary one.
   */
  readonly account?: string | undefined;
  /** What the saved verdict, where it does not pass, was about; see `evidenceOf`. */
  readonly judgedEvidence?: string | undefined;
}

/** A gate's state; `state-schema.ts` checks one that was saved. */
export interface GateState {
  readonly stateVersion: typeof STATE_VERSION;
  /** One per URL, in the order of the inputs. */
  readonly urls: readonly UrlFacts[];
  /** One per task and domain. */
  readonly tasks: readonly TaskPart[];
  readonly saved: GateMemory;
}

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
