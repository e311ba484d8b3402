/**
 * @typedef {object} Progress
 * @property {(text: string) => void} say one line
 * @property {<T>(text: string, work: () => Promise<T>) => Promise<T>} step
 *   says what begins, now and then that it goes on, and how long it took
 */

/** Continuous integration treats a long silence as a hang. */
const STILL_AT_IT_MS = 60_000;

/**
 * @param {{ write?: (line: string) => void, now?: () => number }} [options]
 * @returns {Progress}
 */
export function createProgress({ write = (line) => process.stdout.write(`${line}\n`), now = Date.now } = {}) {
  const say = (/** @type {string} */ text) => write(`set-up: ${text}`);
  return {
    say,
    async step(text, work) {
      const startedAtMs = now();
      say(`${text} …`);
      const timer = setInterval(
        () => say(`${text}: still at it after ${inWords(now() - startedAtMs)}`),
        STILL_AT_IT_MS,
      );
      try {
        const result = await work();
        say(`${text}: done in ${inWords(now() - startedAtMs)}`);
        return result;
      } catch (error) {
        say(`${text}: gave up after ${inWords(now() - startedAtMs)}`);
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
  };
}

/**
 * @param {number} durationMs
 * @returns {string} "0.4 s", "3 min 05 s"
 */
export function inWords(durationMs) {
  if (durationMs < 59_950) return `${(durationMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
