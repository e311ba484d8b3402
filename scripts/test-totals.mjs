/**
 * @typedef {object} Totals
 * @property {number} passed tests
 * @property {number} failed tests, test files that could not run, and failed checks
 * @property {number} skipped tests
 */

/**
 * @typedef {object} JestResults the part of jest's results that is counted
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {number} numRuntimeErrorTestSuites
 */

/**
 * @param {object} run
 * @param {JestResults | undefined} run.results undefined if Jest ended before it could report any
 * @param {boolean} run.jestFailed its exit code was not 0
 * @param {readonly string[]} run.failedChecks names of the checks besides jest that failed
 * @returns {Totals}
 */
export function countTotals({ results, jestFailed, failedChecks }) {
  const passed = results?.numPassedTests ?? 0;
  const skipped = (results?.numPendingTests ?? 0) + (results?.numTodoTests ?? 0);
  const failedInJest = (results?.numFailedTests ?? 0) + (results?.numRuntimeErrorTestSuites ?? 0);
  // Jest can fail without a failed test, for example after a crash or if it finds no test.
  const atLeast = jestFailed || results === undefined ? 1 : 0;
  return { passed, failed: Math.max(failedInJest, atLeast) + failedChecks.length, skipped };
}

/**
 * @param {Totals} totals
 * @returns {string} what `npm test` ends with; its last line always has the same two counts
 */
export function lastLine({ passed, failed, skipped }) {
  return `${skipped > 0 ? `${skipped} skipped\n` : ""}${passed} passed, ${failed} failed`;
}
