import { nextPollDelayMs } from "../../provider/core/poll-plan";
import type { PartReport, Table, Target } from "../report";
import { mean, median, quantile } from "../simulation/statistics";
import {
  FAMILY_NAMES,
  type FamilyName,
  mixedTasks,
  type SimulatedTask,
  tasksOf,
} from "../simulation/task-families";
import { azurePoller, smithyWaiter, watchByPeer } from "./peer-waiters";
import { type DelayPolicy, type Watched, watchOne } from "./watch-one";

/** None of the seeds that the plan was tuned with. */
const SEED = 20_260;

type Watcher = (tasks: readonly SimulatedTask[]) => Watched[] | Promise<Watched[]>;

const byPolicy =
  (policy: DelayPolicy): Watcher =>
  (tasks) =>
    tasks.map((task) => watchOne(task, policy));
const every = (seconds: number): Watcher => byPolicy(() => seconds * 1_000);
const ours = (pollIntervalFactor: number): Watcher =>
  byPolicy((samples, elapsedMs) => nextPollDelayMs(samples, elapsedMs, { pollIntervalFactor }));

/** From 2 s by a half more each time to 30 s, by the time that has passed. */
const backoff = byPolicy((_looks, elapsedMs) => {
  let [delayMs, atMs] = [2_000, 0];
  while (atMs < elapsedMs) {
    atMs += delayMs;
    delayMs = Math.min(30_000, delayMs * 1.5);
  }
  return delayMs;
});

const FIXED = "every 10 s";
const OURS = "ours, factor 1";
const OURS_ALONE = "ours, factor 0.5";
const WATCHERS: Readonly<Record<string, Watcher>> = {
  "every 5 s": every(5),
  [FIXED]: every(10),
  "every 30 s": every(30),
  "backoff x1.5, 2 s to 30 s": backoff,
  "Smithy waiter (its code)": (tasks) => watchByPeer(tasks, smithyWaiter),
  "Azure core-lro (its code)": (tasks) => watchByPeer(tasks, azurePoller),
  [OURS_ALONE]: ours(0.5),
  [OURS]: ours(1),
  "ours, factor 2.5": ours(2.5),
};

interface Sum {
  readonly calls: number;
  readonly meanS: number;
  readonly medianS: number;
  readonly p95S: number;
  /** The mean of the lag as a share of the task's duration, in percent. */
  readonly ofDurationPercent: number;
}

/** When to poll next: calls and lag of the plan, of fixed delays, and of two peers' own waiters. */
export async function benchPolling({ isQuick }: { readonly isQuick: boolean }): Promise<PartReport> {
  const mix = mixedTasks(isQuick ? 800 : 10_000, SEED);
  const pooled = new Map<string, Sum>();
  for (const [name, watch] of Object.entries(WATCHERS)) pooled.set(name, sumOf(mix, await watch(mix)));

  const families = FAMILY_NAMES.map((family) => {
    const tasks = tasksOf(family, isQuick ? 200 : 2_000, SEED);
    const sums = [FIXED, OURS].map((name) => sumOf(tasks, WATCHERS[name]!(tasks) as Watched[]));
    return { family, fixed: sums[0]!, own: sums[1]! };
  });
  const tables = [pooledTable(pooled, mix.length), familyTable(families), briefTable(isQuick ? 200 : 2_000)];
  return { part: "polling", tables, targets: targetsOf(pooled, families) };
}

function sumOf(tasks: readonly SimulatedTask[], watched: readonly Watched[]): Sum {
  const lags = watched.map(({ lagMs }) => lagMs / 1_000);
  return {
    calls: mean(watched.map(({ calls }) => calls)),
    meanS: mean(lags),
    medianS: median(lags),
    p95S: quantile(lags, 0.95),
    ofDurationPercent: mean(watched.map(({ lagMs }, index) => (100 * lagMs) / tasks[index]!.durationMs)),
  };
}

function pooledTable(pooled: ReadonlyMap<string, Sum>, count: number): Table {
  return {
    title: `Polling, the mix of ${count.toLocaleString("en-US")} tasks: calls per task, lag in seconds`,
    columns: ["policy", "calls", "mean", "median", "p95", "% of duration"],
    rows: [...pooled].map(([name, sum]) => [
      name,
      sum.calls,
      sum.meanS,
      sum.medianS,
      sum.p95S,
      sum.ofDurationPercent,
    ]),
  };
}

/** What the first poll of a lone task brings: at 2.2 s, where tasks that share the calls are first asked at 4.4 s. */
function briefTable(count: number): Table {
  const tasks = tasksOf("brief", count, SEED);
  return {
    title: "Polling, tasks of 2 to 4 s: calls per task, lag in seconds",
    columns: ["policy", "calls", "mean", "median", "p95"],
    rows: [OURS_ALONE, OURS].map((name) => {
      const sum = sumOf(tasks, WATCHERS[name]!(tasks) as Watched[]);
      return [name, sum.calls, sum.meanS, sum.medianS, sum.p95S];
    }),
  };
}

interface FamilySums {
  readonly family: FamilyName;
  readonly fixed: Sum;
  readonly own: Sum;
}

function familyTable(families: readonly FamilySums[]): Table {
  return {
    title: `Polling by family, ${FIXED} / ${OURS} ("queued" was kept out of the tuning and is not in the mix)`,
    columns: ["family", "calls", "", "mean", "", "median", "", "p95", ""],
    rows: families.map(({ family, fixed, own }) => [
      family,
      ...[fixed.calls, own.calls, fixed.meanS, own.meanS, fixed.medianS, own.medianS, fixed.p95S, own.p95S],
    ]),
  };
}

function targetsOf(pooled: ReadonlyMap<string, Sum>, families: readonly FamilySums[]): Target[] {
  const fixed = pooled.get(FIXED)!;
  const own = pooled.get(OURS)!;
  return [
    { what: `calls, over those of ${FIXED}`, value: own.calls / fixed.calls, atMost: 1 },
    { what: `mean lag of ${FIXED} over ours`, value: fixed.meanS / own.meanS, atLeast: 3 },
    { what: `median lag of ${FIXED} over ours`, value: fixed.medianS / own.medianS, atLeast: 5 },
    { what: `p95 lag of ${FIXED} over ours`, value: fixed.p95S / own.p95S, atLeast: 1.5 },
    {
      what: "the worst family's median lag, over that of every 10 s",
      value: Math.max(...families.map((sums) => sums.own.medianS / sums.fixed.medianS)),
      atMost: 1,
    },
  ];
}
