import { SeededRandom } from "./seeded-random";

/** A task of the service, as a client sees it. */
export interface SimulatedTask {
  readonly family: FamilyName;
  /** Duration until its true end, success or failure, in milliseconds. */
  readonly durationMs: number;
  /** `Process` while it runs: the share of POPs on which it has ended. `undefined` if the response has none. */
  percentAt(elapsedMs: number): number | undefined;
}

/** The share of POPs that have ended, from 0 to 1, as a function of the share of the duration that has passed. */
type Curve = (part: number) => number;

const SHORTEST_MS = 4_000;
const LONGEST_MS = 1_800_000;

/**
 * Kinds of tasks with their weights in the mix. No data about the progress of preloads is public, so both are a guess.
 * Most tasks are steady, S-shaped or long-tailed. The rest show little or misleading progress.
 */
export const FAMILIES = {
  linear: { weight: 10, create: (random) => timed(random, fine(random, linear)) },
  logistic: { weight: 10, create: (random) => timed(random, fine(random, logistic(random))) },
  lognormal: { weight: 25, create: (random) => timed(random, lognormal(random)) },
  weibull: { weight: 20, create: (random) => timed(random, weibull(random)) },
  waves: { weight: 8, create: (random) => timed(random, fine(random, waves(random))) },
  stall: { weight: 6, create: (random) => timed(random, stall(random)) },
  instant: { weight: 8, create: (random) => of(random.between(3_500, 5_000), fine(random, linear)) },
  noInformation: { weight: 4, create: (random) => silent(random) },
  jumpy: { weight: 3, create: (random) => timed(random, jumpy(random)) },
  stale: { weight: 4, create: (random) => stale(random) },
  failure: { weight: 2, create: (random) => failure(random) },
  /** Not used in the tuning or in the mix. It waits in a queue at 0 %, then runs. */
  queued: { weight: 0, create: (random) => timed(random, fine(random, queued(random))) },
  /** Not in the mix. It ends before the first poll of a plan that ignores the load. */
  brief: { weight: 0, create: (random) => of(random.between(2_000, 4_000), fine(random, linear)) },
} as const satisfies Record<string, Family>;

interface Family {
  readonly weight: number;
  readonly create: (random: SeededRandom) => Unnamed;
}
type Unnamed = Omit<SimulatedTask, "family">;

export type FamilyName = keyof typeof FAMILIES;
export const FAMILY_NAMES = Object.keys(FAMILIES) as FamilyName[];
/** The families of the mix. */
export const MIXED_FAMILIES = FAMILY_NAMES.filter((name) => FAMILIES[name].weight > 0);

/** Tasks of one family. */
export function tasksOf(family: FamilyName, count: number, seed: number): SimulatedTask[] {
  const random = new SeededRandom(seed * 1_000 + FAMILY_NAMES.indexOf(family));
  return Array.from({ length: count }, () => ({ family, ...FAMILIES[family].create(random) }));
}

/** Tasks of the mix in random order, with each family as often as its weight. */
export function mixedTasks(count: number, seed: number): SimulatedTask[] {
  const random = new SeededRandom(seed);
  const weights = MIXED_FAMILIES.map((name) => FAMILIES[name].weight as number);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const tasks = MIXED_FAMILIES.flatMap((name, index) =>
    tasksOf(name, Math.round((count * weights[index]!) / total), seed),
  );
  const order = new Map(tasks.map((task) => [task, random.next()]));
  return tasks.sort((a, b) => order.get(a)! - order.get(b)!);
}

function timed(random: SeededRandom, curve: Curve): Unnamed {
  return of(random.logUniform(SHORTEST_MS, LONGEST_MS), curve);
}

/** The service counts in steps of 0.01 %. */
function of(durationMs: number, curve: Curve): Unnamed {
  return { durationMs, percentAt: (elapsedMs) => Math.floor(curve(elapsedMs / durationMs) * 10_000) / 100 };
}

/** Progress grows in whole POPs, of which there are hundreds or thousands. */
function fine(random: SeededRandom, curve: Curve): Curve {
  const pops = random.integer(500, 3_000);
  return (part) => Math.floor(Math.min(1, curve(part)) * pops) / pops;
}

