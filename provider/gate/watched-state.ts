import { type GateState, partKey, splitTaskIds } from "../core/gate-state";
import { TaskFacts, taskIdsToWatch, withJudgedUrls } from "../core/judge";
import {
  type ResultScope,
  tellsOf,
  UrlIndex,
  withDetail,
  withStatusProgress,
  withStatusRows,
} from "../core/merge-response";
import type { GatePolicy } from "../core/policy";
import { withResolvableTask, withUnresolvableTask } from "../core/state-changes";
import { mayStillChange } from "../core/task-status";
import type { RunState } from "./run-state";
import type { TaskResponse } from "./task-reader";
import type { WatchedTask } from "./watched-task";

/** A response about a task that the service knows. */
export type KnownTaskResponse = Exclude<TaskResponse, { kind: "unknownTask" }>;

export interface WatchedStateOptions {
  readonly run: RunState;
  readonly scope: ResultScope;
  readonly policy: GatePolicy;
  /** For a gate that lists tasks: each has to answer and end. */
  readonly listedTaskIds?: readonly string[] | undefined;
}

/** What a watch knows: the run's state as responses change it, and which tasks may still say something. */
export class WatchedState {
  readonly #options: WatchedStateOptions;
  /** Built for the first answer: most runs begin by polling nothing. */
  #index: UrlIndex | undefined;
  #openTaskIds: ReadonlySet<string>;

  constructor(options: WatchedStateOptions) {
    this.#options = options;
    this.#openTaskIds = this.#taskIdsToWatch();
  }

  /** Ids of the tasks that may still say something, by the state as it is. */
  get openTaskIds(): ReadonlySet<string> {
    return this.#openTaskIds;
  }

  /** Adds what a response tells. */
  take(task: WatchedTask, response: KnownTaskResponse): void {
    this.#noteDomains(task, response);
    if (task.isSeen) this.#unmarkUnresolvable(task.taskId);
    this.#setJudged(this.#withResponse(response));
  }

  /** Whether nothing more is to be heard: it ended, has an undocumented status, or nothing waits for it. */
  isAnswered(task: WatchedTask): boolean {
    const { taskId } = task;
    if (!this.#openTaskIds.has(taskId) || this.#isUnresolvable(taskId)) return true;
    const parts = this.#state.tasks.filter((part) => part.taskId === taskId);
    return task.isSeen && parts.length > 0 && !parts.some(mayStillChange) && this.isAllSeen(task);
  }

  /** Whether answers have told of all that is ours of a task. */
  isAllSeen(task: WatchedTask): boolean {
    return task.isSeen && this.#silentDomains(task).length === 0;
  }

  /** Whether the task ended without a row of one of our URLs; the row may only be late. */
  lacksOwnRow({ taskId }: WatchedTask): boolean {
    if (this.#openTaskIds.has(taskId)) return false;
    return this.#state.results.some(
      (result) => result.state === "unknown" && splitTaskIds(result.taskId).includes(taskId),
    );
  }

  /** The service itself calls a task too old to be asked about. */
  markTooOld({ taskId }: WatchedTask): void {
    this.#markUnresolvable(taskId);
  }

  /** What the service has not told of for a whole wait counts as gone: the task, or its part of a domain. */
  markUnseen(task: WatchedTask): void {
    const { taskId } = task;
    if (!task.isSeen) this.#markUnresolvable(taskId);
    else for (const domain of this.#silentDomains(task)) this.#markUnresolvable(partKey(taskId, domain));
  }

  get #state(): GateState {
    return this.#options.run.state;
  }

  #taskIdsToWatch(): ReadonlySet<string> {
    return new Set(taskIdsToWatch(this.#state, this.#options));
  }

  /** Notes of which domains of ours the answer tells: of a task that shares its id, it may tell of a neighbour's alone. */
  #noteDomains(task: WatchedTask, response: KnownTaskResponse): void {
    if (this.#options.scope !== "submitted") {
      task.isSeen = true;
      return;
    }
    const { results } = this.#state;
    // Thousands of URLs share a few tasks: each list of ids is split once.
    const lists = new Set(results.map((result) => result.taskId));
    const own = new Set([...lists].filter((list) => splitTaskIds(list).includes(task.taskId)));
    const domains = new Set(results.filter(({ taskId }) => own.has(taskId)).map(({ domain }) => domain));
    for (const domain of domains) {
      const isTold = task.toldDomains.has(domain);
      if (!isTold && tellsOf(response.answer, task.taskId, new Set([domain]))) task.toldDomains.add(domain);
    }
    task.isSeen ||= task.toldDomains.size > 0;
  }

  #withResponse(response: KnownTaskResponse): GateState {
    const { scope } = this.#options;
    this.#index ??= new UrlIndex(this.#state);
    if (response.kind === "detail") return withDetail(this.#state, response.answer, scope, this.#index);
    const add = response.isEvidence ? withStatusRows : withStatusProgress;
    return add(this.#state, response.answer, scope, this.#index);
  }

  #setJudged(state: GateState): void {
    const { run, policy } = this.#options;
    run.set(withJudgedUrls(state, { policy }));
    this.#openTaskIds = this.#taskIdsToWatch();
  }

  /** Domains of URLs that the task may hold, and that no answer has told of. */
  #silentDomains({ taskId, toldDomains }: WatchedTask): string[] {
    if (this.#options.scope !== "submitted") return [];
    const facts = new TaskFacts(this.#state);
    const silent = this.#state.results.filter((result) => facts.silentTaskIds(result).includes(taskId));
    return [...new Set(silent.map(({ domain }) => domain))].filter((domain) => !toldDomains.has(domain));
  }

  #isUnresolvable(key: string): boolean {
    return this.#state.saved.unresolvableTaskIds.includes(key);
  }

  #markUnresolvable(key: string): void {
    if (!this.#isUnresolvable(key)) this.#setJudged(withUnresolvableTask(this.#state, key));
  }

  #unmarkUnresolvable(taskId: string): void {
    if (this.#isUnresolvable(taskId)) this.#options.run.set(withResolvableTask(this.#state, taskId));
  }
}
