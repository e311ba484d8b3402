import type { CdnClient } from "../client/cdn-client";
import { MAX_TASK_IDS_PER_CALL } from "../core/service-limits";
import type { TaskResponse } from "./task-reader";

/** One task's wish to be polled. */
export interface PollRequest {
  readonly taskId: string;
  /** When, by the local clock, in milliseconds since 1970. */
  readonly dueAtMs: number;
  /** Whether only the detail operation can tell what the gate asks for. */
  readonly needsDetail: boolean;
  /** Whether there is no later poll: it goes at once, with those that are due. */
  readonly isLast: boolean;
  readonly client: CdnClient;
  readonly signal: AbortSignal;
}

/** A request that waits for its turn. */
export interface WaitingPoll extends PollRequest {
  readonly askedAtMs: number;
  readonly resolve: (response: TaskResponse) => void;
  readonly reject: (error: unknown) => void;
}

/** Polls that share one call. */
export interface PollPack {
  readonly requests: readonly WaitingPoll[];
  /** Whether no further task fits in. */
  readonly isFull: boolean;
}

/** The polls that wait for their turn, and which of them go together. */
export class PollQueue {
  /** Earliest due first. */
  #waiting: WaitingPoll[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** When the first is due; infinite where none waits. */
  get firstDueAtMs(): number {
    return this.#waiting[0]?.dueAtMs ?? Number.POSITIVE_INFINITY;
  }

  /** Puts it before the first that is due later. */
  add(request: WaitingPoll): void {
    let [low, high] = [0, this.#waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#waiting[middle]!.dueAtMs <= request.dueAtMs) low = middle + 1;
      else high = middle;
    }
    this.#waiting.splice(low, 0, request);
  }

  take(requests: readonly WaitingPoll[]): void {
    const taken = new Set(requests);
    this.#waiting = this.#waiting.filter((request) => !taken.has(request));
  }

  /** Those that are due, earliest first. */
  due(nowMs: number): readonly WaitingPoll[] {
    const firstLater = this.#waiting.findIndex((request) => request.dueAtMs > nowMs);
    return firstLater < 0 ? this.#waiting : this.#waiting.slice(0, firstLater);
  }

  /** Those that are due, then those past half of their delay; a call takes ten different tasks. */
  fillPack(nowMs: number): PollPack {
    const ids = new Set<string>();
    const requests: WaitingPoll[] = [];
    for (const request of this.#waiting) {
      if (nowMs < mayJoinAtMs(request)) continue;
      if (ids.size >= MAX_TASK_IDS_PER_CALL && !ids.has(request.taskId)) break;
      ids.add(request.taskId);
      requests.push(request);
    }
    return { requests, isFull: ids.size >= MAX_TASK_IDS_PER_CALL };
  }

  /** When one more may go along; infinite when all may already. */
  nextToJoinAtMs(nowMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const request of this.#waiting) {
      const joinsAtMs = mayJoinAtMs(request);
      if (joinsAtMs > nowMs && joinsAtMs < nextMs) nextMs = joinsAtMs;
    }
    return nextMs;
  }
}

/** From half of its delay on, a request goes along with a call that leaves anyway; a last one only when it is due. */
function mayJoinAtMs({ askedAtMs, dueAtMs, isLast }: WaitingPoll): number {
  return isLast ? dueAtMs : Math.min((askedAtMs + dueAtMs) / 2, dueAtMs);
}
