/**
 * The instant that a time of the service names, in milliseconds since 1970; `undefined` for a time that cannot be
 * placed: one that is none, or that has no zone. Without a zone it may be hours away.
 */
export function instantMs(text: string | undefined): number | undefined {
  if (text === undefined || !/\d\s*(Z|[+-]\d{2}:?\d{2}|GMT|UTC)\s*$/i.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

const HOUR_MS = 3_600_000;
/** How far the clocks of the world are from UTC: from twelve hours behind to fourteen ahead. */
const ZONES_MS = { behind: 12 * HOUR_MS, ahead: 14 * HOUR_MS } as const;

/** Between which instants a time without a zone may lie; without bounds where it is no time. */
export function possibleTimesMs(text: string): { readonly fromMs: number; readonly toMs: number } {
  const exactMs = instantMs(text);
  if (exactMs !== undefined) return { fromMs: exactMs, toMs: exactMs };
  const asUtcMs = Date.parse(`${text.trim().replace(" ", "T")}Z`);
  if (Number.isNaN(asUtcMs)) return { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
  return { fromMs: asUtcMs - ZONES_MS.ahead, toMs: asUtcMs + ZONES_MS.behind };
}
