import type { CallOptions, CdnClient } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import { GateError } from "../core/errors";
import {
  MIN_POLL_INTERVAL_FACTOR,
  nextPollDelayMs,
  type ProgressSample,
  pollIntervalFactorFor,
  pollIntervalFactorProblem,
} from "../core/poll-plan";
import { MAX_TASK_IDS_PER_CALL } from "../core/service-limits";
import type { StatusResponse } from "../core/task";
import { onAbort, untilAllAbort } from "../transport/abort";
import { TaskReader, type TaskResponse } from "./task-reader";

/** Up to this many watched tasks each poll is a detail call of its own; more of them share calls. */
const MAX_TASKS_ALONE = 5;
/** How long a poll that is due waits for others to share its call with, in milliseconds. */
const MAX_WAIT_FOR_PACK_MS = 1_000;
/** The share of the account's calls that polling may take: the rest is for endings, submissions, and others. */
const LOOKING_SHARE = 0.7;

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
interface Waiting extends PollRequest {
  readonly askedAtMs: number;
  readonly resolve: (response: TaskResponse) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * When to poll which task, over all tasks of a process: they share one account's calls.
 *
 * Earliest due first. A few tasks are polled one by one with the operation that judges. Many share calls:
 * ten ids in one call of the operation that needs no allow-list, and one detail call for each task that has
 * ended by it, ahead of all else. A shared call takes along those that are past half of their delay. It leaves once
 * one is due and it is full, or nobody more would join it within a second of that.
 */
export class PollScheduler {
  readonly reader = new TaskReader();
  readonly #clock: Clock;
  readonly #callsPerSecond: () => number;
  readonly #minPollIntervalFactor: number;
  /** Calls per second that each watched task would take at a factor of 1. */
  readonly #demand = new Map<symbol, number>();
  #totalDemand = 0;
  /** Earliest due first. */
  #waiting: Waiting[] = [];
  /** Set while the pump sleeps: until when, and what wakes it sooner. */
  #sleep: { readonly untilMs: number; readonly wakeUp: AbortController } | undefined;
  #isPumping = false;

  /**
   * @param options.callsPerSecond what the process may spend on queries at this moment.
   * @param options.minPollIntervalFactor never watch closer than this, however few calls that takes; default
   *   {@link MIN_POLL_INTERVAL_FACTOR}.
   * @throws GateError `usage` where that factor is out of range.
   */
  constructor(options: {
    readonly clock: Clock;
    readonly callsPerSecond: () => number;
    readonly minPollIntervalFactor?: number | undefined;
  }) {
    this.#clock = options.clock;
    this.#callsPerSecond = options.callsPerSecond;
    const { minPollIntervalFactor = MIN_POLL_INTERVAL_FACTOR } = options;
    const problem = pollIntervalFactorProblem(minPollIntervalFactor);
    if (problem) throw new GateError("usage", `pollIntervalFactor ${problem}, not ${minPollIntervalFactor}.`);
    this.#minPollIntervalFactor = minPollIntervalFactor;
  }

  /** Says that a task is watched from now on; whoever does says when it no longer is. */
  follow(): FollowedTask {
    const key = Symbol("followed task");
    // Counts from the start: the first of a thousand is not watched as if it were alone.
    this.#noteDemand(key, [], 0);
    return {
      nextDelayMs: (samples, elapsedMs) => {
        this.#noteDemand(key, samples, elapsedMs);
        const availableCallsPerSecond = LOOKING_SHARE * this.#callsPerSecond();
        const pollIntervalFactor = pollIntervalFactorFor(
          this.#totalDemand,
          availableCallsPerSecond,
          this.#minPollIntervalFactor,
        );
        return nextPollDelayMs(samples, elapsedMs, { pollIntervalFactor });
      },
      end: () => {
        this.#setDemand(key, 0);
        this.#demand.delete(key);
      },
    };
  }

