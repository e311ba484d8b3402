import type { PartReport, Target } from "../report";
import { mixedTasks } from "../simulation/task-families";
import { type ManyTasksOptions, type ManyTasksResult, simulateManyTasks } from "./simulate";
import { naive, packed, scheduled } from "./watchers";

const SEED = 20_261;

type Policy = Pick<ManyTasksOptions, "watcher" | "callsPerSecond">;

const NAIVE = "each alone, every 10 s";
const DEFAULT = "ours, 20 calls/s (default)";
const FULL = "ours, 30 calls/s";
/** The `alicdn:pollIntervalFactor` of an account whose other calls matter more than a few seconds of lag. */
const SPARING_FACTOR = 4;
const SPARING = `ours, factor ${SPARING_FACTOR} or more`;

const POLICIES: Readonly<Record<string, Policy>> = {
  [NAIVE]: { watcher: naive, callsPerSecond: 30 },
  "the same, without a limiter": { watcher: naive },
  "every 10 s, ten a call": { watcher: packed, callsPerSecond: 30 },
  [FULL]: { watcher: scheduled(), callsPerSecond: 30 },
  [DEFAULT]: { watcher: scheduled(), callsPerSecond: 20 },
  "ours, 10 calls/s": { watcher: scheduled(), callsPerSecond: 10 },
  "ours, factor 1 or more": { watcher: scheduled(1), callsPerSecond: 20 },
  [SPARING]: { watcher: scheduled(SPARING_FACTOR), callsPerSecond: 20 },
};

/** The other policies take long, and no target depends on them. */
const QUICK_POLICIES = [NAIVE, DEFAULT, SPARING];

/** Many tasks of one account: compares the scheduler with scripts that poll tasks one by one, or ten at a time. */
export async function benchManyTasks({ isQuick }: { readonly isQuick: boolean }): Promise<PartReport> {
  const burst = await runAll({ tasks: 1_000, arriveOverMs: 0, isQuick });
  const steady = await runAll({ tasks: 3_000, arriveOverMs: 790_000, isQuick });
  return {
    part: "many tasks",
    tables: [
      tableOf("Many tasks: 1,000 at once; lag in seconds until a detail answer confirms the end", burst),
      tableOf("Many tasks: 3,000 over 790 s", steady),
    ],
    targets: [...targetsOf("burst", burst), ...targetsOf("steady", steady), lagTarget(steady)],
  };
}

type Results = ReadonlyMap<string, ManyTasksResult>;

interface Load {
  readonly tasks: number;
  readonly arriveOverMs: number;
  /** Leaves out what takes long and has no target. */
  readonly isQuick: boolean;
}

async function runAll(load: Load): Promise<Results> {
  const tasks = mixedTasks(load.tasks, SEED);
  const results = new Map<string, ManyTasksResult>();
  for (const [name, policy] of Object.entries(POLICIES)) {
    if (load.isQuick && !QUICK_POLICIES.includes(name)) continue;
    results.set(name, await simulateManyTasks({ tasks, arriveOverMs: load.arriveOverMs, ...policy }));
  }
  return results;
}

function tableOf(title: string, results: Results) {
  return {
    title,
    columns: ["policy", "calls", "mean", "median", "p95", "throttled"],
    rows: [...results].map(([name, result]) => [
      name,
      result.calls,
      result.meanLagMs / 1_000,
      result.medianLagMs / 1_000,
      result.p95LagMs / 1_000,
      result.throttled,
    ]),
  };
}

function targetsOf(load: string, results: Results): Target[] {
  const [script, sparing] = [results.get(NAIVE)!, results.get(SPARING)!];
  const throttled = results.get(DEFAULT)!.throttled + (results.get(FULL)?.throttled ?? 0);
  return [
    {
      what: `${load}: calls of ${NAIVE} over ours, sparing`,
      value: script.calls / sparing.calls,
      atLeast: 8,
    },
    {
      what: `${load}: mean lag, sparing, over ${NAIVE}`,
      value: sparing.meanLagMs / script.meanLagMs,
      atMost: 1,
    },
    { what: `${load}: throttled answers at 20 and 30 calls/s`, value: throttled, atMost: 0 },
  ];
}

function lagTarget(steady: Results): Target {
  const value = steady.get(NAIVE)!.meanLagMs / steady.get(DEFAULT)!.meanLagMs;
  return { what: `steady: mean lag of ${NAIVE} over ours, default`, value, atLeast: 5 };
}
