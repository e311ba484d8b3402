import type { AnsweredRow } from "./answered-part";
import { partsOfDetail } from "./detail-answer";
import type { GateState, RowFacts, TaskPart, UrlFacts } from "./gate-state";
import { carryJudgements } from "./judge";
import { PartIndex } from "./part-index";
import { domainOfIdentity, hostOfAnswer, identityOfObjectPath, urlOfIdentity } from "./preload-url";
import { isOfPreload, partsOfStatus } from "./status-answer";
import type { StatusResponse, TaskDetail } from "./task";
import { TaskFacts } from "./task-facts";
import { hasEnded, isRunning } from "./task-status";
import { type ResultScope, type UrlIndex, urlsInScope } from "./url-index";

/**
 * How much earlier than its submission was sent evidence has to be to be clearly older, in milliseconds: the service's
 * times are cut off to the second, and its machines' clocks differ.
 */
const EVIDENCE_MARGIN_MS = 15_000;

/** Adds what a detail answer says; `index` and the state's URLs must belong together. */
export function withDetail(
  state: GateState,
  answer: TaskDetail,
  scope: ResultScope,
  index: UrlIndex,
): GateState {
  const merged = new MergedFacts(state, scope, index);
  for (const { task, rows } of partsOfDetail(answer, index)) {
    if (!merged.addTask(task)) continue;
    merged.forgetRowsBut(rows, task);
    for (const [identity, row] of rows) merged.addRow(identity, row, task);
  }
  return merged.state();
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
  const merged = new MergedFacts(state, scope, index);
  for (const { task } of partsOfStatus(answer, index)) {
    if (isRunning(task) && !merged.hasEndedDetail(task)) merged.addTask(task);
  }
  return merged.state();
}

/** Adds what a status-only answer says of any number of tasks. Rows of purges are not about a preload. */
export function withStatusRows(
  state: GateState,
  answer: StatusResponse,
  scope: ResultScope,
  index: UrlIndex,
): GateState {
  const merged = new MergedFacts(state, scope, index);
  for (const { task, rows } of partsOfStatus(answer, index)) {
    if (merged.hasEndedDetail(task) || !merged.addTask(task)) continue;
    for (const [identity, row] of rows) merged.addRow(identity, row, task);
  }
  return merged.state();
}

/** Of which of these domains an answer tells anything of a task, in any words. */
export function domainsToldOf(
  answer: TaskDetail | StatusResponse,
  taskId: string,
  known: { readonly index: UrlIndex; readonly domains: ReadonlySet<string> },
): ReadonlySet<string> {
  const { index, domains } = known;
  const own =
    "entries" in answer
      ? answer.entries
          .filter((entry) => entry.taskId === taskId)
          .map((entry) => hostOfAnswer(entry.domain, index.hosts))
      : answer.rows
          .filter((row) => row.taskId === taskId && isOfPreload(row))
          // A path alone may be of any of them: the task is there.
          .flatMap(({ url }) =>
            url.startsWith("/") ? [...domains] : [domainOfIdentity(identityOfObjectPath(url, index))],
          );
  return new Set(own.filter((domain) => domains.has(domain)));
}

/** The facts of one state while an answer is added to them. */
class MergedFacts {
  readonly #original: GateState;
  readonly #scope: ResultScope;
  readonly #index: UrlIndex;
  /** The URLs, then those that were removed: when they come back, what their tasks said is known. */
  readonly #urls: UrlFacts[];
  readonly #tasks: TaskPart[];
  readonly #partIndex: PartIndex;
  readonly #toldTaskIds = new Set<string>();

  constructor(state: GateState, scope: ResultScope, index: UrlIndex) {
    this.#original = state;
    this.#scope = scope;
    this.#index = index;
    this.#urls = urlsInScope(state, scope).slice();
    this.#tasks = state.tasks.slice();
    this.#partIndex = PartIndex.of(state.tasks);
  }

