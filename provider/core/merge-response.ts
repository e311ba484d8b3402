import { isWorse } from "./answered-part";
import { entriesByPart, taskOfEntries, worstRows } from "./detail-answer";
import {
  type GateState,
  identityOf,
  partKey,
  type RowOfTask,
  splitTaskIds,
  type TaskPart,
  type UrlResult,
} from "./gate-state";
import { domainOfIdentity, hostOfAnswer, identityOfObjectPath } from "./preload-url";
import { isOfPreload, statusParts } from "./status-answer";
import type { StatusResponse, TaskDetail } from "./task";
import { hasEnded, isRunning, stateOfStatus, statusRank } from "./task-status";

/**
 * Which rows of an answer count:
 * - `submitted`: those of URLs that this state submitted under the task; all others belong to a neighbour
 *   that shares the task id;
 * - `listed`: those of the wanted URLs, in whichever task; the newest task by its creation time counts;
 * - `any`: all rows, the newest of each URL.
 */
export type ResultScope = "submitted" | "listed" | "any";

/**
 * How much earlier than its submission was sent evidence has to be to be clearly older, in milliseconds: the service's
 * times are cut off to the second, and its machines' clocks differ.
 */
const EVIDENCE_MARGIN_MS = 15_000;

/**
 * Where each URL stands among a state's results, and the removed ones after them, by its identity. Built once
 * a run: identities do not change in it.
 */
export class UrlIndex {
  readonly positions: ReadonlyMap<string, number>;
  readonly #identities = new WeakMap<UrlResult, string>();

  constructor(state: GateState) {
    const all = [...state.results, ...state.saved.removedResults];
    this.positions = new Map(all.map((result, at) => [this.identityOf(result), at]));
  }

  /** Read from each result once: a gate that lists a thousand tasks asks for all of them at every poll. */
  identityOf(result: UrlResult): string {
    const known = this.#identities.get(result);
    if (known !== undefined) return known;
    const identity = identityOf(result);
    this.#identities.set(result, identity);
    return identity;
  }
}

/** Adds what a detail answer says; `index` and the state's URLs must belong together. */
export function withDetail(
  state: GateState,
  answer: TaskDetail,
  scope: ResultScope,
  index: UrlIndex,
): GateState {
  const facts = new StateFacts(state, scope, index);
  for (const entries of entriesByPart(answer.entries)) {
    const task = taskOfEntries(entries, answer);
    if (!facts.addTask(task)) continue;
    const rows = worstRows(entries);
    facts.forgetRowsBut(rows, task);
    for (const [identity, row] of rows) {
      facts.addRow(identity, {
        url: identity,
        taskId: task.taskId,
        domain: task.domain,
        state: "pending",
        ...(row.successPercent === undefined ? {} : { successPercent: row.successPercent }),
        ...(row.description === undefined ? {} : { description: row.description }),
        ...(row.refuted === undefined ? {} : { refuted: row.refuted }),
      });
    }
  }
  return facts.state();
}

/**
 * Adds only how far tasks are by a status-only answer, where details will judge them: that they run, and not a
 * word on any URL.
 */
export function withStatusProgress(
  state: GateState,
  answer: StatusResponse,
  scope: ResultScope,
  index: UrlIndex,
): GateState {
  const facts = new StateFacts(state, scope, index);
  for (const part of statusParts(answer)) {
    if (isRunning(part.task) && !facts.hasEndedDetail(part.task)) facts.addTask(part.task);
  }
  return facts.state();
}

