import { type CampaignResult, explainFailure, runCampaign, showViolation } from "./campaign";
import { check } from "./check";
import type { Schedule } from "./schedule";
import { Simulator } from "./simulate";

/** Set by `npm run chaos`; without them this is the bounded part of `npm test`. */
const { CHAOS_RUNS, CHAOS_SEED, CHAOS_PATH, CHAOS_REPLAY } = process.env;
const IS_LONG_RUN = CHAOS_RUNS !== undefined;
const FIXED_SEED = 20_260_115;
const BOUNDED = { runs: 90, timeLimitMs: 20_000 } as const;
const ONE_DAY_MS = 24 * 3_600_000;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await Simulator.start();
});
afterAll(() => simulator.close());

function freshSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/** Straight to the terminal: jest would wrap it in where it was printed. */
function report(result: CampaignResult): void {
  const seconds = result.elapsedMs / 1_000;
  const rate = (result.schedules / seconds).toFixed(1);
  process.stderr.write(
    `chaos: seed ${result.seed}: ${result.schedules} schedules, ${result.calls} calls in ${seconds.toFixed(1)} s (${rate} schedules/s)\n`,
  );
}

async function expectPromiseKept(options: {
  readonly runs: number;
  readonly seed: number;
  readonly path?: string | undefined;
  readonly timeLimitMs?: number;
}): Promise<void> {
  const result = await runCampaign({ simulator, ...options });
  report(result);
  expect(explainFailure(result)).toBe("");
}

if (CHAOS_REPLAY !== undefined) {
  test("the schedule given breaks no rule", async () => {
    const histories = await simulator.play(JSON.parse(CHAOS_REPLAY) as Schedule);
    expect(histories.flatMap(check).map(showViolation)).toEqual([]);
  }, 600_000);
} else if (IS_LONG_RUN || CHAOS_SEED !== undefined) {
  test(
    "no schedule of a long run breaks a rule",
    async () => {
      const seed = CHAOS_SEED === undefined ? freshSeed() : Number(CHAOS_SEED);
      await expectPromiseKept({ runs: Number(CHAOS_RUNS ?? 1), seed, path: CHAOS_PATH });
    },
    ONE_DAY_MS,
  );
} else {
  test("no schedule of a fixed seed breaks a rule", async () => {
    await expectPromiseKept({ ...BOUNDED, seed: FIXED_SEED });
  }, 180_000);
}
