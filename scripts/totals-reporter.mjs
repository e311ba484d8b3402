import { writeFileSync } from "node:fs";

/** Hands jest's own totals to test.mjs. */
export class TotalsReporter {
  /** @type {string | undefined} */
  #file = process.env.TEST_TOTALS_FILE;

  /**
   * @param {unknown} _contexts
   * @param {import("./test-totals.mjs").JestResults} results
   */
  onRunComplete(_contexts, results) {
    if (this.#file === undefined) return;
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } =
      results;
    writeFileSync(
      this.#file,
      JSON.stringify({
        numPassedTests,
        numFailedTests,
        numPendingTests,
        numTodoTests,
        numRuntimeErrorTestSuites,
      }),
    );
  }
}

// biome-ignore lint/style/noDefaultExport: jest takes a reporter from the default export only
export { TotalsReporter as default };
