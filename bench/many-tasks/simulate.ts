import { VirtualClock } from "../../test/support/virtual-clock";
import { mean, median, quantile } from "../simulation/statistics";
import type { SimulatedTask } from "../simulation/task-families";
import { SimulatedService } from "./simulated-service";
import type { WatcherFactory } from "./watchers";

export interface ManyTasksResult {
  readonly calls: number;
  /** Time between a task's true end and the response that confirms it, in milliseconds. */
  readonly meanLagMs: number;
  readonly medianLagMs: number;
  readonly p95LagMs: number;
  /** Calls that the service throttled. */
  readonly throttled: number;
}

export interface ManyTasksOptions {
  readonly tasks: readonly SimulatedTask[];
  /** The time over which the submissions are spread evenly, in milliseconds. */
  readonly arriveOverMs: number;
  /** The rate of the caller's limiter. Absent if it has none. */
  readonly callsPerSecond?: number;
  readonly watcher: WatcherFactory;
}

/** Watches many tasks with one account. */
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