  /** Polls a task when it is due and its turn has come. Rejects as the calls do, or when the signal aborts. */
  poll(request: PollRequest): Promise<TaskResponse> {
    return new Promise((resolve, reject) => {
      if (request.signal.aborted) {
        reject(request.signal.reason);
        return;
      }
      const stopListening = onAbort(request.signal, () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        // Nobody waits any more: a timer left behind would keep the process alive.
        if (this.#waiting.length === 0) this.#sleep?.wakeUp.abort();
        reject(request.signal.reason);
      });
      const waiting: Waiting = {
        ...request,
        askedAtMs: this.#clock.nowMs(),
        resolve: (response) => {
          stopListening();
          resolve(response);
        },
        reject: (error) => {
          stopListening();
          reject(error);
        },
      };
      this.#enqueue(waiting);
      // One that is due later than the next decision cannot change it.
      if (this.#sleep && waiting.dueAtMs < this.#sleep.untilMs) this.#sleep.wakeUp.abort();
      void this.#pump();
    });
  }

  /** Whether the account may ask for details, asked before anything is submitted that only details can judge. */
  findRefusal(client: CdnClient, options: CallOptions): Promise<GateError | undefined> {
    return this.reader.findRefusal(client, options);
  }

  /** Whether polls share calls: where tasks are many, and where the account may ask no other way. */
  get #sharesCalls(): boolean {
    if (this.reader.detailRefusal) return true;
    return this.#demand.size > MAX_TASKS_ALONE && !this.reader.packRefusal;
  }