  hasEndedDetail(part: Pick<TaskPart, "taskId" | "domain">): boolean {
    const known = this.#partOf(part.taskId, part.domain);
    return known !== undefined && known.evidence === "detail" && hasEnded(known);
  }

  /**
   * Takes one domain's part of a task; another domain's only where the gate lists the task, since each listed
   * task has to end.
   *
   * @returns whether the part may hold URLs of the state.
   */
  addTask(task: TaskPart): boolean {
    const concernsUs = this.#scope === "any" || this.#index.hosts.has(task.domain);
    if (!concernsUs && this.#scope === "submitted") return false;
    const { namesNoUrl: _, ...ofOthers } = task;
    const known = concernsUs ? task : ofOthers;
    const next: TaskPart = this.#isOlderThanSubmission(task)
      ? { ...known, isOlderThanSubmission: true }
      : known;
    const before = this.#put(next);
    if (before?.evidence === "statusOnly" && isNoEvidence(before)) this.#discountRows(before);
    return concernsUs;
  }

  /** @returns the part whose place it takes. */
  #put(part: TaskPart): TaskPart | undefined {
    this.#toldTaskIds.add(part.taskId);
    const at = this.#placeOf(part.taskId, part.domain);
    if (at === undefined) {
      this.#partIndex.add(part.taskId);
      this.#tasks.push(part);
      return undefined;
    }
    const before = this.#tasks[at];
    this.#tasks[at] = part;
    return before;
  }

