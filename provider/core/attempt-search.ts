import type { RowDoubt } from "./failure-facts";
import { allUrls, type GateState, type OpenAttempt } from "./gate-state";
import { possibleTimesMs } from "./instant";
import { identityOfAnswer, identityOfObjectPath, looseIdentity, type PreloadUrl } from "./preload-url";
import { SIGNATURE_VALIDITY_MS } from "./service-limits";
import { isNewer, type StatusRow } from "./task";
import { factsOf } from "./task-facts";

/** The service's clock is known to about a second, and its times are cut off to the second. */
export const CLOCK_MARGIN_MS = 2_000;

/**
 * How far outside of an attempt's window a row's time is a clear mismatch, in milliseconds. The service takes clocks
 * that are so far off, so that its own parts may be; nearer than that, its answer to a search in the window counts.
 */
const CLEARLY_OUTSIDE_MS = SIGNATURE_VALIDITY_MS;

const NO_DOUBT = { earlierMs: 0, laterMs: 0 } as const;

/** The window in which the service may have created an attempt's tasks, by the service's clock. */
export function windowOf(attempt: OpenAttempt): { readonly startTimeMs: number; readonly endTimeMs: number } {
  const { earlierMs, laterMs } = attempt.clockDoubt ?? NO_DOUBT;
  const { sentAtMs, expiresAtMs } = attempt;
  return {
    startTimeMs: sentAtMs - earlierMs - CLOCK_MARGIN_MS,
    endTimeMs: Math.max(expiresAtMs, sentAtMs) + laterMs + CLOCK_MARGIN_MS,
  };
}

/** A row that may be a URL's of an attempt, and can be neither taken for it nor ruled out. */
export interface DoubtfulRow {
  /** As written. */
  readonly url: string;
  readonly row: StatusRow;
  /** Why it cannot be taken for the URL's. */
  readonly why: RowDoubt;
}

/** What a search has shown of an attempt, by the identities of its URLs. */
export interface AttemptRows {
  /**
   * Each URL's rows that are certainly of this attempt's time, and in no task known before: the newest of each task.
   * Several tasks, where the service has started several for one submission; each may hold the URL.
   */
  readonly found: ReadonlyMap<string, readonly StatusRow[]>;
  /** The first row of each URL that has none of those. */
  readonly doubtful: ReadonlyMap<string, DoubtfulRow>;
}

/**
 * Sorts the rows of a search for an attempt's tasks. Only a clear mismatch is left out: another URL, another kind of
 * task, another time, a task that is known to be older. What may be ours and cannot be ruled out is told.
 *
 * @param options.domain the one that was searched for: rows may name it, or only a path.
 * @param options.latestNowMs the latest that the service's time may be: no task was created after it.
 */
export function sortRows(
  rows: readonly StatusRow[],
  options: {
    readonly attempt: OpenAttempt;
    readonly state: GateState;
    readonly domain: string;
    readonly latestNowMs: number;
  },
): AttemptRows {
  const sorter = new RowSorter(options);
  for (const row of rows) sorter.add(row);
  return sorter.rows();
}

/** Joins what was found in the searches for several domains. */
export function joinedRows(parts: readonly AttemptRows[]): AttemptRows {
  return {
    found: new Map(parts.flatMap(({ found }) => [...found])),
    doubtful: new Map(parts.flatMap(({ doubtful }) => [...doubtful])),
  };
}

/** The tasks of one URL's rows, in one order: URLs that the same tasks hold share one list. */
export function taskIdsOf(rows: readonly StatusRow[]): string[] {
  return [...new Set(rows.map(({ taskId }) => taskId))].toSorted();
}

class RowSorter {
  readonly #options: Parameters<typeof sortRows>[1];
  readonly #found = new Map<string, readonly StatusRow[]>();
  readonly #doubtful = new Map<string, DoubtfulRow>();
  /** URLs of the attempt by their identities, and these by what is left of them in any spelling. */
  readonly #byIdentity: ReadonlyMap<string, PreloadUrl>;
  readonly #byLooseIdentity: ReadonlyMap<string, string>;
  readonly #others: ReadonlySet<string>;
  readonly #known: ReadonlyMap<string, KnownTasks>;
  readonly #olderTaskIds: ReadonlySet<string>;

  constructor(options: Parameters<typeof sortRows>[1]) {
    this.#options = options;
    const { attempt, state } = options;
    this.#byIdentity = new Map(attempt.urls.map((url) => [url.identity, url]));
    this.#byLooseIdentity = new Map(attempt.urls.map(({ identity }) => [looseIdentity(identity), identity]));
    this.#others = new Set(allUrls(state).map(({ url }) => url.identity));
    this.#known = knownTasks(state, attempt);
    // An id that was given out more than a moment before: URLs share one only within a second.
    const sentAtMs = attempt.sentAtMs - 2 * CLOCK_MARGIN_MS;
    const older = state.saved.submissions.filter(({ submittedAtMs }) => submittedAtMs < sentAtMs);
    this.#olderTaskIds = new Set(older.flatMap(({ taskIds }) => taskIds));
  }

