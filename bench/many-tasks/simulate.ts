import { VirtualClock } from "../../test/support/virtual-clock";
import { mean, median, quantile } from "../simulation/statistics";
import type { SimulatedTask } from "../simulation/task-families";
import { SimulatedService } from "./simulated-service";
import type { WatcherFactory } from "./watchers";

export interface ManyTasksResult {
  readonly calls: number;
  /** From a task's true end to the answer that confirms it, in milliseconds. */
  readonly meanLagMs: number;
  readonly medianLagMs: number;
  readonly p95LagMs: number;
  /** Calls that the service refused as too many. */
  readonly throttled: number;
}

export interface ManyTasksOptions {
  readonly tasks: readonly SimulatedTask[];
  /** Over how long their submissions spread, evenly, in milliseconds. */
  readonly arriveOverMs: number;
  /** Of the caller's limiter; absent: it has none. */
  readonly callsPerSecond?: number;
  readonly watcher: WatcherFactory;
}

/** Lets one account watch many tasks at once. */
export async function simulateManyTasks(options: ManyTasksOptions): Promise<ManyTasksResult> {
  const { tasks, arriveOverMs, callsPerSecond, watcher } = options;
  const clock = new VirtualClock({ maxTimers: Number.POSITIVE_INFINITY });
  const service = new SimulatedService({ clock, callsPerSecond });
  const watch = watcher(service, clock);
  const watchFrom = async (task: SimulatedTask, index: number): Promise<number> => {
    if (arriveOverMs > 0) await clock.sleep((arriveOverMs * index) / tasks.length);
    const startedAtMs = clock.nowMs();
    const running = { taskId: String(1_000_000 + index), startedAtMs, task };
    service.add(running);
    await watch(running);
    return clock.nowMs() - startedAtMs - task.durationMs;
  };
  const lagsMs = await clock.run(Promise.all(tasks.map(watchFrom)));
  return {
    calls: service.callCount(),
    meanLagMs: mean(lagsMs),
    medianLagMs: median(lagsMs),
    p95LagMs: quantile(lagsMs, 0.95),
    throttled: service.throttled,
  };
}
