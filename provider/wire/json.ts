/**
 * Parses an answer's JSON without losing digits: an integer past 2^53 arrives as the string of its own
 * source text. Task ids are such numbers, and a rounded id is another task's.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseWireJson(text: string): unknown {
  // Looking at each value takes several times as long, and nearly no answer holds a number that needs it.
  if (!DIGITS_THAT_MAY_BE_LOST.test(text)) return JSON.parse(text);
  return (JSON.parse as ParseWithSource)(text, (_key, value, context) => {
    const source = context?.source;
    if (typeof value === "number" && !Number.isSafeInteger(value) && source && /^-?\d+$/.test(source)) {
      return source;
    }
    return value;
  });
}

/** 2^53 has sixteen digits. */
const DIGITS_THAT_MAY_BE_LOST = /\d{16}/;

/** `JSON.parse` with the source text access that Node has had since version 21, ahead of TypeScript's types. */
type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context?: { source?: string }) => unknown,
) => unknown;
