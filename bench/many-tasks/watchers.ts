import type { ProgressSample } from "../../provider/core/poll-plan";
import { MAX_TASK_IDS_PER_CALL } from "../../provider/core/service-limits";
import { PollScheduler } from "../../provider/gate/poll-scheduler";
import type { VirtualClock } from "../../test/support/virtual-clock";
import type { RunningTask, SimulatedService } from "./simulated-service";

/** Watches one task from its start until its end is confirmed. */
export type Watcher = (running: RunningTask) => Promise<void>;
export type WatcherFactory = (service: SimulatedService, clock: VirtualClock) => Watcher;

const INTERVAL_MS = 10_000;
/** The longest that a poll waits for others to share its call with, in milliseconds; the same for every policy. */
const MAX_WAIT_FOR_PACK_MS = 1_000;

/**
 * What the product does: its scheduler, unchanged, and the loop of `provider/gate/watch.ts`.
 *
 * @param minPollIntervalFactor the scheduler's own; its default watches a lone task as closely as is of any use.
 */
export function scheduled(minPollIntervalFactor?: number): WatcherFactory {
  return (service, clock) => watchScheduled(service, clock, minPollIntervalFactor);
}

function watchScheduled(
  service: SimulatedService,
  clock: VirtualClock,
  minPollIntervalFactor: number | undefined,
): Watcher {
  const callsPerSecond = () => service.budget!.currentCallsPerSecond("DescribeRefreshTaskById");
  const scheduler = new PollScheduler({ clock, callsPerSecond, minPollIntervalFactor });
  const { signal } = new AbortController();
  return async ({ taskId, startedAtMs }) => {
    const schedule = scheduler.follow();
    const samples: ProgressSample[] = [];
    // As the gate: all tasks of a submission are known before the first delay is asked for.
    await Promise.resolve();
    let delayMs = schedule.nextDelayMs([], 0);
    for (;;) {
      const dueAtMs = clock.nowMs() + delayMs;
      const response = await scheduler.poll({
        taskId,
        dueAtMs,
        needsDetail: true,
        isLast: false,
        client: service,
        signal,
      });
      if (response.kind === "unknownTask") throw new Error(`task ${taskId} is unknown`);
      const parts = response.kind === "detail" ? response.answer.entries : response.answer.rows;
      const part = parts.find((other) => other.taskId === taskId);
      if (response.kind === "detail" && part?.status === "Complete") break;
      const elapsedMs = clock.nowMs() - startedAtMs;
      const remainingShare = 1 - (part?.processPercent ?? 0) / 100;
      if (remainingShare < (samples.at(-1)?.remainingShare ?? 1))
        samples.push({ atMs: elapsedMs, remainingShare });
      delayMs = schedule.nextDelayMs(samples, elapsedMs);
    }
    schedule.end();
  };
}

/** What a script does: each task by a detail call of its own, every ten seconds. */
export function naive(service: SimulatedService, clock: VirtualClock): Watcher {
  return async ({ taskId }) => {
    for (;;) {
      await clock.sleep(INTERVAL_MS);
      // Throttled without a limiter: the script asks again at its next turn.
      const answer = await service.describePreloadDetailById(taskId).catch(() => undefined);
      if (answer?.entries[0]?.status === "Complete") return;
    }
  };
}

/** What a better script does: every ten seconds, ten tasks a call, and one detail call for each that ended. */
export function packed(service: SimulatedService, clock: VirtualClock): Watcher {
  let waiting: { readonly taskId: string; readonly resolve: (hasEnded: boolean) => void }[] = [];
  const send = async () => {
    const pack = waiting.splice(0, MAX_TASK_IDS_PER_CALL);
    if (pack.length === 0) return;
    const { rows } = await service.describeRefreshTaskById(pack.map(({ taskId }) => taskId));
    pack.forEach(({ resolve }, index) => {
      resolve(rows[index]!.status === "Complete");
    });
  };
  const ask = (taskId: string): Promise<boolean> =>
    new Promise((resolve) => {
      const asked = { taskId, resolve };
      waiting = [...waiting, asked];
      if (waiting.length >= MAX_TASK_IDS_PER_CALL) void send();
      else void clock.sleep(MAX_WAIT_FOR_PACK_MS).then(() => (waiting.includes(asked) ? send() : undefined));
    });
  return async ({ taskId }) => {
    do await clock.sleep(INTERVAL_MS);
    while (!(await ask(taskId)));
    await service.describePreloadDetailById(taskId, { priority: "high" });
  };
}