const linear: Curve = (part) => part;

function logistic(random: SeededRandom): Curve {
  const steepness = random.between(6, 12);
  const middle = random.between(0.35, 0.7);
  const at = (part: number) => 1 / (1 + Math.exp(-steepness * (part - middle)));
  return (part) => (at(part) - at(0)) / (at(1) - at(0));
}

const lognormal = (random: SeededRandom): Curve => {
  const sigma = random.between(0.3, 0.9);
  return byFinishTimes(random, () => Math.exp(sigma * random.normal()));
};

const weibull = (random: SeededRandom): Curve => {
  const shape = random.between(0.7, 2.5);
  return byFinishTimes(random, () => (-Math.log(1 - random.next())) ** (1 / shape));
};

/** Each POP ends at its own time. The last one ends the task. */
function byFinishTimes(random: SeededRandom, finishTime: () => number): Curve {
  const times = Float64Array.from({ length: random.integer(500, 3_000) }, finishTime).sort();
  const last = times.at(-1)!;
  return (part) => countUpTo(times, part * last) / times.length;
}

function countUpTo(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Regions one after another. Each runs for a part of its time and pauses for the rest. */
function waves(random: SeededRandom): Curve {
  const count = random.integer(3, 8);
  const waves = Array.from({ length: count }, () => ({
    length: random.between(0.3, 1),
    size: random.between(0.3, 1),
    rest: random.between(0.1, 0.6),
  }));
  const length = waves.reduce((sum, wave) => sum + wave.length, 0);
  const size = waves.reduce((sum, wave) => sum + wave.size, 0);
  return (part) => {
    let left = part * length;
    let done = 0;
    for (const wave of waves) {
      const running = left - wave.rest * wave.length;
      done += wave.size * Math.min(1, Math.max(0, running / ((1 - wave.rest) * wave.length)));
      left -= wave.length;
      if (left <= 0) break;
    }
    return done / size;
  };
}

/** The last few POPs take as long as all the others or longer. */
function stall(random: SeededRandom): Curve {
  const until = random.between(0.3, 0.9);
  const level = random.between(0.98, 0.995);
  const base = random.pick([() => linear, lognormal, weibull])(random);
  return (part) => level * base(Math.min(1, part / until));
}

function silent(random: SeededRandom): Unnamed {
  const percent = random.pick([0, undefined]);
  return { durationMs: random.logUniform(SHORTEST_MS, LONGEST_MS), percentAt: () => percent };
}

function jumpy(random: SeededRandom): Curve {
  const jumps = Array.from({ length: random.integer(5, 15) }, () => ({
    at: random.next(),
    size: random.between(0.2, 1),
  }));
  const total = jumps.reduce((sum, jump) => sum + jump.size, 0) + random.between(0.2, 1);
  return (part) => {
    const done = jumps.reduce((sum, jump) => sum + (jump.at <= part ? jump.size : 0), 0);
    return Math.floor((100 * done) / total) / 100;
  };
}

/** The percentage is an integer and is updated only occasionally. */
function stale(random: SeededRandom): Unnamed {
  const base = random.pick([() => linear, () => logistic(random), lognormal, weibull])(random);
  const durationMs = random.logUniform(SHORTEST_MS, LONGEST_MS);
  const everyMs = random.between(5_000, 15_000);
  return {
    durationMs,
    percentAt: (elapsedMs) =>
      Math.floor(100 * base((Math.floor(elapsedMs / everyMs) * everyMs) / durationMs)),
  };
}

/** It fails before it is complete. */
function failure(random: SeededRandom): Unnamed {
  const base = timed(random, random.pick([() => linear, lognormal, weibull])(random));
  return { durationMs: base.durationMs * random.between(0.1, 0.9), percentAt: base.percentAt };
}

function queued(random: SeededRandom): Curve {
  const until = random.between(0.2, 0.7);
  const base = random.pick([() => linear, () => logistic(random), lognormal, weibull])(random);
  return (part) => (part <= until ? 0 : base((part - until) / (1 - until)));
}
