import { type GateState, partKey } from "../core/gate-state";
import { isToWatch, taskIdsToWatch, urlsThatAre } from "../core/judge";
import { domainsToldOf, withDetail, withStatusProgress, withStatusRows } from "../core/merge-response";
import type { GatePolicy } from "../core/policy";
import { withResolvableTask, withUnresolvableTask } from "../core/state-changes";
import { factsOf } from "../core/task-facts";
import { mayStillChange } from "../core/task-status";
import { type ResultScope, UrlIndex } from "../core/url-index";
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
  #index: UrlIndex | undefined;

  constructor(options: WatchedStateOptions) {
    this.#options = options;
  }

  /** Ids of the tasks that may still say something, by the state as it is. */
  get openTaskIds(): readonly string[] {
    return taskIdsToWatch(this.#state, this.#options);
  }

  /** Adds what a response tells. */
  take(task: WatchedTask, response: KnownTaskResponse): void {
    this.#noteDomains(task, response);
    if (task.isSeen) this.#unmarkUnresolvable(task.taskId);
    this.#options.run.set(this.#withResponse(response));
  }

  /** Whether nothing more is to be heard: it ended, has an undocumented status, or nothing waits for it. */
  isAnswered(task: WatchedTask): boolean {
    const { taskId } = task;
    if (!this.#isOpen(taskId) || this.#isUnresolvable(taskId)) return true;
    const parts = factsOf(this.#state).partsOf(taskId);
    return task.isSeen && parts.length > 0 && !parts.some(mayStillChange) && this.isAllSeen(task);
  }

  /** Whether answers have told of all that is ours of a task. */
  isAllSeen(task: WatchedTask): boolean {
    return task.isSeen && this.#silentDomains(task).length === 0;
  }

  /** Whether the task ended without a row of one of our URLs; the row may only be late. */
  lacksOwnRow({ taskId }: WatchedTask): boolean {
    if (this.#isOpen(taskId)) return false;
    const unknown = urlsThatAre(["unknown"], this.#state, this.#options.policy);
    return unknown.some(({ taskIds }) => taskIds.includes(taskId));
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

  #isOpen(taskId: string): boolean {
    return isToWatch(taskId, this.#state, this.#options);
  }

  get #state(): GateState {
    return this.#options.run.state;
  }

  /** Notes of which domains of ours the answer tells: of a task that shares its id, it may tell of a neighbour's alone. */
  #noteDomains(task: WatchedTask, response: KnownTaskResponse): void {
    if (this.#options.scope !== "submitted") {
      task.isSeen = true;
      return;
    }
    const { taskId, toldDomains } = task;
    const own = this.#state.urls.filter(({ taskIds }) => taskIds.includes(taskId));
    const domains = new Set(own.map(({ url }) => url.host).filter((host) => !toldDomains.has(host)));
    const known = { index: this.#urlIndex(), domains };
    if (domains.size > 0)
      for (const domain of domainsToldOf(response.answer, taskId, known)) toldDomains.add(domain);
    task.isSeen ||= toldDomains.size > 0;
  }

  #withResponse(response: KnownTaskResponse): GateState {
    const { scope } = this.#options;
    const index = this.#urlIndex();
    if (response.kind === "detail") return withDetail(this.#state, response.answer, scope, index);
    const add = response.isEvidence ? withStatusRows : withStatusProgress;
    return add(this.#state, response.answer, scope, index);
  }

  /** Built for the first answer: most runs begin by polling nothing. */
  #urlIndex(): UrlIndex {
    this.#index ??= new UrlIndex(this.#state, this.#options.scope);
    return this.#index;
  }

  /** Domains of URLs that the task may hold, and that no answer has told of. */
  #silentDomains({ taskId, toldDomains }: WatchedTask): string[] {
    if (this.#options.scope !== "submitted") return [];
    const facts = factsOf(this.#state);
    const silent = this.#state.urls.filter((known) => facts.silentTaskIds(known).includes(taskId));
    return [...new Set(silent.map(({ url }) => url.host))].filter((domain) => !toldDomains.has(domain));
  }

  #isUnresolvable(key: string): boolean {
    return this.#state.saved.unresolvableTaskIds.includes(key);
  }

  #markUnresolvable(key: string): void {
    if (!this.#isUnresolvable(key)) this.#options.run.set(withUnresolvableTask(this.#state, key));
  }

  #unmarkUnresolvable(taskId: string): void {
    if (this.#isUnresolvable(taskId)) this.#options.run.set(withResolvableTask(this.#state, taskId));
  }
}