/** Adds what a status-only answer says of any number of tasks. Rows of purges are not about a preload. */
export function withStatusRows(
  state: GateState,
  answer: StatusResponse,
  scope: ResultScope,
  index: UrlIndex,
): GateState {
  const facts = new StateFacts(state, scope, index);
  for (const { task, rows } of statusParts(answer)) {
    if (facts.hasEndedDetail(task) || !facts.addTask(task)) continue;
    for (const [identity, own] of Map.groupBy(rows, (row) => row.identity)) {
      const worst = own.reduce((a, b) => (statusRank(b.status) < statusRank(a.status) ? b : a));
      facts.addRow(identity, {
        url: identity,
        taskId: task.taskId,
        domain: task.domain,
        state: stateOfStatus(worst.status),
        ...(worst.description === undefined ? {} : { description: worst.description }),
      });
    }
  }
  return facts.state();
}

/** Whether an answer tells anything of a task's part of one of these domains, in whatever words. */
export function tellsOf(
  answer: TaskDetail | StatusResponse,
  taskId: string,
  domains: ReadonlySet<string>,
): boolean {
  return "entries" in answer
    ? answer.entries.some((entry) => entry.taskId === taskId && domains.has(hostOfAnswer(entry.domain)))
    : answer.rows.some(
        (row) =>
          row.taskId === taskId &&
          isOfPreload(row) &&
          domains.has(domainOfIdentity(identityOfObjectPath(row.url))),
      );
}

/** The facts of one state while an answer is added to them. */
class StateFacts {
  readonly #original: GateState;
  readonly #scope: ResultScope;
  readonly #index: Map<string, number>;
  /** The URLs' results, then those of removed URLs: when they come back, what their tasks said is known. */
  readonly #results: UrlResult[];
  readonly #tasks: Map<string, TaskPart>;
  readonly #domains: ReadonlySet<string>;
  /** When each task's submission was sent at the earliest, where that is known. */
  readonly #sentAtMs: ReadonlyMap<string, number>;