  /** Notes what a task would take at a factor of 1, by the delay until its next poll. */
  #noteDemand(key: symbol, samples: readonly ProgressSample[], elapsedMs: number): void {
    const costOfPoll = this.#sharesCalls ? 1 / MAX_TASK_IDS_PER_CALL : 1;
    this.#setDemand(
      key,
      (costOfPoll * 1000) / nextPollDelayMs(samples, elapsedMs, { pollIntervalFactor: 1 }),
    );
  }

  #setDemand(key: symbol, callsPerSecond: number): void {
    this.#totalDemand += callsPerSecond - (this.#demand.get(key) ?? 0);
    this.#demand.set(key, callsPerSecond);
  }

  /** Puts it before the first that is due later. */
  #enqueue(waiting: Waiting): void {
    let [low, high] = [0, this.#waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#waiting[middle]!.dueAtMs <= waiting.dueAtMs) low = middle + 1;
      else high = middle;
    }
    this.#waiting.splice(low, 0, waiting);
  }

  /** Sends what is due and sleeps until more is; one at a time, and none while nothing waits. */
  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      // What is asked for in one go is decided on together.
      await Promise.resolve();
      while (this.#waiting.length > 0) {
        const sleepMs = this.#sendDue();
        if (sleepMs === undefined) continue;
        const wakeUp = new AbortController();
        this.#sleep = { untilMs: this.#clock.nowMs() + sleepMs, wakeUp };
        await this.#clock.sleep(sleepMs, wakeUp.signal).catch(() => undefined);
        this.#sleep = undefined;
      }
    } finally {
      this.#isPumping = false;
    }
  }

  /** @returns how long nothing is due, in milliseconds; `undefined` when something was sent. */
  #sendDue(): number | undefined {
    const nowMs = this.#clock.nowMs();
    const firstLater = this.#waiting.findIndex((request) => request.dueAtMs > nowMs);
    const due = firstLater < 0 ? this.#waiting : this.#waiting.slice(0, firstLater);
    const first = due[0];
    if (!first) return this.#waiting[0]!.dueAtMs - nowMs;
    if (!this.#sharesCalls) {
      this.#take(due);
      for (const request of due) void settle([request], () => this.#pollAlone(request));
      return undefined;
    }
    const { pack, isFull } = this.#fillPack(nowMs);
    if (!isFull && !due.some((request) => request.isLast)) {
      const nextMs = this.#nextToJoinAtMs(nowMs);
      if (nextMs <= first.dueAtMs + MAX_WAIT_FOR_PACK_MS) return nextMs - nowMs;
    }
    this.#take(pack);
    // Alone in its call, a task is asked about by the operation that judges it too.
    void settle(pack, () => (pack.length === 1 ? this.#pollAlone(pack[0]!) : this.#pollTogether(pack)));
    return undefined;
  }

  /** When one more may go along; infinite when all may already. */
  #nextToJoinAtMs(nowMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const request of this.#waiting) {
      const joinsAtMs = mayJoinAtMs(request);
      if (joinsAtMs > nowMs && joinsAtMs < nextMs) nextMs = joinsAtMs;
    }
    return nextMs;
  }

  /** Those that are due, then those past half of their delay; a call takes ten different tasks. */
  #fillPack(nowMs: number): { readonly pack: Waiting[]; readonly isFull: boolean } {
    const ids = new Set<string>();
    const pack: Waiting[] = [];
    for (const request of this.#waiting) {
      if (nowMs < mayJoinAtMs(request)) continue;
      if (ids.size >= MAX_TASK_IDS_PER_CALL && !ids.has(request.taskId)) break;
      ids.add(request.taskId);
      pack.push(request);
    }
    return { pack, isFull: ids.size >= MAX_TASK_IDS_PER_CALL };
  }

  #take(requests: readonly Waiting[]): void {
    const taken = new Set(requests);
    this.#waiting = this.#waiting.filter((request) => !taken.has(request));
  }

  async #pollAlone(request: Waiting): Promise<void> {
    request.resolve(await this.reader.poll(request.client, request.taskId, request));
  }

  async #pollTogether(pack: readonly Waiting[]): Promise<void> {
    const { client } = pack[0]!;
    if (this.reader.detailRefusal) {
      for (const request of pack.filter((other) => other.needsDetail))
        request.reject(this.reader.detailRefusal);
    }
    const taskIds = [...new Set(pack.map((request) => request.taskId))];
    // What one of them no longer waits for, the others still do.
    const signals = pack.map((request) => request.signal);
    const responses = await untilAllAbort(signals, (signal) =>
      this.reader.pollPack(client, taskIds, { signal }),
    );
    if (!responses) {
      for (const request of pack) void settle([request], () => this.#pollAlone(request));
      return;
    }
    const unconfirmed: { request: Waiting; answer: StatusResponse }[] = [];
    for (const request of pack) {
      const response = responses.get(request.taskId) ?? { kind: "unknownTask" };
      const isDecided =
        this.reader.detailRefusal !== undefined || response.kind !== "statusOnly" || response.isRunning;
      if (isDecided) request.resolve(response);
      else unconfirmed.push({ request, answer: response.answer });
    }
    const confirm = ({ request, answer }: (typeof unconfirmed)[number]) =>
      settle([request], () => this.#confirm(request, answer));
    // As long as nobody knows whether the account may ask for details, one of them asks ahead of the others.
    if (unconfirmed[0] && !this.reader.knowsDetailRight) await confirm(unconfirmed.shift()!);
    for (const waiting of unconfirmed) void confirm(waiting);
  }

  /** A task that has ended by the operation that cannot judge it is asked about by the one that can. */
  async #confirm(request: Waiting, known: StatusResponse): Promise<void> {
    const options = { ...request, priority: "high", known } as const;
    request.resolve(await this.reader.poll(request.client, request.taskId, options));
  }
}

/** From half of its delay on, a request goes along with a call that leaves anyway; a last one only when it is due. */
function mayJoinAtMs({ askedAtMs, dueAtMs, isLast }: Waiting): number {
  return isLast ? dueAtMs : Math.min((askedAtMs + dueAtMs) / 2, dueAtMs);
}

/** One watched task's part of the schedule. */
export interface FollowedTask {
  /** The delay until its next poll, by its progress and by how busy the account's calls are, in milliseconds. */
  nextDelayMs(samples: readonly ProgressSample[], elapsedMs: number): number;
  /** It is no longer watched. */
  end(): void;
}

/** Hands a failure to those who wait for it. */
async function settle(requests: readonly Waiting[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    for (const request of requests) request.reject(error);
  }
}
