import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { showViolation } from "./campaign";
import { check } from "./check";
import type { Schedule } from "./schedule";
import { Simulator } from "./simulate";

const FOLDER = join(__dirname, "regressions");

/** A schedule that once broke a rule; the file's name says what was wrong. */
interface Regression {
  /** The rule that it broke. */
  readonly broke: string;
  readonly schedule: Schedule;
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await Simulator.start();
});
afterAll(() => simulator.close());

test.each(readdirSync(FOLDER).toSorted())("%s breaks no rule any more", async (file) => {
  const { schedule } = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Regression;
  const histories = await simulator.play(schedule);
  expect(histories.flatMap(check).map(showViolation)).toEqual([]);
});
