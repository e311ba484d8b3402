import type { CallOptions, CdnClient } from "../client/cdn-client";
import { GateError } from "../core/errors";
import type { Notice } from "../core/notices";
import type { StatusResponse, TaskDetail } from "../core/task";
import { isRunning } from "../core/task-status";

/** An id of the right form that no task has. */
const NO_TASK_ID = "1";

/** What one poll of a task brought. */
export type TaskResponse =
  | { readonly kind: "detail"; readonly answer: TaskDetail }
  /** From the operation that needs no allow-list. Evidence only where the account may not ask for details. */
  | {
      readonly kind: "statusOnly";
      readonly answer: StatusResponse;
      readonly isRunning: boolean;
      readonly isEvidence: boolean;
    }
  /** The service does not know the task: not visible yet, gone, or never there. */
  | { readonly kind: "unknownTask" };

/**
 * Asks about tasks by the operations that the account may call. Refusals are remembered for as long as the
 * reader lives, so one reader serves a whole process.
 */
export class TaskReader {
  #detailRefusal: GateError | undefined;
  #packRefusal: GateError | undefined;
  #hasToldOfRefusal = false;
  #mayAskForDetail = false;

  /** The refusal of the detail operation, once there was one. */
  get detailRefusal(): GateError | undefined {
    return this.#detailRefusal;
  }

  /** Whether the detail operation has been answered or refused yet: the first question tells it for all. */
  get knowsDetailRight(): boolean {
    return this.#mayAskForDetail || this.#detailRefusal !== undefined;
  }

  /**
   * What the user is to know of weaker evidence: once for as long as the reader lives, when the account was
   * found to have no other; `undefined` before that and ever after.
   */
  takeRefusalNotice(): Notice | undefined {
    const refusal = this.#detailRefusal;
    if (!refusal || this.#hasToldOfRefusal) return undefined;
    this.#hasToldOfRefusal = true;
    return { kind: "statusOnlyEvidence", refusal };
  }

  /** The refusal of the operation that takes ten ids, once there was one. */
  get packRefusal(): GateError | undefined {
    return this.#packRefusal;
  }

  /**
   * Finds out whether the account may ask for details, before anything is submitted that only details can
   * judge: a question about a task that does not exist is refused to those who may not ask at all.
   *
   * @returns the refusal; `undefined` where the account may ask, or where that is not known.
   */
  async findRefusal(client: CdnClient, options: CallOptions): Promise<GateError | undefined> {
    if (!this.#detailRefusal) {
      await client
        .describePreloadDetailById(NO_TASK_ID, options)
        .catch((error) => this.#noteDetailRefusal(error));
    }
    return this.#detailRefusal;
  }

  /**
   * Polls one task, by details where the account may ask for them.
   *
   * @param options.known what the operation that needs no allow-list has just said of it: the answer, where
   *   the account has no other.
   * @throws GateError as the client does, and `notOnAllowList` where `needsDetail` and the account may not
   * call the detail operation.
   */
  async poll(
    client: CdnClient,
    taskId: string,
    options: CallOptions & { readonly needsDetail: boolean; readonly known?: StatusResponse },
  ): Promise<TaskResponse> {
    const { signal, priority } = options;
    if (!this.#detailRefusal) {
      try {
        const answer = await client.describePreloadDetailById(taskId, {
          signal,
          ...(priority && { priority }),
        });
        this.#mayAskForDetail = true;
        return answer.entries.length === 0 ? { kind: "unknownTask" } : { kind: "detail", answer };
      } catch (error) {
        if (isUnknownTask(error)) return { kind: "unknownTask" };
        if (!this.#noteDetailRefusal(error)) throw error;
      }
    }
    if (options.needsDetail) throw this.#detailRefusal;
    if (options.known) return this.#responseOf(options.known);
    return this.pollStatus(client, taskId, { signal });
  }

  /** Polls one task by the operation that needs no allow-list. */
  async pollStatus(client: CdnClient, taskId: string, options: CallOptions): Promise<TaskResponse> {
    try {
      return this.#responseOf(await client.describeRefreshTaskById([taskId], options));
    } catch (error) {
      if (isUnknownTask(error)) return { kind: "unknownTask" };
      throw error;
    }
  }

  /**
   * Whether the service still tells of a task: not where it is unknown, or too old to be asked about.
   *
   * @throws GateError where the service could not be asked, or refuses this way of asking: that proves nothing either way.
   */
  async stillShows(client: CdnClient, taskId: string, options: CallOptions): Promise<boolean> {
    try {
      return (await this.#pollInAnyWay(client, taskId, options)).kind !== "unknownTask";
    } catch (error) {
      if (isAboutOneTask(error)) return false;
      throw error;
    }
  }

  /** By details where the account may not ask for the status: any answer tells whether there is such a task. */
  async #pollInAnyWay(client: CdnClient, taskId: string, options: CallOptions): Promise<TaskResponse> {
    try {
      return await this.pollStatus(client, taskId, options);
    } catch (error) {
      if (!this.#notePackRefusal(error) || this.#detailRefusal) throw error;
      return this.poll(client, taskId, { ...options, needsDetail: false });
    }
  }

  /**
   * Polls up to ten tasks with one call.
   *
   * @returns what each is, those that the service does not know left out; `undefined` where each has to be
   *   asked about alone: the account may not ask this way, or one of them is unknown or too old, which must
   *   not be said of the other nine.
   */
  async pollPack(
    client: CdnClient,
    taskIds: readonly string[],
    options: CallOptions,
  ): Promise<Map<string, TaskResponse> | undefined> {
    try {
      const { requestId, rows } = await client.describeRefreshTaskById(taskIds, options);
      const byTask = Map.groupBy(rows, (row) => row.taskId);
      return new Map(
        [...byTask].map(([taskId, own]) => [taskId, this.#responseOf({ requestId, rows: own })]),
      );
    } catch (error) {
      if (isAboutOneTask(error)) {
        if (taskIds.length > 1) return undefined;
        if (isUnknownTask(error)) return new Map();
        throw error;
      }
      if (!this.#notePackRefusal(error) || this.#detailRefusal) throw error;
      return undefined;
    }
  }

  #responseOf(answer: StatusResponse): TaskResponse {
    if (answer.rows.length === 0) return { kind: "unknownTask" };
    const isEvidence = this.#detailRefusal !== undefined;
    return { kind: "statusOnly", answer, isRunning: answer.rows.some(isRunning), isEvidence };
  }

  #noteDetailRefusal(error: unknown): boolean {
    const isRefusal = error instanceof GateError && error.code === "notOnAllowList";
    if (isRefusal) this.#detailRefusal = error;
    return isRefusal;
  }

  #notePackRefusal(error: unknown): boolean {
    const isRefusal = error instanceof GateError && error.code === "permission";
    if (isRefusal) this.#packRefusal = error;
    return isRefusal;
  }
}

/** Whether a refusal speaks of one of the tasks that were asked about, and says nothing of the others. */
export function isAboutOneTask(error: unknown): error is GateError {
  return isUnknownTask(error) || (error instanceof GateError && error.code === "taskTooOld");
}

function isUnknownTask(error: unknown): boolean {
  return error instanceof GateError && error.code === "taskUnknown";
}
