/**
 * The instant that a time of the service names, in milliseconds since 1970; `undefined` for a time that cannot be
 * placed: one that is none, or that has no zone. Without a zone it may be hours away.
 */
export function instantMs(text: string | undefined): number | undefined {
  if (text === undefined || !/(Z|[+-]\d{2}:?\d{2})\s*$/i.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
