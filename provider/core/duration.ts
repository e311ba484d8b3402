const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/**
 * Reads a duration such as `"90s"`, `"45m"`, `"2h"` or `"1h30m"` (the form Pulumi's `customTimeouts` and
 * Go use).
 *
 * @returns whole milliseconds, or `undefined` where the text is no duration or rounds to zero.
 */
export function parseDurationMs(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(trimmed)) return undefined;
  let totalMs = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    totalMs += Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
  }
  const wholeMs = Math.round(totalMs);
  return wholeMs > 0 && Number.isFinite(wholeMs) ? wholeMs : undefined;
}

/** `7_384_000` → `"2h 3m 4s"`, for people. */
export function showDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "m"],
    [seconds % 60, "s"],
  ] as const;
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`);
  return shown.length > 0 ? shown.join(" ") : "0s";
}