  constructor(state: GateState, scope: ResultScope, index: UrlIndex) {
    this.#original = state;
    this.#scope = scope;
    this.#index =
      scope === "any"
        ? new Map(state.results.map((result, at) => [index.identityOf(result), at]))
        : (index.positions as Map<string, number>);
    this.#results = scope === "any" ? [...state.results] : [...state.results, ...state.saved.removedResults];
    this.#tasks = new Map(state.tasks.map((task) => [partKey(task.taskId, task.domain), task]));
    this.#domains = new Set(this.#results.map((result) => result.domain));
    this.#sentAtMs = new Map(
      state.saved.submissions.flatMap(({ purpose, taskIds, sentAtMs }) => {
        return purpose === "preload" && sentAtMs !== undefined
          ? taskIds.map((taskId): [string, number] => [taskId, sentAtMs])
          : [];
      }),
    );
  }

  hasEndedDetail(part: Pick<TaskPart, "taskId" | "domain">): boolean {
    const known = this.#tasks.get(partKey(part.taskId, part.domain));
    return known !== undefined && known.evidence === "detail" && hasEnded(known);
  }

  /**
   * Takes one domain's part of a task; another domain's only where the gate lists the task, since each listed
   * task has to end.
   *
   * @returns whether the part may hold URLs of the state.
   */
  addTask(task: TaskPart): boolean {
    const concernsUs = this.#scope === "any" || this.#domains.has(task.domain);
    if (!concernsUs && this.#scope === "submitted") return false;
    const { namesNoUrl: _, ...ofOthers } = task;
    const known = concernsUs ? task : ofOthers;
    this.#tasks.set(
      partKey(task.taskId, task.domain),
      this.#isOlderThanSubmission(task) ? { ...known, isOlderThanSubmission: true } : known,
    );
    return concernsUs;
  }

  /** A service, or a cache before it, may answer with what an earlier task has left. */
  #isOlderThanSubmission({ taskId, createdMs, endedMs }: TaskPart): boolean {
    const sentAtMs = this.#sentAtMs.get(taskId);
    if (sentAtMs === undefined) return false;
    const isOlder = (timeMs: number | undefined) =>
      timeMs !== undefined && timeMs < sentAtMs - EVIDENCE_MARGIN_MS;
    return isOlder(createdMs) || isOlder(endedMs);
  }

  /** What an earlier answer said of a URL of this part counts no longer where the newest has no row for it. */
  forgetRowsBut(rows: ReadonlyMap<string, unknown>, part: Pick<TaskPart, "taskId" | "domain">): void {
    // Not by entries: one of each URL at each poll is a good part of what a gate over thousands allocates.
    this.#index.forEach((at, identity) => {
      const known = this.#results[at]!;
      if (known.domain !== part.domain || rows.has(identity)) return;
      if (known.rows !== undefined) {
        const left = known.rows.filter((row) => row.taskId !== part.taskId);
        if (left.length < known.rows.length) this.#results[at] = withRows(known, left);
      } else if (known.taskId === part.taskId) {
        const { successPercent: _, description: __, refuted: ___, ...rest } = known;
        this.#results[at] = rest;
      }
    });
  }

  addRow(identity: string, row: UrlResult): void {
    const at = this.#index.get(identity);
    if (at === undefined) {
      if (this.#scope !== "any") return;
      this.#index.set(identity, this.#results.length);
      this.#results.push(row);
      return;
    }
    const known = this.#results[at]!;
    if (!this.#counts(known, row)) return;
    if (this.#scope === "submitted" && row.taskId !== known.taskId) {
      const others = (known.rows ?? []).filter((other) => other.taskId !== row.taskId);
      this.#results[at] = withRows(known, [...others, rowOfTask(row)]);
      return;
    }
    const { url, purgeTaskId, purged } = known;
    this.#results[at] = {
      ...row,
      url,
      ...(purgeTaskId === undefined ? {} : { purgeTaskId }),
      ...(purged === undefined ? {} : { purged }),
    };
  }

  #counts(known: UrlResult, row: UrlResult): boolean {
    const candidates = splitTaskIds(known.taskId);
    if (this.#scope === "submitted") return candidates.includes(row.taskId);
    if (candidates.length !== 1 || candidates[0] === row.taskId) return true;
    const knownTime = this.#creationTimeMs(candidates[0]!, known.domain);
    const rowTime = this.#creationTimeMs(row.taskId, row.domain);
    if (knownTime !== rowTime) return !(rowTime < knownTime);
    return (
      (row.successPercent ?? -1) < (known.successPercent ?? -1) ||
      (row.state === "failed" && known.state !== "failed")
    );
  }

  #creationTimeMs(taskId: string, domain: string): number {
    return this.#tasks.get(partKey(taskId, domain))?.createdMs ?? Number.NEGATIVE_INFINITY;
  }

  state(): GateState {
    const { results, saved } = this.#original;
    const tasks = [...this.#tasks.values()];
    if (this.#scope === "any") return { ...this.#original, results: this.#results, tasks };
    const removedResults = this.#results.slice(results.length);
    return {
      ...this.#original,
      results: this.#results.slice(0, results.length),
      tasks,
      saved: { ...saved, removedResults },
    };
  }
}

/** One of several tasks' word on a URL. */
function rowOfTask({ taskId, successPercent, description, refuted, state }: UrlResult): RowOfTask {
  return {
    taskId,
    ...(successPercent === undefined ? {} : { successPercent }),
    ...(description === undefined ? {} : { description }),
    ...(refuted === undefined ? {} : { refuted }),
    ...(state === "pending" ? {} : { state }),
  };
}

/** A URL that several tasks may hold, with what they say of it; the worst is what is shown. */
function withRows(known: UrlResult, rows: readonly RowOfTask[]): UrlResult {
  const { successPercent: _, description: __, refuted: ___, rows: ____, ...rest } = known;
  if (rows.length === 0) return rest;
  const { taskId: _____, state: ______, ...shown } = rows.reduce((a, b) => (isWorse(b, a) ? b : a));
  return { ...rest, ...shown, rows: [...rows] };
}
