import type { PushRequest } from "./cdn-client";

/** Headers whose values say how a file is asked for, and are no secret. */
const PLAIN_HEADERS = /^(accept(-.*)?|user-agent|cache-control|range|content-type|pragma|if-.*)$/i;
/** A shorter value would be found in words that have nothing to do with it. */
const LEAST_SECRET_CHARACTERS = 4;

/** The values of a preload's headers that may be a token; of `Bearer x` also the `x` alone. */
export function secretHeaderValues(headers: PushRequest["headers"]): string[] {
  return Object.entries(headers ?? {})
    .filter(([name]) => !PLAIN_HEADERS.test(name))
    .flatMap(([, values]) => values.flatMap((value) => [value, ...value.split(/\s+/)]))
    .filter((value) => value.length >= LEAST_SECRET_CHARACTERS);
}
