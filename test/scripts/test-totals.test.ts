import { runModule } from "./run-module";

const passedOnly = {
  numPassedTests: 12,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

const cases = [
  ["all pass", { results: passedOnly, jestFailed: false, failedChecks: [] }, "12 passed, 0 failed"],
  [
    "failed tests are counted one by one",
    { results: { ...passedOnly, numFailedTests: 3 }, jestFailed: true, failedChecks: [] },
    "12 passed, 3 failed",
  ],
  [
    "a file that could not run counts as a failure",
    { results: { ...passedOnly, numRuntimeErrorTestSuites: 1 }, jestFailed: true, failedChecks: [] },
    "12 passed, 1 failed",
  ],
  [
    "skipped and todo tests stand on a line before",
    { results: { ...passedOnly, numPendingTests: 2, numTodoTests: 1 }, jestFailed: false, failedChecks: [] },
    "3 skipped\n12 passed, 0 failed",
  ],
  [
    "a failed check is a failure although jest passed",
    { results: passedOnly, jestFailed: false, failedChecks: ["lint", "types"] },
    "12 passed, 2 failed",
  ],
  [
    "jest fails without a failed test",
    { results: passedOnly, jestFailed: true, failedChecks: [] },
    "12 passed, 1 failed",
  ],
  [
    "jest ends without results",
    { results: undefined, jestFailed: false, failedChecks: [] },
    "0 passed, 1 failed",
  ],
] as const;

test("the last line has Jest's counts, and never hides a failure", () => {
  const lines = runModule(
    "test-totals.mjs",
    "return args.map((run) => it.lastLine(it.countTotals(run)));",
    ...cases.map(([, run]) => run),
  ) as string[];
  expect(lines.map((line, index) => [cases[index]![0], line])).toEqual(
    cases.map(([name, , line]) => [name, line]),
  );
});