  #placeOf(taskId: string, domain: string): number | undefined {
    return this.#partIndex.positionsOf(taskId).find((at) => this.#tasks[at]!.domain === domain);
  }

  /** What an answer said that was no evidence is none beside the next answer either, which may have no row of its URL. */
  #discountRows({ taskId, domain }: TaskPart): void {
    const isOfPart = (row: RowFacts) => row.taskId === taskId && row.says !== undefined;
    for (const [at, known] of this.#urls.entries()) {
      if (known.url.host !== domain || !known.rows.some(isOfPart)) continue;
      const rows = known.rows.map((row) => (isOfPart(row) ? { ...row, says: "pending" as const } : row));
      this.#urls[at] = { ...known, rows };
    }
  }

  /** A service, or a cache before it, may answer with what an earlier task has left. */
  #isOlderThanSubmission({ taskId, createdMs, endedMs }: TaskPart): boolean {
    const sentAtMs = this.#original.saved.submissions.findLast(
      (submission) =>
        submission.purpose === "preload" &&
        submission.sentAtMs !== undefined &&
        submission.taskIds.includes(taskId),
    )?.sentAtMs;
    if (sentAtMs === undefined) return false;
    const isOlder = (timeMs: number | undefined) =>
      timeMs !== undefined && timeMs < sentAtMs - EVIDENCE_MARGIN_MS;
    return isOlder(createdMs) || isOlder(endedMs);
  }

  /** What an earlier answer said of a URL of this part counts no longer where the newest has no row for it. */
  forgetRowsBut(rows: ReadonlyMap<string, unknown>, { taskId, domain }: TaskPart): void {
    const urls = this.#urls;
    for (let at = 0; at < urls.length; at += 1) {
      const { url, rows: known } = urls[at]!;
      if (!known.some((row) => row.taskId === taskId)) continue;
      if (url.host !== domain || rows.has(url.identity)) continue;
      urls[at] = { ...urls[at]!, rows: known.filter((row) => row.taskId !== taskId) };
    }
  }

  addRow(identity: string, answered: AnsweredRow, task: TaskPart): void {
    const row: RowFacts = { taskId: task.taskId, ...answered };
    const at = this.#index.positionOf(identity);
    const known = at === undefined ? undefined : this.#urls[at];
    if (at === undefined || known === undefined) {
      if (this.#scope !== "any") return;
      this.#index.add(identity, this.#urls.length);
      this.#urls.push({ url: urlOfIdentity(identity, task.domain), taskIds: [task.taskId], rows: [row] });
    } else if (this.#scope === "submitted") {
      if (known.taskIds.includes(row.taskId)) this.#urls[at] = { ...known, rows: withRow(known.rows, row) };
    } else {
      this.#urls[at] = this.#withListedRow(known, row);
    }
  }

  /**
   * Of the listed tasks the newest by its creation time counts. Several that are as new all count, as those of one
   * submission do: what one of them says tells nothing of the others. Until one names the URL, it may be in any.
   */
  #withListedRow(known: UrlFacts, row: RowFacts): UrlFacts {
    const isNamed = known.rows.length > 0 || known.taskIds.length === 1;
    if (!isNamed) return { ...known, taskIds: [row.taskId], rows: [row] };
    if (known.taskIds.includes(row.taskId)) return { ...known, rows: withRow(known.rows, row) };
    const createdMs = (taskId: string) =>
      this.#partOf(taskId, known.url.host)?.createdMs ?? Number.NEGATIVE_INFINITY;
    const knownMs = Math.max(...known.taskIds.map(createdMs));
    const rowMs = createdMs(row.taskId);
    if (rowMs < knownMs) return known;
    if (rowMs > knownMs) return { ...known, taskIds: [row.taskId], rows: [row] };
    // One that has failed counts over one that proves nothing.
    const isOutdone = ({ taskId }: RowFacts) =>
      row.says === "failed" && isNoEvidence(this.#partOf(taskId, known.url.host));
    const outdone = known.rows.filter(isOutdone).map(({ taskId }) => taskId);
    const taskIds = [...known.taskIds.filter((id) => !outdone.includes(id)), row.taskId];
    return { ...known, taskIds, rows: [...known.rows.filter((other) => !isOutdone(other)), row] };
  }

  #partOf(taskId: string, domain: string): TaskPart | undefined {
    const at = this.#placeOf(taskId, domain);
    return at === undefined ? undefined : this.#tasks[at];
  }

  state(): GateState {
    this.#partIndex.belongsTo(this.#tasks);
    const from = this.#original;
    const to = this.#next(this.#urlsUnderTheirTasks());
    carryJudgements({ from, to, toldTaskIds: this.#toldTaskIds });
    return to;
  }

  #next(all: UrlFacts[]): GateState {
    const { urls, saved } = this.#original;
    const next = { ...this.#original, tasks: this.#tasks };
    if (this.#scope === "any") return { ...next, urls: all };
    const removedUrls = all.slice(urls.length);
    return {
      ...next,
      urls: all.slice(0, urls.length),
      saved: removedUrls.length === 0 ? saved : { ...saved, removedUrls },
    };
  }

  /** What is known of all tasks is gathered only if several of them may hold a URL. */
  #urlsUnderTheirTasks(): UrlFacts[] {
    if (this.#urls.every(({ taskIds }) => taskIds.length <= 1)) return this.#urls;
    const facts = new TaskFacts({ tasks: this.#tasks, saved: this.#original.saved });
    return this.#urls.map((known) => (known.taskIds.length > 1 ? withItsTask(known, facts) : known));
  }
}

function withRow(rows: readonly RowFacts[], row: RowFacts): RowFacts[] {
  return [...rows.filter((other) => other.taskId !== row.taskId), row];
}

/** Whether what is known of a part proves nothing: more was counted than shown, or it is older than its submission. */
function isNoEvidence(part: TaskPart | undefined): boolean {
  return (part?.unseenCount ?? 0) > 0 || part?.isOlderThanSubmission === true;
}

/** Of several tasks that may have held a URL and have all answered, the only one that names it holds it. */
function withItsTask(known: UrlFacts, facts: TaskFacts): UrlFacts {
  const [row, ...others] = known.rows;
  if (row === undefined || others.length > 0 || row.says === "pending" || row.says === "unknown")
    return known;
  const part = facts.partOf(row.taskId, known.url.host);
  const isHeld = row.says !== undefined || part?.evidence === "detail";
  if (!isHeld || !known.taskIds.every((id) => facts.hasEnded(id))) return known;
  return { ...known, taskIds: [row.taskId] };
}
