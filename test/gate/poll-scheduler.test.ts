import type { CallOptions, CdnClient } from "../../provider/client/cdn-client";
import type { ErrorCode, GateError } from "../../provider/core/errors";
import { MIN_POLL_INTERVAL_FACTOR, nextPollDelayMs } from "../../provider/core/poll-plan";
import { PollScheduler } from "../../provider/gate/poll-scheduler";
import type { TaskResponse } from "../../provider/gate/task-reader";
import { createCallBudget } from "../../provider/transport/call-budget";
import { CALLS_PER_SECOND, type OperationName } from "../../provider/wire/limits";
import { VirtualClock } from "../support/virtual-clock";
import { failed, throwsInWords, wordingFor } from "../support/words";

const LATENCY_MS = 40;

const notPartOfThis = (): Promise<never> => Promise.reject(new Error("the scheduler only polls"));

interface Call {
  readonly atMs: number;
  readonly operation: OperationName;
  readonly taskIds: readonly string[];
  readonly priority: string | undefined;
}

/** What one call meets instead of an answer. */
interface Trouble {
  readonly error?: ErrorCode;
  readonly hangsForMs?: number;
}

/** A service whose tasks end when they are told to, behind the product's own budget. It notes every call. */
class SchedulerStage {
  readonly clock = new VirtualClock();
  readonly calls: Call[] = [];
  readonly scheduler: PollScheduler;
  /** By task: when it ends, after the start of the test; absent: never. */
  readonly endsAtMs = new Map<string, number>();
  /** By task: what the calls that ask about it meet. */
  readonly troubles = new Map<string, Trouble>();
  packError: ErrorCode | undefined;
  isOnAllowList = true;
  readonly startMs = this.clock.nowMs();
  readonly #budget;
  readonly #controller = new AbortController();

  constructor(options: { callsPerSecond?: number; minPollIntervalFactor?: number } = {}) {
    const { callsPerSecond, minPollIntervalFactor } = options;
    const { clock } = this;
    this.#budget = createCallBudget({ clock, callsPerSecond });
    this.scheduler = new PollScheduler({
      clock,
      callsPerSecond: () => this.#budget.currentCallsPerSecond("DescribeRefreshTaskById"),
      minPollIntervalFactor,
    });
  }

  /** Asks for a poll that is due so long from now. */
  poll(
    taskId: string,
    afterMs: number,
    changes: { signal?: AbortSignal; isLast?: boolean; needsDetail?: boolean } = {},
  ): Promise<TaskResponse> {
    return this.scheduler.poll({
      taskId,
      dueAtMs: this.clock.nowMs() + afterMs,
      needsDetail: false,
      isLast: false,
      client: this.client,
      signal: this.#controller.signal,
      ...changes,
    });
  }

  /** As many tasks are watched as it takes for polls to share calls. */
  followMany(): void {
    for (let count = 0; count < 6; count += 1) this.scheduler.follow();
  }

  idsOfCalls(operation: OperationName): (readonly string[])[] {
    return this.calls.filter((call) => call.operation === operation).map((call) => call.taskIds);
  }

