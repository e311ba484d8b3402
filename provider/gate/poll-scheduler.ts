import type { CallOptions, CdnClient } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import type { GateError } from "../core/errors";
import type { StatusResponse } from "../core/task";
import { onAbort, untilAllAbort } from "../transport/abort";
import { type FollowedTask, PollLoad, type PollLoadOptions } from "./poll-load";
import { PollQueue, type PollRequest, type WaitingPoll } from "./poll-queue";
import { TaskReader, type TaskResponse } from "./task-reader";

/** Up to this many watched tasks each poll is a detail call of its own; more of them share calls. */
const MAX_TASKS_ALONE = 5;
/** How long a poll that is due waits for others to share its call with, in milliseconds. */
const MAX_WAIT_FOR_PACK_MS = 1_000;

/**
 * When to poll which task, over all tasks of a process: they share one account's calls.
 *
 * Earliest due first. A few tasks are polled one by one with the operation that judges. Many share calls:
 * ten ids in one call of the operation that needs no allow-list, and one detail call for each task that has
 * ended by it, ahead of all else. A shared call takes along those that are past half of their delay. It leaves once
 * one is due and it is full, or no other would join it within a second of that.
 */
export class PollScheduler {
  readonly reader = new TaskReader();
  readonly #clock: Clock;
  readonly #load: PollLoad;
  readonly #queue = new PollQueue();
  /** Set while the pump sleeps: until when, and what wakes it sooner. */
  #sleep: { readonly untilMs: number; readonly wakeUp: AbortController } | undefined;
  #isPumping = false;

  /** @throws GateError `usage` where the factor is out of range. */
  constructor({ clock, ...load }: PollLoadOptions & { readonly clock: Clock }) {
    this.#clock = clock;
    this.#load = new PollLoad({ ...load, sharesCalls: () => this.#sharesCalls });
  }

  /** Says that a task is watched from now on; who does so also says when it no longer is. */
  follow(): FollowedTask {
    return this.#load.follow();
  }

  /** Polls a task when it is due and its turn has come. Rejects as the calls do, or when the signal aborts. */
  poll(request: PollRequest): Promise<TaskResponse> {
    return new Promise((resolve, reject) => {
      const { signal } = request;
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const stopListening = onAbort(signal, () => this.#withdraw(waiting));
      const waiting: WaitingPoll = {
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
      this.#queue.add(waiting);
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
    return this.#load.watchedCount > MAX_TASKS_ALONE && !this.reader.packRefusal;
  }

  #withdraw(waiting: WaitingPoll): void {
    this.#queue.take([waiting]);
    // Nothing waits any more: a timer left behind would keep the process alive.
    if (this.#queue.isEmpty) this.#sleep?.wakeUp.abort();
    waiting.reject(waiting.signal.reason);
  }

  /** Sends what is due and sleeps until more is; one at a time, and none while nothing waits. */
  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      // What is asked for in one go is decided on together.
      await Promise.resolve();
      while (!this.#queue.isEmpty) {
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
    const due = this.#queue.due(nowMs);
    const first = due[0];
    if (!first) return this.#queue.firstDueAtMs - nowMs;
    if (!this.#sharesCalls) {
      this.#queue.take(due);
      for (const request of due) void settle([request], () => this.#pollAlone(request));
      return undefined;
    }
    const { requests, isFull } = this.#queue.fillPack(nowMs);
    if (!isFull && !due.some((request) => request.isLast)) {
      const nextMs = this.#queue.nextToJoinAtMs(nowMs);
      if (nextMs <= first.dueAtMs + MAX_WAIT_FOR_PACK_MS) return nextMs - nowMs;
    }
    this.#queue.take(requests);
    // Alone in its call, a task is asked about by the operation that judges it too.
    const isAlone = requests.length === 1;
    void settle(requests, () => (isAlone ? this.#pollAlone(requests[0]!) : this.#pollTogether(requests)));
    return undefined;
  }

  async #pollAlone(request: WaitingPoll): Promise<void> {
    request.resolve(await this.reader.poll(request.client, request.taskId, request));
  }

  async #pollTogether(pack: readonly WaitingPoll[]): Promise<void> {
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
    const unconfirmed: { request: WaitingPoll; answer: StatusResponse }[] = [];
    for (const request of pack) {
      const response = responses.get(request.taskId) ?? { kind: "unknownTask" };
      const isDecided =
        this.reader.detailRefusal !== undefined || response.kind !== "statusOnly" || response.isRunning;
      if (isDecided) request.resolve(response);
      else unconfirmed.push({ request, answer: response.answer });
    }
    const confirm = ({ request, answer }: (typeof unconfirmed)[number]) =>
      settle([request], () => this.#confirm(request, answer));
    // As long as it is not known whether the account may ask for details, one of them asks ahead of the others.
    if (unconfirmed[0] && !this.reader.knowsDetailRight) await confirm(unconfirmed.shift()!);
    for (const one of unconfirmed) void confirm(one);
  }

  /** A task that has ended by the operation that cannot judge it is asked about by the one that can. */
  async #confirm(request: WaitingPoll, known: StatusResponse): Promise<void> {
    const options = { ...request, priority: "high", known } as const;
    request.resolve(await this.reader.poll(request.client, request.taskId, options));
  }
}

/** Hands a failure to those who wait for it. */
async function settle(requests: readonly WaitingPoll[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    for (const request of requests) request.reject(error);
  }
}
