import { type GateState, partKey, type TaskPart, type UrlFacts, type UrlState } from "./gate-state";
import { PartIndex } from "./part-index";
import { hasEnded, isRunning } from "./task-status";

/** The tasks that may hold one URL. */
export interface Holders {
  readonly taskIds: readonly string[];
  /** Those of their parts that are of the URL's domain. */
  readonly parts: readonly TaskPart[];
  /** How a URL stands that no row tells of, once that was asked: the same for each. */
  withoutRow?: UrlState;
  /** See {@link TaskFacts.silentTaskIds}; once that was asked. */
  silentTaskIds?: readonly string[];
}

type Known = Pick<GateState, "tasks"> & { readonly saved: Pick<GateState["saved"], "unresolvableTaskIds"> };

const factsByState = new WeakMap<Known, TaskFacts>();

/** What is known of the tasks of one state; made once for each. */
export function factsOf(state: GateState): TaskFacts {
  let facts = factsByState.get(state);
  if (!facts) {
    facts = new TaskFacts(state);
    factsByState.set(state, facts);
  }
  return facts;
}

/** What is known of tasks, made quick to look up. */
export class TaskFacts {
  /** The parts of those tasks that were asked about. */
  readonly #byId = new Map<string, readonly TaskPart[]>();
  /** By domain, then by task ids. */
  readonly #holders = new Map<string, Map<string, Holders>>();
  readonly #tasks: readonly TaskPart[];
  readonly #unresolvableTaskIds: readonly string[];
  #gone: ReadonlySet<string> | undefined;
  /** URLs that were submitted together stand side by side, and share one list of ids. */
  #last:
    | { readonly taskIds: readonly string[]; readonly domain: string; readonly holders: Holders }
    | undefined;

  constructor({ tasks, saved }: Known) {
    this.#tasks = tasks;
    this.#unresolvableTaskIds = saved.unresolvableTaskIds;
  }

  /** Each domain's part of a task, as far as any was told of. */
  partsOf(taskId: string): readonly TaskPart[] {
    let parts = this.#byId.get(taskId);
    if (!parts) {
      parts = this.#positionsOf(taskId).map((at) => this.#tasks[at]!);
      this.#byId.set(taskId, parts);
    }
    return parts;
  }

  partOf(taskId: string, domain: string): TaskPart | undefined {
    return this.partsOf(taskId).find((part) => part.domain === domain);
  }

  /** What is known of the tasks that may hold a URL of a domain. Thousands of URLs share one answer. */
  holdersOf(taskIds: readonly string[], domain: string): Holders {
    if (this.#last?.taskIds === taskIds && this.#last.domain === domain) return this.#last.holders;
    const holders = this.#knownHolders(taskIds, domain);
    this.#last = { taskIds, domain, holders };
    return holders;
  }

  #knownHolders(taskIds: readonly string[], domain: string): Holders {
    let byIds = this.#holders.get(domain);
    if (!byIds) {
      byIds = new Map();
      this.#holders.set(domain, byIds);
    }
    const key = taskIds.length === 1 ? taskIds[0]! : taskIds.join(",");
    let holders = byIds.get(key);
    if (!holders) {
      holders = { taskIds, parts: this.#partsOfAny(taskIds, domain) };
      byIds.set(key, holders);
    }
    return holders;
  }

  /** In the order in which they were first told of. */
  #partsOfAny(taskIds: readonly string[], domain: string): readonly TaskPart[] {
    const [taskId, ...others] = taskIds;
    if (taskId === undefined) return [];
    if (others.length === 0) return this.partsOf(taskId).filter((part) => part.domain === domain);
    const positions = [...new Set(taskIds)].flatMap((id) => this.#positionsOf(id)).sort((a, b) => a - b);
    return positions.map((at) => this.#tasks[at]!).filter((part) => part.domain === domain);
  }

  #positionsOf(taskId: string): readonly number[] {
    return PartIndex.of(this.#tasks).positionsOf(taskId);
  }

  /** Whether a task, or its part of a domain, can no longer be asked about. */
  #isGone(key: string): boolean {
    this.#gone ??= new Set(this.#unresolvableTaskIds);
    return this.#gone.has(key);
  }

  /** Whether everything was said that will be: the task ended, or has a status that is not known. */
  hasAnswered(taskId: string): boolean {
    const parts = this.partsOf(taskId);
    return parts.length > 0 && parts.every((part) => !isRunning(part));
  }

  /** Whether all of the task's parts have ended. */
  hasEnded(taskId: string): boolean {
    const parts = this.partsOf(taskId);
    return parts.length > 0 && parts.every(hasEnded);
  }

  /** Whether any of the task's parts is known by status-only evidence only. */
  isStatusOnly(taskId: string): boolean {
    return this.partsOf(taskId).some((part) => part.evidence === "statusOnly");
  }

  /**
   * The tasks of a URL that may still tell of its domain, where none of them has: what they have of it may still run, and
   * that they have ended for other domains says nothing of it. Once one has told, the others may have none of it.
   */
  silentTaskIds({ taskIds, url: { host } }: UrlFacts): readonly string[] {
    const holders = this.holdersOf(taskIds, host);
    holders.silentTaskIds ??=
      holders.parts.length > 0
        ? []
        : taskIds.filter((id) => !this.#isGone(id) && !this.#isGone(partKey(id, host)));
    return holders.silentTaskIds;
  }

  /** Whether nothing will be heard of a task that has not ended: too old by the service's own word, or unknown to it for a whole wait. */
  isUnresolvable(taskId: string): boolean {
    return this.#isGone(taskId) && !this.hasEnded(taskId);
  }

  /** Whether all that is known of a URL's tasks is detail evidence. */
  hasDetail({ taskIds, url: { host } }: UrlFacts): boolean {
    const { parts } = this.holdersOf(taskIds, host);
    return parts.length > 0 && parts.every((part) => part.evidence === "detail");
  }
}