  readonly client: CdnClient = {
    pushObjectCache: notPartOfThis,
    refreshObjectCaches: notPartOfThis,
    describeRefreshTasks: notPartOfThis,
    describeRefreshQuota: notPartOfThis,
    serverNowMs: () => this.clock.nowMs(),
    knowsServerTime: () => true,
    callCount: () => this.calls.length,
    describePreloadDetailById: async (taskId: string, options: CallOptions = {}) => {
      await this.#call("DescribePreloadDetailById", [taskId], options);
      if (!this.isOnAllowList) throw failed("notOnAllowList", "not for you");
      const entry = { taskId, domain: "cdn.example.com", creationTime: "", createdMs: undefined };
      const { status, processPercent } = this.#stateOf(taskId);
      return {
        requestId: "R",
        entries: [
          {
            ...entry,
            endTime: undefined,
            endedMs: undefined,
            retCode: "0",
            status,
            processPercent,
            rows: [],
          },
        ],
      };
    },
    describeRefreshTaskById: async (taskIds: readonly string[], options: CallOptions = {}) => {
      await this.#call("DescribeRefreshTaskById", taskIds, options);
      if (this.packError) throw failed(this.packError, "refused");
      const common = {
        url: "",
        objectType: "preload",
        creationTime: "",
        createdMs: undefined,
        description: undefined,
      };
      return {
        requestId: "R",
        rows: taskIds.map((taskId) => ({ taskId, ...common, ...this.#stateOf(taskId) })),
      };
    },
  };

  #stateOf(taskId: string): { status: string; processPercent: number } {
    const endsAtMs = this.endsAtMs.get(taskId) ?? Number.POSITIVE_INFINITY;
    const elapsedMs = this.clock.nowMs() - this.startMs;
    if (elapsedMs >= endsAtMs) return { status: "Complete", processPercent: 100 };
    return { status: "Refreshing", processPercent: (100 * elapsedMs) / Math.min(endsAtMs, 1e9) };
  }

  async #call(
    operation: OperationName,
    taskIds: readonly string[],
    { priority, signal }: CallOptions,
  ): Promise<void> {
    await this.#budget.acquire(operation, { priority, signal });
    this.calls.push({ atMs: this.clock.nowMs() - this.startMs, operation, taskIds, priority });
    const trouble = taskIds.map((taskId) => this.troubles.get(taskId)).find((found) => found !== undefined);
    await this.clock.sleep(trouble?.hangsForMs ?? LATENCY_MS, signal);
    if (trouble?.error) throw failed(trouble.error, "in trouble");
  }
}

const idsFrom = (count: number, prefix = "t"): string[] =>
  Array.from({ length: count }, (_item, index) => `${prefix}${index}`);

test("a lone task is asked about alone, by details, when it is due and not before", async () => {
  const stage = new SchedulerStage();
  stage.scheduler.follow();
  const response = await stage.clock.run(stage.poll("t", 7_000));
  expect(response.kind).toBe("detail");
  expect(stage.calls).toEqual([
    { atMs: 7_000, operation: "DescribePreloadDetailById", taskIds: ["t"], priority: undefined },
  ]);
});

test("what is due earlier is polled earlier, whichever asked first", async () => {
  const stage = new SchedulerStage();
  const polls = [
    stage.poll("late", 9_000),
    stage.poll("early", 1_000),
    stage.poll("middle", 5_000),
    stage.poll("now", 0),
  ];
  await stage.clock.run(Promise.all(polls));
  expect(stage.calls.map((call) => [call.taskIds[0], call.atMs])).toEqual([
    ["now", 0],
    ["early", 1_000],
    ["middle", 5_000],
    ["late", 9_000],
  ]);
});

test("one that is asked for later and due sooner does not wait for the others", async () => {
  const stage = new SchedulerStage();
  const first = stage.poll("slow", 60_000);
  const second = stage.clock.sleep(2_000).then(() => stage.poll("quick", 1_000));
  await stage.clock.run(Promise.all([first, second]));
  expect(stage.calls.map((call) => call.atMs)).toEqual([3_000, 60_000]);
});

test("ten that are due leave at once with one call", async () => {
  const stage = new SchedulerStage();
  stage.followMany();
  await stage.clock.run(Promise.all(idsFrom(10).map((taskId) => stage.poll(taskId, 3_000))));
  expect(stage.calls).toHaveLength(1);
  expect(stage.calls[0]).toMatchObject({ atMs: 3_000, operation: "DescribeRefreshTaskById" });
});

test("no call has more than ten tasks", async () => {
  const stage = new SchedulerStage();
  stage.followMany();
  await stage.clock.run(Promise.all(idsFrom(23).map((taskId) => stage.poll(taskId, 0))));
  expect(stage.idsOfCalls("DescribeRefreshTaskById").map((ids) => ids.length)).toEqual([10, 10, 3]);
});

test("fewer than ten wait up to a second for those that pass half of their delay, and no longer", async () => {
  const stage = new SchedulerStage();
  stage.followMany();
  const polls = [
    stage.poll("oldest", 4_000),
    stage.poll("past half", 9_000),
    stage.poll("before half", 20_000),
  ];
  await stage.clock.run(Promise.all(polls));
  expect(stage.calls.map((call) => [call.atMs, call.taskIds])).toEqual([
    [4_500, ["oldest", "past half"]],
    [20_000, ["before half"]],
  ]);
});

test("the tenth that joins sends the others off before their second is over", async () => {
  const stage = new SchedulerStage();
  stage.followMany();
  const polls = idsFrom(12).map((taskId, index) => stage.poll(taskId, 1_000 + 150 * index));
  const late = stage.poll("late", 4_000);
  await stage.clock.run(Promise.all([...polls, late]));
  // At 1,000 those due up to 2,000 may join: seven of them. The tenth is past half of its delay at 1,175.
  expect(stage.calls.map((call) => [call.atMs, call.taskIds.length])).toEqual([
    [1_175, 10],
    [2_500, 3],
  ]);
});

test("one that goes alone is asked about by the operation that judges it, and needs no confirmation", async () => {
  const stage = new SchedulerStage();
  stage.followMany();
  stage.endsAtMs.set("alone", 0);
  expect((await stage.clock.run(stage.poll("alone", 1_000))).kind).toBe("detail");
  expect(stage.calls.map((call) => [call.atMs, call.operation])).toEqual([
    [1_000, "DescribePreloadDetailById"],
  ]);
});

test("a last poll does not wait for others", async () => {
  const stage = new SchedulerStage();
  stage.followMany();
  await stage.clock.run(stage.poll("t", 2_000, { isLast: true }));
  expect(stage.calls.map((call) => call.atMs)).toEqual([2_000]);
});

test("a last poll goes along with no call before it is due: until then its task may still end", async () => {
  const stage = new SchedulerStage();
  stage.followMany();
  await stage.clock.run(
    Promise.all([stage.poll("another", 3_000), stage.poll("last", 5_000, { isLast: true })]),
  );
  expect(stage.calls.map((call) => [call.atMs, call.taskIds])).toEqual([
    [3_000, ["another"]],
    [5_000, ["last"]],
  ]);
});

test("a task that has ended by a shared call is confirmed by details, ahead of all that waits", async () => {
  const stage = new SchedulerStage({ callsPerSecond: 1 });
  stage.followMany();
  stage.endsAtMs.set("t3", 0);
  const others = idsFrom(4, "waits").map((taskId) => stage.client.describePreloadDetailById(taskId));
  const polls = await stage.clock.run(Promise.all(idsFrom(10).map((taskId) => stage.poll(taskId, 0))));
  expect(polls.map((response) => response.kind)).toEqual(
    idsFrom(10).map((taskId) => (taskId === "t3" ? "detail" : "statusOnly")),
  );
  await stage.clock.run(Promise.all(others));
  const details = stage.calls.filter((call) => call.operation === "DescribePreloadDetailById");
  // The first had left before anyone knew.
  expect(details.map((call) => call.taskIds[0])).toEqual(["waits0", "t3", "waits1", "waits2", "waits3"]);
  expect(details[1]?.priority).toBe("high");
});

test("a request that aborts leaves, and a pack goes without it", async () => {
  const stage = new SchedulerStage();
  stage.followMany();
  const leaving = new AbortController();
  const gone = stage.poll("gone", 1_000, { signal: leaving.signal }).catch((error: unknown) => error);
  const stay = Promise.all([stage.poll("stays", 1_000), stage.poll("stays too", 1_000)]);
  stage.clock.after(500, () => leaving.abort(new Error("no longer wanted")));
  await stage.clock.run(stay);
  expect(await gone).toEqual(new Error("no longer wanted"));
  expect(stage.idsOfCalls("DescribeRefreshTaskById")).toEqual([["stays", "stays too"]]);
});

test("one of a pack that aborts does not end the call for the others; the last one does", async () => {
  const stage = new SchedulerStage();
  stage.followMany();
  stage.troubles.set("a", { hangsForMs: 10_000 });
  const [first, second] = [new AbortController(), new AbortController()];
  const polls = [
    stage.poll("a", 0, { signal: first.signal, isLast: true }),
    stage.poll("b", 0, { signal: second.signal, isLast: true }),
  ];
  stage.clock.after(1_000, () => first.abort(new Error("first")));
  stage.clock.after(2_000, () => second.abort(new Error("second")));
  const ended = await stage.clock.run(Promise.allSettled(polls));
  expect(ended.map((end) => end.status === "rejected" && String(end.reason))).toEqual([
    "Error: first",
    "Error: second",
  ]);
  expect(stage.clock.nowMs() - stage.startMs).toBe(2_000);
});

test("an interruption of all that waits leaves no sleep behind", async () => {
  const stage = new SchedulerStage();
  const controller = new AbortController();
  const response = stage.poll("t", 600_000, { signal: controller.signal }).catch(() => "interrupted");
  stage.clock.after(1_000, () => controller.abort(new Error("interrupted")));
  expect(await stage.clock.run(response)).toBe("interrupted");
  // A sleeper that was left would let the clock go on.
  await expect(stage.clock.run(new Promise(() => {}))).rejects.toThrow("nothing sleeps");
});

test("where shared calls are refused, each task is asked about by details", async () => {
  const stage = new SchedulerStage();
  stage.followMany();
  stage.packError = "permission";
  const first = await stage.clock.run(Promise.all(idsFrom(10).map((taskId) => stage.poll(taskId, 0))));
  expect(first.every((response) => response.kind === "detail")).toBe(true);
  await stage.clock.run(Promise.all(idsFrom(10).map((taskId) => stage.poll(taskId, 0))));
  expect(stage.idsOfCalls("DescribeRefreshTaskById")).toHaveLength(1);
  expect(stage.idsOfCalls("DescribePreloadDetailById")).toHaveLength(20);
});

test("where details are refused, even two tasks share a call, and its answer is evidence", async () => {
  const stage = new SchedulerStage();
  stage.isOnAllowList = false;
  stage.endsAtMs.set("a", 0);
  await stage.clock.run(stage.poll("a", 0));
  const polls = await stage.clock.run(Promise.all([stage.poll("a", 0), stage.poll("b", 0)]));
  expect(polls).toMatchObject([
    { kind: "statusOnly", isEvidence: true, isRunning: false },
    { kind: "statusOnly", isEvidence: true, isRunning: true },
  ]);
  expect(stage.idsOfCalls("DescribeRefreshTaskById")).toEqual([["a"], ["a", "b"]]);
  expect(stage.idsOfCalls("DescribePreloadDetailById")).toHaveLength(1);
});

test("a poll that needs details is refused with the service's own refusal", async () => {
  const stage = new SchedulerStage();
  stage.isOnAllowList = false;
  const response = stage.poll("a", 0, { needsDetail: true }).catch((error: GateError) => error.code);
  expect(await stage.clock.run(response)).toBe("notOnAllowList");
});

test.each<[string, Trouble]>([
  ["slow", { hangsForMs: 12_000 }],
  ["failed", { error: "transient" }],
])("a %s call does not hold up the others", async (_name, trouble) => {
  const stage = new SchedulerStage();
  stage.followMany();
  stage.troubles.set("bad0", trouble);
  const bad = idsFrom(10, "bad").map((taskId) => stage.poll(taskId, 0).catch(() => undefined));
  const good = idsFrom(10, "good").map((taskId) => stage.poll(taskId, 10));
  const polls = await stage.clock.run(Promise.all(good));
  expect(polls.every((response) => response.kind === "statusOnly")).toBe(true);
  expect(stage.clock.nowMs() - stage.startMs).toBeLessThan(1_000);
  await stage.clock.run(Promise.all(bad));
});

test("the factor follows the load, and a lone task is watched closely", () => {
  const stage = new SchedulerStage();
  const delayAmong = (others: number): number => {
    const { scheduler } = new SchedulerStage();
    for (let count = 0; count < others; count += 1) scheduler.follow().nextDelayMs([], 5_000);
    return scheduler.follow().nextDelayMs([], 60_000);
  };
  const alone = stage.scheduler.follow().nextDelayMs([], 60_000);
  expect(alone).toBe(nextPollDelayMs([], 60_000, { pollIntervalFactor: MIN_POLL_INTERVAL_FACTOR }));
  const delays = [0, 100, 1_000, 3_000, 10_000].map(delayAmong);
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(delays.at(-1)).toBeGreaterThan(3 * alone);
});

test("a lone task is first asked about at 2.2 s, each of a thousand at 4.4 s", () => {
  const alone = new SchedulerStage().scheduler.follow();
  expect(alone.nextDelayMs([], 0)).toBe(2_200);
  const { scheduler } = new SchedulerStage();
  const thousand = Array.from({ length: 1_000 }, () => scheduler.follow());
  expect(new Set(thousand.map((task) => task.nextDelayMs([], 0)))).toEqual(new Set([4_400]));
});

test("a factor of 1 or more keeps even a lone task's first poll at 4.4 s", () => {
  const { scheduler } = new SchedulerStage({ minPollIntervalFactor: 4 });
  expect(scheduler.follow().nextDelayMs([], 0)).toBe(4_400);
});

test.each([0, 0.4, 12.5, Number.NaN])("a least factor of %d is a usage error", (minPollIntervalFactor) => {
  expect(throwsInWords(() => new SchedulerStage({ minPollIntervalFactor }), wordingFor("code"))).toThrow(
    `pollIntervalFactor must be a number from 0.5 to 12, not ${minPollIntervalFactor}.`,
  );
});

test("a least factor holds even for a lone task", () => {
  const { scheduler } = new SchedulerStage({ minPollIntervalFactor: 4 });
  expect(scheduler.follow().nextDelayMs([], 60_000)).toBe(
    nextPollDelayMs([], 60_000, { pollIntervalFactor: 4 }),
  );
});

test("tasks that are no longer watched weigh nothing", () => {
  const { scheduler } = new SchedulerStage();
  const many = Array.from({ length: 3_000 }, () => scheduler.follow());
  for (const task of many) task.nextDelayMs([], 5_000);
  for (const task of many) task.end();
  expect(scheduler.follow().nextDelayMs([], 60_000)).toBe(
    nextPollDelayMs([], 60_000, { pollIntervalFactor: MIN_POLL_INTERVAL_FACTOR }),
  );
});

test.each([20, 30])(
  "three hundred tasks at %i calls a second: no second sees more calls than the service takes",
  async (callsPerSecond) => {
    const stage = new SchedulerStage({ callsPerSecond });
    const ids = idsFrom(300);
    for (const [index, taskId] of ids.entries()) stage.endsAtMs.set(taskId, 4_000 + 300 * index);
    const watch = async (taskId: string): Promise<void> => {
      const schedule = stage.scheduler.follow();
      let delayMs = 4_400;
      for (;;) {
        const response = await stage.poll(taskId, delayMs);
        if (response.kind === "detail" && response.answer.entries[0]?.status === "Complete") break;
        delayMs = schedule.nextDelayMs([], stage.clock.nowMs() - stage.startMs);
      }
      schedule.end();
    };
    await stage.clock.run(Promise.all(ids.map(watch)));
    for (const operation of ["DescribePreloadDetailById", "DescribeRefreshTaskById"] as const) {
      const times = stage.calls.filter((call) => call.operation === operation).map((call) => call.atMs);
      const most = Math.max(
        ...times.map((atMs) => times.filter((other) => other > atMs - 1_000 && other <= atMs).length),
      );
      expect(most).toBeLessThanOrEqual(Math.min(callsPerSecond, CALLS_PER_SECOND[operation]));
    }
    expect(stage.idsOfCalls("DescribePreloadDetailById").length).toBeGreaterThanOrEqual(300);
  },
);
