import { RateWindow } from "../../emulator/rate-window";
import type { CallOptions, CdnClient } from "../../provider/client/cdn-client";
import { GateError } from "../../provider/core/errors";
import type { StatusResponse, TaskDetail } from "../../provider/core/task";
import { type CallBudget, createCallBudget } from "../../provider/transport/call-budget";
import { CALLS_PER_SECOND, type OperationName } from "../../provider/wire/limits";
import type { VirtualClock } from "../../test/support/virtual-clock";
import type { SimulatedTask } from "../simulation/task-families";

/** From here to the service and back, in milliseconds. */
const LATENCY_MS = 40;
/** How long a caller whose call was throttled waits before the next try, in milliseconds. */
const THROTTLED_DELAY_MS = 1_000;

/** A task under an id, with the instant it was submitted at. */
export interface RunningTask {
  readonly taskId: string;
  readonly startedAtMs: number;
  readonly task: SimulatedTask;
}

/** The service with simulated tasks and its documented rates, and one account's client to it. */
export class SimulatedService implements CdnClient {
  throttled = 0;
  readonly budget: CallBudget | undefined;
  readonly #clock: VirtualClock;
  readonly #tasks = new Map<string, RunningTask>();
  readonly #rates = new RateWindow();
  #calls = 0;

  /** @param options.callsPerSecond the caller's limiter; absent: it has none. */
  constructor(options: { readonly clock: VirtualClock; readonly callsPerSecond: number | undefined }) {
    const { clock, callsPerSecond } = options;
    this.#clock = clock;
    this.budget = callsPerSecond === undefined ? undefined : createCallBudget({ clock, callsPerSecond });
  }

  add(running: RunningTask): void {
    this.#tasks.set(running.taskId, running);
  }

  async describePreloadDetailById(taskId: string, options?: CallOptions): Promise<TaskDetail> {
    await this.#call("DescribePreloadDetailById", options);
    const { status, processPercent } = this.#stateOf(taskId);
    const entry = {
      taskId,
      domain: "cdn.example.com",
      creationTime: "2026-01-15T08:00:00Z",
      createdMs: undefined,
      endTime: undefined,
      endedMs: undefined,
      retCode: status === "Complete" ? "0" : undefined,
      processPercent,
      status,
      rows: [],
    };
    return { requestId: undefined, entries: [entry] };
  }

  async describeRefreshTaskById(taskIds: readonly string[], options?: CallOptions): Promise<StatusResponse> {
    await this.#call("DescribeRefreshTaskById", options);
    const rows = taskIds.map((taskId) => ({
      taskId,
      url: `http://cdn.example.com/${taskId}`,
      objectType: "preload",
      creationTime: "2026-01-15T08:00:00Z",
      createdMs: undefined,
      description: undefined,
      ...this.#stateOf(taskId),
    }));
    return { requestId: undefined, rows };
  }

  pushObjectCache = unused;
  describeRefreshTasks = unused;
  describeRefreshQuota = unused;
  refreshObjectCaches = unused;
  serverNowMs = () => this.#clock.nowMs();
  knowsServerTime = () => true;
  callCount = () => this.#calls;

  #stateOf(taskId: string): { status: string; processPercent: number | undefined } {
    const { task, startedAtMs } = this.#tasks.get(taskId)!;
    const elapsedMs = this.#clock.nowMs() - startedAtMs;
    const isRunning = elapsedMs < task.durationMs;
    return {
      status: isRunning ? "Refreshing" : "Complete",
      processPercent: isRunning ? task.percentAt(elapsedMs) : 100,
    };
  }

  /** Ends when the answer is on its way; a throttled call is repeated where there is a limiter to learn from it. */
  async #call(operation: OperationName, options: CallOptions | undefined): Promise<void> {
    for (;;) {
      const permit = await this.budget?.acquire(operation, options);
      this.#calls += 1;
      await this.#clock.sleep(LATENCY_MS / 2, options?.signal);
      const at = { nowMs: this.#clock.nowMs(), callsPerSecond: CALLS_PER_SECOND[operation] };
      if (this.#rates.admit(operation, at)) return;
      this.throttled += 1;
      if (!permit) throw new GateError({ kind: "heldBack", pauseMs: THROTTLED_DELAY_MS }, { operation });
      this.budget?.reportThrottled(permit);
      await this.#clock.sleep(THROTTLED_DELAY_MS, options?.signal);
    }
  }
}

const unused = (): Promise<never> => Promise.reject(new Error("not part of this simulation"));