  rows(): AttemptRows {
    const doubtful = [...this.#doubtful].filter(([identity]) => !this.#found.has(identity));
    return { found: this.#found, doubtful: new Map(doubtful) };
  }

  add(row: StatusRow): void {
    if (!this.#isOfPurpose(row)) return;
    const exact = identityOfObjectPath(row.url, this.#byIdentity);
    const isExact = this.#byIdentity.has(exact);
    const identity = isExact ? exact : this.#identityInOtherSpelling(row);
    if (identity === undefined || this.#known.get(identity)?.taskIds.has(row.taskId)) return;
    const time = this.#placeInTime(row, this.#known.get(identity));
    if (time === "outside") return;
    if (isExact && time === "inside") this.#take(identity, row);
    else this.#doubt(identity, row, time === "inside" ? { kind: "otherSpelling" } : time.doubt);
  }

  #take(identity: string, row: StatusRow): void {
    const known = this.#found.get(identity) ?? [];
    const other = known.find(({ taskId }) => taskId === row.taskId);
    if (other && !isNewer(row, other)) return;
    this.#found.set(identity, [...known.filter((each) => each !== other), row]);
  }

  #doubt(identity: string, row: StatusRow, why: RowDoubt): void {
    // A task that an earlier submission of ours has started explains the row.
    if (this.#olderTaskIds.has(row.taskId) || this.#doubtful.has(identity)) return;
    this.#doubtful.set(identity, { url: this.#byIdentity.get(identity)!.written, row, why });
  }

  #isOfPurpose({ objectType }: StatusRow): boolean {
    if (objectType === undefined) return true;
    return (objectType.toLowerCase() === "preload") === (this.#options.attempt.purpose === "preload");
  }

  /** A URL of the attempt that the row may spell otherwise: a percent-encoding undone, a path alone. */
  #identityInOtherSpelling({ url }: StatusRow): string | undefined {
    const { domain } = this.#options;
    const identity = /^\s*\//.test(url) ? identityOfAnswer(domain, url.trim()) : identityOfObjectPath(url);
    if (this.#byIdentity.has(identity)) return identity;
    return this.#others.has(identity) ? undefined : this.#byLooseIdentity.get(looseIdentity(identity));
  }

  /** Whether a row's time is in the attempt's window, clearly outside, or in doubt, and why. */
  #placeInTime(
    row: StatusRow,
    older: KnownTasks | undefined,
  ): "inside" | "outside" | { readonly doubt: RowDoubt } {
    const { attempt, latestNowMs } = this.#options;
    const { startTimeMs, endTimeMs } = windowOf(attempt);
    const { createdMs } = row;
    if (createdMs === undefined) {
      const { fromMs, toMs } = possibleTimesMs(row.creationTime);
      const isPossible = toMs >= startTimeMs - CLEARLY_OUTSIDE_MS && fromMs <= endTimeMs + CLEARLY_OUTSIDE_MS;
      return isPossible ? { doubt: { kind: "timeUnclear" } } : "outside";
    }
    // Not ruled out by that alone: of a task that nothing else explains, the time may be told wrongly.
    const isOlder = older !== undefined && isOlderThanKnown(createdMs, older, attempt);
    const sureStartMs = attempt.sentAtMs - 2 * CLOCK_MARGIN_MS;
    if (createdMs >= sureStartMs && createdMs <= endTimeMs && !isOlder) return "inside";
    if (createdMs < sureStartMs || isOlder) {
      if (createdMs < startTimeMs - CLEARLY_OUTSIDE_MS) return "outside";
      const earlyMs = Math.max(attempt.sentAtMs - createdMs, 1_000);
      return { doubt: { kind: "beforeSubmission", earlyMs } };
    }
    if (createdMs > latestNowMs + CLOCK_MARGIN_MS) return { doubt: { kind: "inFuture" } };
    return createdMs <= endTimeMs + CLEARLY_OUTSIDE_MS ? { doubt: { kind: "afterExpiry" } } : "outside";
  }
}

/** The tasks that are saved for a URL already. */
interface KnownTasks {
  readonly taskIds: ReadonlySet<string>;
  /** When the service created the newest that it has told of: the attempt was sent after that. */
  readonly createdMs: number;
}

function knownTasks(state: GateState, attempt: OpenAttempt): Map<string, KnownTasks> {
  const facts = factsOf(state);
  return new Map(
    allUrls(state).map(({ url, ...known }) => {
      const taskIds = (attempt.purpose === "preload" ? known.taskIds : known.purgeTaskIds) ?? [];
      const { parts } = facts.holdersOf(taskIds, url.host);
      // Not by when it was saved as submitted: that is our own guess at the service's time, and an id may be shared.
      const timesMs = parts.flatMap((part) => part.createdMs ?? []);
      return [url.identity, { taskIds: new Set(taskIds), createdMs: Math.max(...timesMs) }];
    }),
  );
}

function isOlderThanKnown(createdMs: number, older: KnownTasks, attempt: OpenAttempt): boolean {
  // A task that was created after the attempt was sent at the latest is no older one, but an id given again.
  const latestSentMs = attempt.expiresAtMs - SIGNATURE_VALIDITY_MS + CLOCK_MARGIN_MS;
  return older.createdMs <= latestSentMs && createdMs < older.createdMs;
}
