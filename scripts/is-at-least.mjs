/**
 * @param {string} version for example "3.259.0"
 * @param {string} oldest
 * @returns {boolean} false also for what is no version
 */
export function isAtLeast(version, oldest) {
  const has = version.split(".").map(Number);
  for (const [index, wanted] of oldest.split(".").map(Number).entries()) {
    const difference = (has[index] ?? Number.NaN) - wanted;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
