import type { CallOptions, CdnClient } from "../client/cdn-client";
import { GateError } from "../core/errors";
import type { CoarseAnswer, TaskDetail } from "../core/task";

/** An id of the right form that no task has. */
const NO_TASK_ID = "1";

/** What one look at a task brought. */
export type Look =
  | { readonly kind: "detail"; readonly answer: TaskDetail }
  | { readonly kind: "coarse"; readonly answer: CoarseAnswer }
  /** The service does not know the task: not visible yet, gone, or never there. */
  | { readonly kind: "unknownTask" };

/**
 * Asks about tasks by the best operation that the account may call. The first refusal of the detail
 * operation is remembered for as long as the reader lives, so one reader serves a whole process.
 */
export class TaskReader {
  #refusal: GateError | undefined;

  /** The refusal of the detail operation, once there was one. */
  get detailRefusal(): GateError | undefined {
    return this.#refusal;
  }

  /**
   * Finds out whether the account may ask for details, before anything is submitted that only details can
   * judge: a question about a task that does not exist is refused to those who may not ask at all.
   *
   * @returns the refusal; `undefined` where the account may ask, or where that is not known.
   */
  async findRefusal(client: CdnClient, options: CallOptions): Promise<GateError | undefined> {
    if (!this.#refusal)
      await client.describePreloadDetailById(NO_TASK_ID, options).catch((error) => this.#note(error));
    return this.#refusal;
  }

  /**
   * @throws GateError as the client does, and `notOnAllowList` where `needsDetail` and the account may not
   * call the detail operation.
   */
  async look(
    client: CdnClient,
    taskId: string,
    options: CallOptions & { readonly needsDetail: boolean },
  ): Promise<Look> {
    try {
      if (!this.#refusal) return await this.#lookAtDetail(client, taskId, options);
      if (options.needsDetail) throw this.#refusal;
      return await this.lookCoarsely(client, taskId, options);
    } catch (error) {
      if (error instanceof GateError && error.code === "taskUnknown") return { kind: "unknownTask" };
      throw error;
    }
  }

  /** Asks by the operation that needs no allow-list. */
  async lookCoarsely(client: CdnClient, taskId: string, options: CallOptions): Promise<Look> {
    const answer = await client.describeRefreshTaskById([taskId], options);
    return answer.rows.length === 0 ? { kind: "unknownTask" } : { kind: "coarse", answer };
  }

  async #lookAtDetail(
    client: CdnClient,
    taskId: string,
    options: CallOptions & { readonly needsDetail: boolean },
  ): Promise<Look> {
    try {
      const answer = await client.describePreloadDetailById(taskId, options);
      return answer.entries.length === 0 ? { kind: "unknownTask" } : { kind: "detail", answer };
    } catch (error) {
      if (!this.#note(error) || options.needsDetail) throw error;
      return this.lookCoarsely(client, taskId, options);
    }
  }

  #note(error: unknown): boolean {
    const isRefusal = error instanceof GateError && error.code === "notOnAllowList";
    if (isRefusal) this.#refusal = error;
    return isRefusal;
  }
}
